import type { Collection } from "../engine/collection.ts";
import type { Answer, Call } from "../http/call.ts";
import type { SandboxEvent, SignatureFinding, StateChange } from "./event.ts";
import { redactBody, redactCanonicalRequest, redactHeaders, redactPath, redactQuery } from "./redact.ts";

/** What is noted while a call is answered. */
export interface CallNote {
  merchantId: string | null;
  environment: "sandbox" | "live" | null;
  operation: string | null;
  requestId: string | null;
  signature: SignatureFinding | null;
  fault: string | null;
  readonly changes: StateChange[];
}

/** An empty note. */
export function newNote(): CallNote {
  return {
    merchantId: null,
    environment: null,
    operation: null,
    requestId: null,
    signature: null,
    fault: null,
    changes: [],
  };
}

/** Which events to list. */
export interface EventQuery {
  /** Only events with a greater id. */
  readonly after?: number | undefined;
  /** At most this many, the newest. */
  readonly limit?: number | undefined;
  readonly merchantId?: string | undefined;
}

interface Draft {
  readonly eventId: number;
  readonly at: number;
  readonly call: Call;
  readonly answer: Answer;
  readonly note: CallNote;
  shown: SandboxEvent | undefined;
}

/**
 * The latest calls, oldest first. What was sent is kept as it was until somebody looks: leaving out secrets and buyer
 * data costs more than answering a call does.
 */
export class EventLog {
  readonly #limit: number;
  #drafts: (Draft | undefined)[] = [];
  #next = 1;
  #kept = 1;
  readonly #listeners = new Set<(event: SandboxEvent) => void>();

  /** @param limit how many calls are kept */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Notes a call that was answered. */
  record(at: number, call: Call, answer: Answer, note: CallNote): void {
    if (this.#limit === 0) return;
    const draft: Draft = { eventId: this.#next, at, call, answer, note, shown: undefined };
    this.#drafts[this.#next % this.#limit] = draft;
    this.#next += 1;
    if (this.#listeners.size === 0) return;
    const event = shownOf(draft);
    for (const listener of this.#listeners) listener(event);
  }

  /** Events, oldest first. */
  list(query: EventQuery = {}): SandboxEvent[] {
    const found: SandboxEvent[] = [];
    const first = Math.max(1, this.#next - this.#limit, (query.after ?? 0) + 1);
    for (let id = this.#next - 1; id >= first && found.length < (query.limit ?? Infinity); id -= 1) {
      const draft = this.#drafts[id % this.#limit];
      if (draft === undefined || draft.eventId !== id) continue;
      if (query.merchantId !== undefined && draft.note.merchantId !== query.merchantId) continue;
      found.push(shownOf(draft));
    }
    return found.reverse();
  }

  /**
   * One event with the call as it came in; the call is undefined for events of an earlier life of the sandbox, of which only
   * what may be shown was kept.
   */
  find(eventId: number): { readonly event: SandboxEvent; readonly call: Call | undefined } | undefined {
    const draft = this.#drafts[eventId % this.#limit];
    if (draft?.eventId !== eventId || eventId < this.#next - this.#limit) return undefined;
    return { event: shownOf(draft), call: draft.call === NO_CALL ? undefined : draft.call };
  }

  /** Id of the event of a call that was just answered; undefined where it is not in the log. */
  idOf(call: Call): number | undefined {
    for (let id = this.#next - 1; id >= Math.max(1, this.#next - this.#limit); id -= 1) {
      if (this.#drafts[id % this.#limit]?.call === call) return id;
    }
    return undefined;
  }

  /** Tells of each further event. @returns a function that ends it */
  subscribe(listener: (event: SandboxEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Puts back events of an earlier life; numbering goes on after them. */
  restore(events: readonly SandboxEvent[]): void {
    this.clear();
    for (const event of events) {
      this.#drafts[event.eventId % this.#limit] = {
        eventId: event.eventId,
        at: event.at,
        call: NO_CALL,
        answer: NO_ANSWER,
        note: { ...newNote(), merchantId: event.merchantId },
        shown: event,
      };
      this.#next = event.eventId + 1;
    }
    this.#kept = this.#next;
  }

  /** Forgets everything and counts from 1 again. */
  clear(): void {
    this.#drafts = [];
    this.#next = 1;
    this.#kept = 1;
  }

  /**
   * Puts events that are new since the last time into a durable collection, and takes out those that the log has
   * forgotten. Done every now and then and not with each call: the log is for looking, the state is for keeping.
   */
  keepIn(collection: Collection<SandboxEvent>, most = Infinity): void {
    const first = Math.max(this.#kept, this.#next - this.#limit);
    const end = Math.min(this.#next, first + most);
    for (let id = first; id < end; id += 1) {
      const draft = this.#drafts[id % this.#limit];
      if (draft?.eventId === id) collection.put(String(id).padStart(12, "0"), shownOf(draft));
    }
    this.#kept = end;
    for (const [key, event] of collection.entries()) {
      if (event.eventId >= this.#next - this.#limit) break;
      collection.delete(key);
    }
  }

  /** The collection was emptied: the next {@link keepIn} puts everything into it again. */
  rewind(): void {
    this.#kept = 1;
  }

  /** Id that the next event gets. */
  get nextId(): number {
    return this.#next;
  }
}

const NO_CALL: Call = {
  method: "",
  path: "",
  query: "",
  headers: {},
  body: new Uint8Array(0),
  origin: "",
  loopback: true,
};
const NO_ANSWER: Answer = { status: 0, headers: {} };
const DECODER = new TextDecoder();

function shownOf(draft: Draft): SandboxEvent {
  if (draft.shown !== undefined) return draft.shown;
  const { call, answer, note } = draft;
  const finding = note.signature;
  draft.shown = {
    eventId: draft.eventId,
    at: draft.at,
    merchantId: note.merchantId,
    environment: note.environment,
    operation: note.operation,
    requestId: note.requestId,
    request: {
      method: call.method,
      path: redactPath(call.path),
      query: redactQuery(call.query),
      headers: redactHeaders(call.headers),
      body: redactBody(DECODER.decode(call.body)),
    },
    response: {
      status: answer.status,
      headers: redactHeaders(answer.headers),
      body: shownBody(answer.body),
    },
    signature:
      finding === null || finding.canonicalRequest === null
        ? finding
        : { ...finding, canonicalRequest: redactCanonicalRequest(finding.canonicalRequest) },
    fault: note.fault,
    changes: note.changes,
  };
  return draft.shown;
}

function shownBody(body: Answer["body"]): unknown {
  if (typeof body === "string") return redactBody(body);
  if (body === undefined) return null;
  return body instanceof Uint8Array ? `[${body.length} bytes]` : "[a stream]";
}
