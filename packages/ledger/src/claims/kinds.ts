import type { Debtor } from "./claims.ts";

/** What is claimed: a row of this table each, in the order of the letters. */
export const CLAIM_KINDS = [
  {
    kind: "fee-above-schedule",
    code: "fee.mismatch",
    debtor: "amazon-pay",
    title: "Fees above the schedule",
    ask: "For each of these transactions more was taken than the fee schedule of the account says. Please give back the difference.",
  },
  {
    kind: "fee-not-returned",
    code: "fee.mismatch",
    debtor: "amazon-pay",
    title: "Fees not given back on refunds",
    ask: "The fee schedule of the account gives back a part of the fees when a payment is refunded. For these refunds it was not given back, or not all of it. Please give back the difference.",
  },
  {
    kind: "returned-twice",
    code: "capture.returned-twice",
    debtor: "amazon-pay",
    title: "Payments that went back to the buyer twice",
    ask: "The buyer has these amounts back by a refund already; a chargeback or claim took them from the account once more. Please give back what exceeds the payment.",
  },
  {
    kind: "settled-twice",
    code: "transaction.duplicate",
    debtor: "amazon-pay",
    title: "Transactions that were taken twice",
    ask: "Each of these transactions stands in the settlements twice, with the same id. Please give back the second one.",
  },
  {
    kind: "missing-deposit",
    code: "bank.missing-deposit",
    debtor: "amazon-pay",
    title: "Transfers that did not arrive",
    ask: "The settlement reports name these transfers to our bank account. They are on no statement of it. Please trace them and pay them again where they came back.",
  },
  {
    kind: "unsettled-capture",
    code: "capture.unsettled",
    debtor: "amazon-pay",
    title: "Captured payments that were never settled",
    ask: "These payments were captured, and no settlement has them. Please settle them, or tell us in which settlement they are.",
  },
  {
    kind: "short-deposit",
    code: "match.amount",
    debtor: "bank",
    title: "Deposits that are less than the transfer",
    ask: "Amazon Pay transferred these amounts, and less was credited to our account. Please credit the difference, or tell us on which agreement it was kept.",
  },
] as const satisfies readonly {
  readonly kind: string;
  readonly code: string;
  readonly debtor: Debtor;
  readonly title: string;
  readonly ask: string;
}[];

/** One of {@link CLAIM_KINDS}. */
export type ClaimKind = (typeof CLAIM_KINDS)[number]["kind"];

/** A row of {@link CLAIM_KINDS}. */
export type ClaimKindFacts = (typeof CLAIM_KINDS)[number];

/** What decides of which kind a difference is. */
export interface Difference {
  readonly code: string;
  readonly subject: string;
  /** As the exception has it: see the table of rules. */
  readonly minor: bigint;
  /** Type of its row; null where it is of none. */
  readonly typeKey: string | null;
  readonly transactionId: string | null;
}

function kindNamed(kind: ClaimKind): ClaimKindFacts {
  const found = CLAIM_KINDS.find((one) => one.kind === kind);
  if (found === undefined) throw new TypeError(`there is no claim ${kind}`);
  return found;
}

/** Types of rows by which fees are given back. */
const RETURNS = new Set(["refund", "chargeback", "a-to-z-guarantee-claim"]);

/** The kind of claim that a difference is; null, or why, where it is none. */
export function claimOf(difference: Difference): ClaimKindFacts | "in-your-favour" | "without-charge-id" | null {
  const { code, minor, typeKey, transactionId, subject } = difference;
  switch (code) {
    case "fee.mismatch":
      if (minor >= 0n) return "in-your-favour";
      return kindNamed(RETURNS.has(typeKey ?? "") ? "fee-not-returned" : "fee-above-schedule");
    case "capture.returned-twice":
      return kindNamed("returned-twice");
    case "transaction.duplicate":
      return minor >= 0n ? "in-your-favour" : kindNamed("settled-twice");
    case "bank.missing-deposit":
      return kindNamed("missing-deposit");
    case "capture.unsettled":
      // Without the id that Amazon Pay gave it, nothing says that it was captured there.
      return transactionId === null ? "without-charge-id" : kindNamed("unsettled-capture");
    case "match.amount":
      // A row that differs from an own record is about no deposit.
      if (!subject.startsWith("settlement:")) return null;
      return minor >= 0n ? "in-your-favour" : kindNamed("short-deposit");
    default:
      return null;
  }
}
