import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Random } from "@amazon-pay-kit/sdk/random";
import type { Archive } from "./archive/archive.ts";
import type { Logger } from "./logger.ts";
import type { Store } from "./store/store.ts";

/** What every part of an open ledger works with. */
export interface LedgerContext {
  readonly store: Store;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}
