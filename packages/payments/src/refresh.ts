import type { AmazonPay } from "@amazon-pay-kit/sdk";
import { chargeRecord, withCharge } from "./charge-record.ts";
import type { PaymentRecord } from "./record.ts";

/** Reads every charge that is not final, and gives the record as it is now. */
export async function refreshPayment(pay: AmazonPay, record: PaymentRecord): Promise<PaymentRecord> {
  let present = record;
  for (const { chargeId, state, capture } of record.charges) {
    if (state === "declined" || state === "canceled" || state === "captured") continue;
    present = withCharge(present, chargeRecord(await pay.charges.retrieve(chargeId), capture));
  }
  return present;
}
