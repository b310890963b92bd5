import type { Rule } from "./rule.ts";

/** The end of one settlement is the start of the next. Source: windows of consecutive settlements are contiguous. */
export const settlementGap = {
  code: "settlement.gap",
  severity: "error",
  rule: "A settlement starts when the previous one ends",
  amount: "none",
  remedy: "Download the settlement report of the period in between; reports stay available for 90 days",
  messages: {
    "settlement.gap": "no settlement covers the time from {from}, the end of {before}, to {to}",
  },
} as const satisfies Rule;
