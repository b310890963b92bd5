import type { Rule } from "./rule.ts";

/** A row that the reader could not read is missing in every sum: the settlement cannot be trusted without it. */
export const rowUnreadable = {
  code: "row.unreadable",
  severity: "error",
  rule: "Every row of a settlement file can be read",
  amount: "none: the row that contains it cannot be read",
  remedy: "Look at the line in the archived file; ask Amazon Pay for a corrected report",
  messages: {
    "row.unreadable": "line {line} cannot be read: {why} ({code})",
  },
} as const satisfies Rule;
