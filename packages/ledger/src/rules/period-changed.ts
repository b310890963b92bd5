import type { Rule } from "./rule.ts";

/** A closed month is not what it was when somebody closed it. */
export const periodChanged = {
  code: "period.changed",
  severity: "error",
  rule: "The figures of a closed month stay as they were when it was closed",
  amount: "by how much the first figure that changed is larger now",
  remedy:
    "See what has changed with apay close --check. What came late is booked in the first open month: explain it when that is right, or open the month again with apay close --reopen and close it anew",
  messages: {
    "period.changed": "the closed month {month} has changed: {figure} was {before}, is {after} ({currency})",
    "period.changed.more": "; {count} more figures",
    "period.changed.added": "; new since: {files}",
    "period.changed.gone": "; no longer there: {files}",
    "period.changed.chain":
      "the close of {month} is not what was written: the hash of its figures, or of the month before it, is another",
  },
} as const satisfies Rule;
