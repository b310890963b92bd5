import type { Rule } from "./rule.ts";

/** No settlement starts before the one before it has ended. */
export const settlementOverlap = {
  code: "settlement.overlap",
  severity: "error",
  rule: "A settlement does not start before the previous one ends",
  amount: "none",
  remedy: "Check whether both files are settlements of this account, and whether rows occur twice",
  messages: {
    "settlement.overlap": "starts {start}, before settlement {before} ends at {end}",
  },
} as const satisfies Rule;
