import type { Rule } from "./rule.ts";

/** Every row of a file names the same settlement. The file counts as the settlement that most of its rows name. */
export const settlementMixedId = {
  code: "settlement.mixed-id",
  severity: "error",
  rule: "All rows of a settlement file have the same settlement id",
  amount: "net amount of the rows with another id",
  remedy: "Check whether the rows belong to another settlement; ask Amazon Pay for a corrected report",
  messages: {
    "settlement.mixed-id.many":
      "{rows, plural, one {# row names} other {# rows name}} settlement {ids} and {others} others in the file of settlement {settlement}",
    "settlement.mixed-id":
      "{rows, plural, one {# row names} other {# rows name}} settlement {ids} in the file of settlement {settlement}",
  },
} as const satisfies Rule;
