import { type Clock, systemClock } from "@amazon-pay-kit/sdk/clock";
import { digits, hex, type Random, seededRandom, systemRandom, uuid } from "@amazon-pay-kit/sdk/random";
import type { ChangeLog } from "./collection.ts";
import type { RunningEngine } from "./engine.ts";
import { EventBus } from "./event-bus.ts";
import type { MonthlyLimits } from "./limits.ts";
import type { ScheduledTask, TaskHandler } from "./scheduled-task.ts";
import { State } from "./state.ts";
import { TaskQueue } from "./task-queue.ts";

/**
 * Randomness that can be resumed after a restart: every unit of work (a request, a scheduled task) draws from its own
 * stream, named by the seed and a number, so that only the number has to be stored. A unit that draws nothing takes no
 * number: reading does not change later results.
 */
export class ReplayableRandom implements Random {
  readonly #seed: string;
  readonly #remember: (number: number) => void;
  #number = 0;
  #stream: Random | undefined;

  /** @param remember called with the number of each new stream before anything is drawn from it */
  constructor(seed: string, remember: (number: number) => void) {
    this.#seed = seed;
    this.#remember = remember;
  }

  fraction(): number {
    return this.#current().fraction();
  }

  bytes(length: number): Uint8Array {
    return this.#current().bytes(length);
  }

  /** Ends the current stream. */
  end(): void {
    this.#stream = undefined;
  }

  /** Continues after the stream with this number, which an earlier process used last. */
  resume(number: number): void {
    this.#number = number;
    this.#stream = undefined;
  }

  #current(): Random {
    if (this.#stream === undefined) {
      this.#number += 1;
      this.#remember(this.#number);
      this.#stream = seededRandom(`${this.#seed}/${this.#number}`);
    }
    return this.#stream;
  }
}

/** The sandbox's own time: the base clock plus what it has been moved by. */
export class VirtualClock {
  readonly #base: Clock;
  #offset = 0;
  #held: number | undefined;

  constructor(base: Clock) {
    this.#base = base;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#held ?? this.#base.now() + this.#offset;
  }

  /** The base clock's own time, which clients on the same machine sign with. */
  real(): number {
    return this.#base.now();
  }

  /** How far the clock has been moved, in milliseconds; negative when it was put back. */
  get offset(): number {
    return this.#offset;
  }

  set offset(millis: number) {
    this.#offset = millis;
  }

  /** Makes this moment the present one; time goes on from there. */
  set(instant: number): void {
    this.#offset = instant - this.#base.now();
  }

  /** Runs work during which the clock stands at a moment: an scheduled task happens at its due time, not later. */
  at<T>(instant: number, work: () => T): T {
    const earlier = this.#held;
    this.#held = instant;
    try {
      return work();
    } finally {
      this.#held = earlier;
    }
  }
}

/** How an engine is made. */
export interface EngineOptions {
  /** Where time comes from. Default: the machine's clock. */
  readonly clock?: Clock | undefined;
  /** The same seed gives the same ids and the same history. Default: chosen by chance. */
  readonly seed?: number | string | undefined;
  /** Told of every change of the state. Default: nobody, the state lives in memory only. */
  readonly log?: ChangeLog | undefined;
  /** Monthly limits other than the published ones. Default: none. */
  readonly monthlyLimits?: MonthlyLimits | undefined;
  /** Told when a scheduled task's handler throws; the clock goes on all the same. Default: the error is thrown. */
  readonly onTaskError?: ((error: unknown, item: ScheduledTask) => void) | undefined;
}

/** Remembered between lives of the process: where chance and clock stand. */
interface Bookmark {
  readonly value: number;
}

const FORGETFUL: ChangeLog = { put: () => undefined, delete: () => undefined, clear: () => undefined };

/**
 * Makes an engine with empty state.
 *
 * @example
 * const engine = createEngine({ clock: manualClock(Date.UTC(2026, 0, 1)), seed: 1 });
 * engine.handle("bell", (item) => console.log(item.subject));
 * engine.schedule(engine.now() + 1000, "bell", "ding");
 * engine.advanceTo(engine.now() + 5000);
 */
export function createEngine(options: EngineOptions = {}): RunningEngine {
  const clock = new VirtualClock(options.clock ?? systemClock);
  const state = new State(options.log ?? FORGETFUL);
  const bookmarks = state.extra<Bookmark>("bookmarks");
  const random = new ReplayableRandom(String(options.seed ?? hex(systemRandom, 8)), (turn) => {
    bookmarks.put("turn", { value: turn });
  });
  const tasks = new TaskQueue(state.tasks);
  const handlers = new Map<string, TaskHandler>();

  const setClock = (instant: number): void => {
    clock.set(instant);
    bookmarks.put("clock", { value: clock.offset });
  };

  const run = (item: ScheduledTask): void => {
    const handler = handlers.get(item.kind);
    if (handler === undefined) throw new TypeError(`no handler for scheduled tasks of kind "${item.kind}"`);
    random.end();
    try {
      clock.at(item.due, () => {
        handler(item);
      });
    } catch (error) {
      if (options.onTaskError === undefined) throw error;
      options.onTaskError(error, item);
    } finally {
      random.end();
    }
  };

  const takeDue = (until: number): ScheduledTask | undefined => {
    const next = tasks.peek();
    return next === undefined || next.due > until ? undefined : tasks.take();
  };

  const fresh = (make: () => string, used: (id: string) => boolean): string => {
    let id = make();
    while (used(id)) id = make();
    return id;
  };

  return {
    state,
    random,
    bus: new EventBus(),
    monthlyLimits: options.monthlyLimits,
    now: () => clock.now(),
    realNow: () => clock.real(),
    schedule: (due, kind, subject, payload) => {
      tasks.add(due, kind, subject, payload ?? null);
    },
    unschedule: (kind, subject) => {
      tasks.remove(kind, subject);
    },
    handle: (kind, handler) => {
      if (handlers.has(kind)) throw new TypeError(`scheduled tasks of kind "${kind}" have a handler already`);
      handlers.set(kind, handler);
    },
    amazonId: (prefix) =>
      fresh(
        () => `${prefix}-${digits(random, 7)}-${digits(random, 7)}`,
        (id) => state.chargePermissions.has(id),
      ),
    childId: (parent, letter) =>
      fresh(
        () => `${parent}-${letter}${digits(random, 6)}`,
        (id) => CHILDREN[letter].some((name) => state[name].has(id)),
      ),
    uuid: () => uuid(random),
    runDue: () => {
      let count = 0;
      for (let item = takeDue(clock.now()); item !== undefined; item = takeDue(clock.now())) {
        run(item);
        count += 1;
      }
      return count;
    },
    runNext: (until) => {
      const item = takeDue(until);
      if (item === undefined) return false;
      if (item.due > clock.now()) setClock(item.due);
      run(item);
      return true;
    },
    advanceTo: (instant) => {
      for (let item = takeDue(instant); item !== undefined; item = takeDue(instant)) run(item);
      setClock(instant);
    },
    setClock,
    startStream: () => {
      random.end();
    },
    resume: () => {
      random.resume(bookmarks.get("turn")?.value ?? 0);
      clock.offset = bookmarks.get("clock")?.value ?? 0;
      tasks.rebuild();
    },
    clear: () => {
      for (const collection of state.collections()) collection.clear();
      random.resume(0);
      clock.offset = 0;
      tasks.rebuild();
    },
  };
}

/** Collections whose ids end in the letter. */
const CHILDREN = { C: ["charges"], R: ["refunds"], B: ["disputes"] } as const;
