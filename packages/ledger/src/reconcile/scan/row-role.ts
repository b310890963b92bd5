import { TRANSACTION_TYPES } from "@amazon-pay-kit/reports";

/** What a row does in the balance of its settlement. */
export type RowRole = "released" | "carried-in" | "debt-in" | "activity" | "held" | "payout" | "returned" | "collected";

const KNOWN: ReadonlySet<string> = new Set(TRANSACTION_TYPES.map((facts) => facts.type));

/** Whether a type key is one that the reference lists. */
export function isKnownType(typeKey: string): boolean {
  return KNOWN.has(typeKey);
}

/**
 * The role of a row by its type and the direction of its net amount.
 *
 * The wording of descriptions is not stable, so the sign decides: a positive Reserve releases the previous one, a
 * negative one holds back. Debt is unclear in the sources: positive when the card payment clears a negative balance,
 * negative in the literal reading, and then it carries that balance in. A Transfer is negative; a positive one brings
 * money from the bank: a payout that came back, or a balance below zero that was taken from there. Unknown types count as
 * activity.
 */
export function roleOf(typeKey: string, direction: number): RowRole {
  switch (typeKey) {
    case "reserve":
      return direction < 0 ? "held" : "released";
    case "carryover":
      return "carried-in";
    case "debt":
      return direction < 0 ? "debt-in" : "collected";
    case "transfer":
      return direction > 0 ? "returned" : "payout";
    default:
      return "activity";
  }
}
