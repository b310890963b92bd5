import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { isApiPath } from "../api/choose-operation.ts";
import { type Dispatcher, errorAnswer } from "../api/dispatch.ts";
import type { RequestIds } from "../api/request-ids.ts";
import { ServiceError } from "../api/service-error.ts";
import { CONTROL_ROOT, type ControlPlane } from "../control/control-plane.ts";
import type { Store } from "../durable/store.ts";
import type { RunningEngine } from "../engine/engine.ts";
import { type CallNote, type EventLog, newNote } from "../events/event-log.ts";
import { apiRefusal, applyFault } from "../faults/apply-fault.ts";
import type { FaultBook } from "../faults/fault-book.ts";
import { type Answer, type Call, jsonAnswer } from "../http/call.ts";
import { Router } from "../http/router.ts";
import type { Route } from "../module.ts";
import type { Settings } from "../settings.ts";
import type { SandboxLogger } from "./options.ts";

/**
 * Adds the `Date` header by the sandbox's clock: as with every service, it is how a caller learns what time it is there,
 * for instance which reports there are to ask for after the clock was moved.
 */
export class DateHeader {
  #second = Number.NaN;
  #text = "";

  /** The header's value for a moment in milliseconds; made once a second. */
  at(moment: number): string {
    const second = Math.floor(moment / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#text = new Date(second * 1000).toUTCString();
    }
    return this.#text;
  }
}

/** What the service is put together from. */
export interface ServiceParts {
  readonly engine: RunningEngine;
  readonly clock: Clock;
  readonly store: Store;
  readonly settings: Settings;
  readonly events: EventLog;
  readonly faults: FaultBook;
  readonly dispatcher: Dispatcher;
  readonly control: ControlPlane;
  readonly routes: readonly Route[];
  readonly requestIds: RequestIds;
  readonly logger: SandboxLogger | undefined;
}

/**
 * Answers every call. Whatever comes in, something documented goes out: an unexpected error is a 500 without its inside.
 *
 * Answers are given at once where nothing has to be awaited, because a promise costs as much as the work.
 */
export class Service {
  readonly #parts: ServiceParts;
  readonly #router: Router<Route>;
  readonly #date = new DateHeader();
  #note: CallNote = newNote();

  constructor(parts: ServiceParts) {
    this.#parts = parts;
    this.#router = new Router(parts.routes);
    parts.engine.bus.on("object.moved", ({ object, id, transition }) => {
      this.#note.changes.push({ object, id, ...transition });
    });
  }

  /** Answers a call, and has made durable what it changed. Never throws. */
  handle(call: Call): Answer | Promise<Answer> {
    const answer = this.accept(call);
    if (answer instanceof Promise) return answer.then((value) => this.settle() ?? value);
    return this.settle() ?? answer;
  }

  /** Answers a call; the answer must not go out before {@link settle}. Never throws. */
  accept(call: Call): Answer | Promise<Answer> {
    const note = newNote();
    this.#note = note;
    try {
      this.#parts.engine.runDue();
      const route = this.#routeOf(call);
      if (call.body.length > this.#parts.settings.maximumBodyBytes) {
        const refusal = tooLarge(this.#parts.settings.maximumBodyBytes, route);
        return this.#finish(call, note, route === "api" ? this.#identified(refusal, note) : refusal, route);
      }
      const rule = route === "control" ? undefined : this.#parts.faults.take(call);
      if (rule === undefined) {
        const answer = this.#work(call, note, route);
        return answer instanceof Promise
          ? this.#later(call, note, answer, route)
          : this.#finish(call, note, answer, route);
      }
      note.fault = rule.fault;
      const refuse = typeof route === "object" && "row" in route ? (route.row.refuse ?? apiRefusal) : apiRefusal;
      const answer = applyFault(rule, call, this.#parts.clock, refuse, () => {
        this.#note = note;
        return this.#work(call, note, route);
      });
      return this.#later(call, note, route === "api" ? this.#identifiedLater(answer, note) : answer, route);
    } catch (error) {
      return this.#broken(call, note, error);
    }
  }

  /**
   * Makes durable what the calls so far have changed; one write for all that came together.
   *
   * @returns what goes out in place of their answers when it cannot be done
   */
  settle(): Answer | undefined {
    const { store, requestIds, logger } = this.#parts;
    try {
      store.flush();
      return undefined;
    } catch (error) {
      logger?.error(describe(error));
      return identified(errorAnswer(NOT_WRITTEN), requestIds.next());
    }
  }

