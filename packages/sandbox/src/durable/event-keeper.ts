import type { Collection } from "../engine/collection.ts";
import type { RunningEngine } from "../engine/engine.ts";
import type { SandboxEvent } from "../events/event.ts";
import type { EventLog } from "../events/event-log.ts";
import { EVENTS } from "./snapshot.ts";
import { MEMORY, type Store } from "./store.ts";

/** How long the event log of a busy sandbox may be ahead of the data folder, in milliseconds. */
const LONGEST_UNKEPT = 3000;

/** Most events that are brought into the data folder in one pause. */
const PER_PAUSE = 250;

/** Brings the event log into the data folder, and back in the next life of the sandbox. */
export class EventKeeper {
  readonly #engine: RunningEngine;
  readonly #log: EventLog;
  readonly #kept: Collection<SandboxEvent>;
  readonly #durable: boolean;
  #seen = 0;
  #keptAt: number;

  constructor(engine: RunningEngine, log: EventLog, store: Store) {
    this.#engine = engine;
    this.#log = log;
    this.#kept = engine.state.extra<SandboxEvent>(EVENTS);
    this.#durable = store !== MEMORY;
    this.#keptAt = engine.realNow();
  }

  /** Puts into the state what is new in the log; the next commit makes it last. */
  keep(): void {
    if (this.#durable) this.#log.keepIn(this.#kept);
  }

  /** As {@link keep}, but a busy service's events wait for a pause: writing them takes half as long as answering the calls. */
  keepInAPause(): void {
    const busy = this.#log.nextId !== this.#seen;
    this.#seen = this.#log.nextId;
    const now = this.#engine.realNow();
    if (busy && now - this.#keptAt < LONGEST_UNKEPT) return;
    this.#keptAt = now;
    // Not all that a busy service has gathered at once: calls would wait for it.
    if (this.#durable) this.#log.keepIn(this.#kept, PER_PAUSE);
  }

  /** Fills the log with the events of the earlier life. */
  restore(): void {
    this.#log.restore([...this.#kept.values()]);
  }
}
