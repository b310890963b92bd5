import type { Random } from "@amazon-pay-kit/sdk/random";
import type { AgendaHandler } from "./agenda.ts";
import type { Announcer } from "./happenings.ts";
import type { State } from "./state.ts";

/**
 * What every room of the sandbox works with. Rooms register themselves with `install(engine)` functions: they listen to
 * happenings, handle agenda items and keep their own collections, and know nothing of each other.
 */
export interface Engine {
  readonly state: State;
  readonly random: Random;
  readonly announcer: Announcer;

  /** The sandbox's own time: the base clock plus what it has been moved. */
  now(): number;

  /** Puts something on the agenda; runs when the clock reaches `due`, also while it is being moved. */
  schedule(due: number, kind: string, subject: string, payload?: unknown): void;

  /** Takes items of a kind about a subject off the agenda. */
  unschedule(kind: string, subject: string): void;

  /** Names the handler of a kind of agenda item. */
  handle(kind: string, handler: AgendaHandler): void;

  /** A fresh id: `amazonId("S01")` is `S01-1234567-7654321`; never one that is in use. */
  amazonId(prefix: string): string;
}
