import { TRANSACTION_TYPES } from "@amazon-pay-kit/reports";
import { messagesOf } from "../message.ts";
import type { RowRule } from "./row-rule.ts";

const KNOWN_TYPES: readonly string[] = TRANSACTION_TYPES.map((facts) => facts.type);

const messages = { "transaction.unknown-type": "unknown transaction type {type}, counted as activity" } as const;
const message = messagesOf(messages);

/** A type that the reports' documentation does not list is kept, counts in the balance as activity, and is raised. */
export const unknownType = {
  code: "transaction.unknown-type",
  severity: "warning",
  rule: "Every row has a known transaction type",
  amount: "net amount of the row",
  remedy: "Find out what the type means and explain the exception; update the kit once it knows the type",
  messages,
  breaks: (is, row) => is.noneOf(row.typeKey, KNOWN_TYPES),
  explain: (row) => ({
    amount: row.net,
    messages: message("transaction.unknown-type", { type: JSON.stringify(row.type) }),
  }),
} as const satisfies RowRule;
