import type { Rule } from "./rule.ts";

/**
 * The same transaction id and type occur once, in whatever file. A reversal (same id and type, other sign) is no
 * duplicate; the same row delivered by two reports is recognised when it is loaded and is none either.
 */
export const transactionDuplicate = {
  code: "transaction.duplicate",
  severity: "error",
  rule: "A transaction is settled once",
  amount: "net amount of the duplicate row",
  remedy: "Ask Amazon Pay which row is correct; until then the later one is excluded from matching",
  messages: {
    "transaction.duplicate":
      "{type} {transaction} is settled again; the first time was {at} in settlement {settlement}, line {line}",
  },
} as const satisfies Rule;
