import type { SourceCall, SourceName } from "@amazon-pay-kit/ledger/ingest";

/** Calls that are counted apart. */
export type RatedCall = SourceCall;

/** A leaky bucket: this many calls at once, then one every this many milliseconds. */
export interface Rate {
  readonly burst: number;
  readonly everyMillis: number;
}

/** Rates of a source's calls; a call without a row is not held back. */
export type Rates = Readonly<Partial<Record<RatedCall, Rate>>>;

const LIVE: Rate = { burst: 20, everyMillis: 250 };
const SANDBOX: Rate = { burst: 5, everyMillis: 1000 };
const each = (rate: Rate): Rates => ({ list: rate, fetch: rate, disbursements: rate });

/**
 * What Amazon Pay lets a seller do, by source and environment.
 *
 * API v2: the published figures of the reading operations ("Get Charge"); none are published for reports, so these stand
 * in for them. MWS: the quotas of the Reports API, a sixth kept back for other programs that read with the same seller's key.
 */
export const RATES: Readonly<Record<SourceName, Readonly<Record<"live" | "sandbox", Rates>>>> = {
  v2: { live: each(LIVE), sandbox: each(SANDBOX) },
  mws: {
    live: {
      list: { burst: 8, everyMillis: 60_000 },
      fetch: { burst: 12, everyMillis: 72_000 },
      acknowledge: { burst: 8, everyMillis: 54_000 },
    },
    sandbox: {
      list: { burst: 8, everyMillis: 60_000 },
      fetch: { burst: 12, everyMillis: 72_000 },
      acknowledge: { burst: 8, everyMillis: 54_000 },
    },
  },
  folder: { live: {}, sandbox: {} },
  hand: { live: {}, sandbox: {} },
};
