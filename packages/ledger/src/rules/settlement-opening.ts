import type { Rule } from "./rule.ts";

/** The balance that a settlement carries in is the balance that the one before it left. */
export const settlementOpening = {
  code: "settlement.opening",
  severity: "error",
  rule: "A settlement opens with the closing balance of the previous one",
  amount: "balance carried in minus closing balance of the previous settlement",
  remedy: "Compare the Carryover and Debt rows with the settlement before; ask Amazon Pay about the difference",
  messages: {
    "settlement.opening.left": "carries in {carried}, but settlement {before} left {left}",
    "settlement.opening.paid-out": "carries in {carried}, but settlement {before} paid out all that it had",
    "settlement.opening.came-back": ", as much more as that settlement transferred: the transfer may have come back",
  },
} as const satisfies Rule;
