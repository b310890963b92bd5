import type { CheckFacts } from "./check-facts.ts";

/**
 * Opening, activity, fees, reserve and transfer lead to a balance that is zero or reappears as the next opening.
 * Source: working rule of how a settlement balances; zero-sum is a hypothesis, roll-forward the safer check.
 */
export const settlementRollForward = {
  code: "settlement.roll-forward",
  severity: "error",
  rule: "Opening, activity, fees, reserve and transfer of a settlement lead to its closing balance",
  amount: "what the rows leave over and above what the next settlement takes on",
  remedy: "Look for a row that is missing, doubled or altered; ask Amazon Pay for a corrected report",
} as const satisfies CheckFacts;
