import { formatAmount } from "@amazon-pay-kit/money";
import type { RowCheck } from "./row-check.ts";
import { say } from "./sentences/say.ts";

/** `TotalTransactionFee = TransactionPercentageFee + TransactionFixedFee`. Source: settlement report, fee arithmetic. */
export const rowFeeSum = {
  code: "row.fee-sum",
  severity: "error",
  rule: "The total fee of a row is its percentage fee plus its fixed fee",
  amount: "total fee in the file minus the sum of its parts",
  remedy: "Ask Amazon Pay for a corrected report, or explain the difference",
  judge(row) {
    const sum = row.percentageFee + row.fixedFee;
    if (sum === row.totalFee) return null;
    const text = (minor: bigint): string => formatAmount(minor, row.currency);
    return {
      amount: row.totalFee - sum,
      says: say("row.fee-sum", {
        total: text(row.totalFee),
        percentage: text(row.percentageFee),
        fixed: text(row.fixedFee),
        sum: text(sum),
      }),
    };
  },
} as const satisfies RowCheck;
