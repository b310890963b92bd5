import { formatAmount } from "@amazon-pay-kit/money";
import { messagesOf } from "../message.ts";
import type { RowRule, SignConvention } from "./row-rule.ts";

/** What the net amount should be under a convention. */
export function netOf(amount: bigint, totalFee: bigint, convention: SignConvention): bigint {
  return convention === "amount-plus-fee" ? amount + totalFee : amount - totalFee;
}

const messages = {
  "row.net.plus": "net amount is {net}, but {amount} + ({fee}) = {expected}",
  "row.net.minus": "net amount is {net}, but {amount} - ({fee}) = {expected}",
  "row.net.signs": ": the row has its fee signed the other way than the rest of the file",
} as const;
const message = messagesOf(messages);

/**
 * `NetTransactionAmount = TransactionAmount + TotalTransactionFee`, or its mirror image throughout the file: the
 * convention is found file by file, and rows that follow the other one are errors. Source: settlement report, sign rules.
 */
export const net = {
  code: "row.net",
  severity: "error",
  rule: "The net amount of a row follows from its amount and total fee, by the sign convention of the file",
  amount: "net amount in the file minus the net amount calculated from amount and fee",
  remedy: "Ask Amazon Pay for a corrected report, or explain the difference",
  messages,
  breaks: (is, row, file) =>
    is.differ(
      row.net,
      file.convention === "amount-plus-fee" ? is.add(row.amount, row.totalFee) : is.subtract(row.amount, row.totalFee),
    ),
  explain(row, file) {
    const expected = netOf(row.amount, row.totalFee, file.convention);
    const text = (minor: bigint): string => formatAmount(minor, row.currency);
    const other: SignConvention = file.convention === "amount-plus-fee" ? "amount-minus-fee" : "amount-plus-fee";
    const mixed = netOf(row.amount, row.totalFee, other) === row.net;
    return {
      amount: row.net - expected,
      messages: [
        ...message(file.convention === "amount-plus-fee" ? "row.net.plus" : "row.net.minus", {
          net: text(row.net),
          amount: text(row.amount),
          fee: text(row.totalFee),
          expected: text(expected),
        }),
        ...(mixed ? message("row.net.signs") : []),
      ],
    };
  },
} as const satisfies RowRule;
