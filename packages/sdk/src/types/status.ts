import type { Timestamp } from "./instant.ts";
import type { Open } from "../operations/open.ts";

/** State of a session, charge or refund. */
export interface StatusDetails<State extends string, Reason extends string> {
  /** Open to values that a newer service may send. */
  state: Open<State>;
  /** Why the object is in this state; null for the usual ones. */
  reasonCode: Open<Reason> | null;
  /** The same in words. */
  reasonDescription: string | null;
  /** When it came into this state. */
  lastUpdatedTimestamp: Timestamp;
}

/** Where an object lives. */
export type ReleaseEnvironment = Open<"Sandbox" | "Live">;
