import type { Rule } from "./rule.ts";

/** A row and what it is matched with have the same amount; the tolerance is zero. */
export const matchAmount = {
  code: "match.amount",
  severity: "error",
  rule: "A settled amount equals the amount in your records, and a deposit equals what was transferred",
  amount: "settled (or deposited) amount minus recorded (or transferred) amount",
  remedy: "Find out which of the two is right",
  messages: {
    "match.amount.record": "settled {settled}, but {own} in own records (matched by {rule})",
    "match.amount.report": "settled {settled}, but {own} in the transaction report (matched by {rule})",
    "deposit.arrived": "transferred {sent}, arrived {arrived} on {days}",
    "deposit.less": ", {size} less",
    "deposit.more": ", {size} more",
    "deposit.late": "; it was due by {due}",
    "deposit.near": "; matched by day and near amount, since no reference says so",
    "deposit.in-currency": "transferred {sent}, arrived {arrived} on {days} in {currency}",
    "deposit.rate-left":
      "; the rate is {away} % away from those of the payouts next to it, and {tolerance} % are allowed",
    "deposit.rate": ", 1 {from} = {rate} {to}",
    "deposit.converted": "; matched by day and rate, since no reference says so",
  },
} as const satisfies Rule;
