import { formatAmount, formatMillis } from "@amazon-pay-kit/money";
import type { OperationHandler } from "../../api/operation-call.ts";
import { disbursementsOf } from "../../settlement/disbursement.ts";
import { optionalInstant } from "./create-report.ts";
import { pageOf, readMark } from "./page.ts";

/** `GET /disbursements`: payouts of settlements whose end lies in the range; the reference is what the bank prints. */
export const getDisbursements: OperationHandler = ({ engine, merchant, environment, query }) => {
  const mark = readMark("disbursements", query, engine.now());
  const since = optionalInstant(mark.query, "startTime") ?? 0;
  const until = optionalInstant(mark.query, "endTime") ?? mark.asOf;
  const found = disbursementsOf(engine, merchant.merchantId).filter(({ settlement }) => {
    const { endAt } = settlement;
    return settlement.environment === environment && endAt >= since && endAt <= until && endAt <= mark.asOf;
  });
  const { page, nextToken } = pageOf("disbursements", found, mark);
  return {
    body: {
      disbursements: page.map(({ settlement, referenceId, amount, at }) => ({
        sellerId: settlement.merchantId,
        settlementId: settlement.settlementId,
        amazonDisbursementReferenceId: referenceId,
        amount: formatAmount(amount, settlement.currency),
        currencyCode: settlement.currency,
        transactionTime: formatMillis(at),
      })),
      nextToken,
    },
  };
};
