import type { CheckFacts } from "./check-facts.ts";

/** A row that the reader could not read is missing in every sum: the settlement cannot be trusted without it. */
export const rowUnreadable = {
  code: "row.unreadable",
  severity: "error",
  rule: "Every row of a settlement file can be read",
  amount: "none: the row that contains it cannot be read",
  remedy: "Look at the line in the archived file; ask Amazon Pay for a corrected report",
} as const satisfies CheckFacts;
