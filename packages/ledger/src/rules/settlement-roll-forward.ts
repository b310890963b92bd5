import type { CheckFacts } from "./check-facts.ts";

/**
 * Opening, activity, fees, reserve and transfer lead to a balance that is zero or reappears as the next opening.
 * Source: working rule of how a settlement balances; zero-sum is a hypothesis, roll-forward the safer check.
 */
export const settlementRollForward = {
  code: "settlement.roll-forward",
  severity: "error",
  rule: "Opening balance, activity, fees, reserve and transfer of a settlement add up to its closing balance",
  amount: "balance the rows leave minus balance the next settlement carries in",
  remedy: "Look for a missing, duplicated or altered row; ask Amazon Pay for a corrected report",
} as const satisfies CheckFacts;
