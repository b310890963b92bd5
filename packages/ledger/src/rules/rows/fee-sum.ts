import { formatAmount } from "@amazon-pay-kit/money";
import { messagesOf } from "../message.ts";
import type { RowRule } from "./row-rule.ts";

const messages = { "row.fee-sum": "total fee is {total}, but {percentage} + {fixed} = {sum}" } as const;
const message = messagesOf(messages);

/** `TotalTransactionFee = TransactionPercentageFee + TransactionFixedFee`. Source: settlement report, fee arithmetic. */
export const feeSum = {
  code: "row.fee-sum",
  severity: "error",
  rule: "The total fee of a row is its percentage fee plus its fixed fee",
  amount: "total fee in the file minus the sum of its parts",
  remedy: "Ask Amazon Pay for a corrected report, or explain the difference",
  messages,
  breaks: (is, row) => is.differ(is.add(row.percentageFee, row.fixedFee), row.totalFee),
  explain({ percentageFee, fixedFee, totalFee, currency }) {
    const sum = percentageFee + fixedFee;
    const text = (minor: bigint): string => formatAmount(minor, currency);
    return {
      amount: totalFee - sum,
      messages: message("row.fee-sum", {
        total: text(totalFee),
        percentage: text(percentageFee),
        fixed: text(fixedFee),
        sum: text(sum),
      }),
    };
  },
} as const satisfies RowRule;
