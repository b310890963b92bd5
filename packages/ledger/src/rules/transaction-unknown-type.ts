import { normaliseTransactionType } from "@amazon-pay-kit/reports";
import type { RowCheck } from "./row-check.ts";
import { say } from "./sentences/say.ts";

/** A type that the reference does not list is kept, counts in the balance as activity, and is raised. */
export const transactionUnknownType = {
  code: "transaction.unknown-type",
  severity: "warning",
  rule: "Every row has a known transaction type",
  amount: "net amount of the row",
  remedy: "Find out what the type means and explain the exception; update the kit once it knows the type",
  judge(row) {
    if (normaliseTransactionType(row.type) !== null) return null;
    return { amount: row.net, says: say("transaction.unknown-type", { type: JSON.stringify(row.type) }) };
  },
} as const satisfies RowCheck;
