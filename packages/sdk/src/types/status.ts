import type { Timestamp } from "./instant.ts";
import type { Open } from "./open.ts";

/** State of a session, charge or refund. */
export interface StatusDetails<State extends string, Reason extends string> {
  state: Open<State>;
  reasonCode: Open<Reason> | null;
  reasonDescription: string | null;
  lastUpdatedTimestamp: Timestamp;
}

/** Where an object lives. */
export type ReleaseEnvironment = Open<"Sandbox" | "Live">;
