import type { Random } from "@amazon-pay-kit/sdk/random";
import type { TaskHandler } from "./scheduled-task.ts";
import type { EventBus } from "./event-bus.ts";
import type { MonthlyLimits } from "./limits.ts";
import type { State } from "./state.ts";

/**
 * What every module of the sandbox works with. Modules register themselves with `install(engine)` functions: they listen to
 * events, handle scheduled tasks and keep their own collections, and use each other only through the imports of their folders, which have no circle.
 */
export interface Engine {
  readonly state: State;
  readonly random: Random;
  readonly bus: EventBus;
  /** Monthly limits of new permissions, where others than the published ones were asked for. */
  readonly monthlyLimits?: MonthlyLimits | undefined;

  /** The sandbox's own time: the base clock plus what it has been moved. */
  now(): number;

  /** The base clock's time, without what the sandbox's was moved by: unmodified clients sign with the machine's. */
  realNow(): number;

  /** Puts something on the schedule; runs when the clock reaches `due`, also while it is being moved. */
  schedule(due: number, kind: string, subject: string, payload?: unknown): void;

  /** Takes items of a kind about a subject off the schedule. */
  unschedule(kind: string, subject: string): void;

  /** Names the handler of a kind of scheduled task. */
  handle(kind: string, handler: TaskHandler): void;

  /** A fresh id: `amazonId("S01")` is `S01-1234567-7654321`; never one that is in use. */
  amazonId(prefix: string): string;

  /** A fresh id below another: `childId("S01-1234567-7654321", "C")` is `S01-1234567-7654321-C123456`. */
  childId(parent: string, letter: "C" | "R" | "B"): string;

  /** A fresh UUID, lower case with dashes. */
  uuid(): string;
}

/** The engine as the one who runs it sees it: time can be moved, state be taken out and put back. */
export interface RunningEngine extends Engine {
  /** Runs everything that is due by now, in order, each at its due time. Gives how many ran. */
  runDue(): number;

  /**
   * Runs the first item that is due by a moment, and leaves the clock at its due time.
   *
   * @returns false when there is none, and the clock stays
   */
  runNext(until: number): boolean;

  /** Moves the clock to a moment; what is due in between runs on the way. Backwards nothing is undone. */
  advanceTo(instant: number): void;

  /** Makes a moment the present without running anything. */
  setClock(instant: number): void;

  /** Ends a turn: the next draw starts a stream of its own. */
  startStream(): void;

  /** Takes up clock, schedule and chance from the state as it is, after it was read back. */
  resume(): void;

  /** Empties the state and puts clock and chance back to the beginning. */
  clear(): void;
}
