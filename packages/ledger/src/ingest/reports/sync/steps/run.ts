import type { Account } from "../../../../accounts/accounts.ts";
import type { ServiceClock } from "../../../../accounts/service-clock.ts";
import type { LedgerContext } from "../../../../context.ts";
import type { SyncEvent } from "../events.ts";
import type { Limiter } from "../limiter.ts";
import type { SyncSettings } from "../options.ts";
import type { ReportSource } from "../../sources/source.ts";

/** What happened, without whose it is. */
export type StepEvent = SyncEvent extends infer Event
  ? Event extends SyncEvent
    ? Omit<Event, "accountId" | "source">
    : never
  : never;

/** One source of one account being read, by the one runner that holds its lease. */
export interface SourceRun {
  readonly context: LedgerContext;
  readonly account: Account;
  readonly source: ReportSource;
  /** What the source is asked for, and what is late, goes by this; everything here by the clock of the context. */
  readonly service: ServiceClock;
  readonly settings: SyncSettings;
  /** Downloads at once, over all accounts. */
  readonly downloads: Limiter;
  readonly signal: AbortSignal;
  readonly tell: (event: StepEvent) => void;
}
