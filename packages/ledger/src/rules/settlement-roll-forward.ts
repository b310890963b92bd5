import type { Rule } from "./rule.ts";

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
  messages: {
    "settlement.roll-forward": "the rows leave {left} after the transfer, but settlement {next} carries in {carried}",
    "settlement.roll-forward.last": "the rows leave {left} after the transfer, and no later settlement takes it on",
  },
} as const satisfies Rule;
