import type { Rule } from "./rule.ts";

/** The fees of a row are what the schedule of its day makes of it, give or take the tolerance. */
export const feeMismatch = {
  code: "fee.mismatch",
  severity: "error",
  rule: "Fees match the fee schedule",
  amount: "fee in the file minus fee by the schedule (negative: too much was taken)",
  remedy: "Compare with your contract; correct the schedule, or claim the difference from Amazon Pay",
  messages: {
    "fee.mismatch":
      "{type} of {amount}: fees {percentage} and {fixed}, the schedule makes it {expected} in all ({schedule})",
  },
} as const satisfies Rule;