  #routeOf(call: Call): Target {
    const { path } = call;
    if (path.startsWith(CONTROL_ROOT) && this.#parts.control.has(path)) return "control";
    if (isApiPath(path)) return "api";
    // The root belongs to MWS; a browser that asks for it wants to look at the sandbox.
    if (FRONT_PATHS.has(path) && call.method === "GET" && call.headers["accept"]?.includes("text/html") === true)
      return "front";
    const found = this.#router.find(call.method, path);
    if (found === undefined && path.startsWith(`${CONTROL_ROOT}/`)) return "control";
    return found ?? "nowhere";
  }

  #work(call: Call, note: CallNote, target: Target): Answer | Promise<Answer> {
    if (target === "control") return this.#parts.control.answer(call);
    if (target === "api") {
      const requestId = this.#parts.requestIds.next();
      note.requestId = requestId;
      return identified(this.#parts.dispatcher.answer(call, note), requestId);
    }
    if (target === "nowhere") return NOWHERE;
    if (target === "front") return FRONT;
    if ("methods" in target) return wrongMethod(target.methods);
    return target.row.handle(call, target.params);
  }

  /** An answer that was given without the operation's work: it has a request id all the same (docs/amazon-pay/requests.md). */
  #identified(answer: Answer, note: CallNote): Answer {
    if (note.requestId !== null) return answer;
    note.requestId = this.#parts.requestIds.next();
    return identified(answer, note.requestId);
  }

  async #identifiedLater(answer: Promise<Answer>, note: CallNote): Promise<Answer> {
    return this.#identified(await answer, note);
  }

  async #later(call: Call, note: CallNote, pending: Promise<Answer>, target: Target): Promise<Answer> {
    try {
      return this.#finish(call, note, await pending, target);
    } catch (error) {
      return this.#broken(call, note, error);
    }
  }

  #finish(call: Call, note: CallNote, answer: Answer, target: Target): Answer {
    const { engine, store, events } = this.#parts;
    engine.startStream();
    store.commit();
    const quiet =
      target === "control" ||
      target === "front" ||
      (typeof target === "object" && "row" in target && target.row.logged === false);
    if (!quiet) events.record(engine.now(), call, answer, note);
    return this.#dated(answer);
  }

  #dated(answer: Answer): Answer {
    return { ...answer, headers: { date: this.#date.at(this.#parts.engine.now()), ...answer.headers } };
  }

  /** What was changed before the error stays: memory and disk must not drift apart. */
  #broken(call: Call, note: CallNote, error: unknown): Answer {
    const { engine, store, events, requestIds, logger } = this.#parts;
    logger?.error(`${call.method} ${call.path}: ${describe(error)}`);
    let refused = new ServiceError("InternalServerError", "There was an unknown error in the service.");
    engine.startStream();
    try {
      store.commit();
    } catch {
      refused = NOT_WRITTEN;
    }
    const requestId = requestIds.next();
    note.requestId = requestId;
    const answer = identified(errorAnswer(refused), requestId);
    events.record(engine.now(), call, answer, note);
    return this.#dated(answer);
  }
}

const NOT_WRITTEN = new ServiceError("ServiceUnavailable", "The service cannot write its state.");

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const identified = (answer: Answer, requestId: string): Answer => ({
  ...answer,
  headers: { ...answer.headers, "x-amz-pay-request-id": requestId },
});

type Target = "control" | "api" | "nowhere" | "front" | NonNullable<ReturnType<Router<Route>["find"]>>;

const FRONT_PATHS: ReadonlySet<string> = new Set(["/", CONTROL_ROOT, `${CONTROL_ROOT}/`]);

const FRONT: Answer = { status: 303, headers: { location: `${CONTROL_ROOT}/ui` } };

const NOWHERE = jsonAnswer(404, { reasonCode: "ResourceNotFound", message: "The requested resource was not found." });

function tooLarge(limit: number, target: Target): Answer {
  const message = `The request body is longer than ${limit} bytes.`;
  if (target === "control") return jsonAnswer(413, { error: { code: "control.too-large", message } });
  return jsonAnswer(400, { reasonCode: "InvalidRequest", message });
}

const wrongMethod = (methods: readonly string[]): Answer =>
  jsonAnswer(
    405,
    { reasonCode: "UnsupportedOperation", message: `This resource takes ${methods.join(", ")}.` },
    { allow: methods.join(", ") },
  );
