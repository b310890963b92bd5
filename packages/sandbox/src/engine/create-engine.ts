import { systemClock, type Clock } from "@amazon-pay-kit/sdk/clock";
import { digits, hex, systemRandom, uuid } from "@amazon-pay-kit/sdk/random";
import { TaskQueue } from "./task-queue.ts";
import type { TaskHandler, ScheduledTask } from "./scheduled-task.ts";
import type { ChangeLog } from "./collection.ts";
import type { RunningEngine } from "./engine.ts";
import type { MonthlyLimits } from "./limits.ts";
import { EventBus } from "./event-bus.ts";
import { State } from "./state.ts";
import { ReplayableRandom } from "./replayable-random.ts";
import { VirtualClock } from "./virtual-clock.ts";

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

const FORGETFUL: ChangeLog = { put: () => undefined, delete: () => undefined };

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
        (id) => state.chargePermissions.get(id) !== undefined,
      ),
    childId: (parent, letter) =>
      fresh(
        () => `${parent}-${letter}${digits(random, 6)}`,
        (id) => CHILDREN[letter].some((name) => state[name].get(id) !== undefined),
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
