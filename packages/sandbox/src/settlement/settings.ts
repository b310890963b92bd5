import type { Engine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";
import type { FeeSchedule } from "./fees/index.ts";
import type { ReservePolicy } from "./periods/reserve-policy.ts";

/** How a merchant's books are kept. Where the service's own rule is unknown, it is an option here. */
export interface BooksSettings {
  /** ISO 8601 span from the first payment to the end of the first settlement. Default `P14D`. */
  readonly firstSettlementAfter: string;
  /** ISO 8601 span from one settlement to the next. Default `P1D`, in Japan `P14D`. */
  readonly settlementEvery: string;
  /** What is held back at the end of a period. Default `none`. */
  readonly reserve: ReservePolicy;
  /** Payouts below this many minor units wait and are carried over. Default 1. */
  readonly minimumTransfer: bigint;
  /** No payout before this moment; what would have been paid is carried over. Default `null`. */
  readonly holdTransfersUntil: number | null;
  /**
   * `period-end` pays the balance when the period closes; `next-period` pays what the period before left over, in the
   * middle of the next one, as the only real file shows it. Default `period-end`.
   */
  readonly transferTiming: "period-end" | "next-period";
  /** A negative balance is carried, or taken at once from the merchant's charge method. Default `debt`. */
  readonly negativeBalance: "carry" | "debt";
  /**
   * How Debt is written, which the documents leave open. `credit`: the payment that clears the balance, positive, in
   * the same settlement. `debit`: what is owed, negative, as the opening row of the next settlement. Default `credit`.
   */
  readonly debtSign: "credit" | "debit";
  /** Whether a chargeback costs the dispute fee at once, when the merchant contests it, or never. Default `chargeback`. */
  readonly disputeFee: "chargeback" | "contest" | "never";
  /** Whether payments count as cross-border. Default `false`. */
  readonly crossBorder: boolean;
  /** Schedules of the merchant's own; they go before the table's. Default none. */
  readonly fees: readonly FeeSchedule[];
}

/** Settings as they are kept: only what differs from the region's defaults. */
interface KeptSettings {
  readonly merchantId: string;
  readonly changes: Partial<BooksSettings>;
}

/** What holds for a region's merchants unless they say otherwise. */
export function defaultBooksSettings(region: Merchant["region"]): BooksSettings {
  return {
    firstSettlementAfter: "P14D",
    settlementEvery: region === "jp" ? "P14D" : "P1D",
    reserve: { kind: "none" },
    minimumTransfer: 1n,
    holdTransfersUntil: null,
    transferTiming: "period-end",
    negativeBalance: "debt",
    debtSign: "credit",
    disputeFee: "chargeback",
    crossBorder: false,
    fees: [],
  };
}

/** The settings of a merchant: the region's defaults with the merchant's own changes over them. */
export function booksSettings(engine: Engine, merchant: Merchant): BooksSettings {
  const kept = engine.state.extra<KeptSettings>("bookSettings").get(merchant.merchantId);
  return { ...defaultBooksSettings(merchant.region), ...kept?.changes };
}

/** Changes some of a merchant's settings; the others stay. */
export function keepBooksSettings(engine: Engine, merchantId: string, changes: Partial<BooksSettings>): void {
  const kept = engine.state.extra<KeptSettings>("bookSettings");
  kept.put(merchantId, { merchantId, changes: { ...kept.get(merchantId)?.changes, ...changes } });
}
