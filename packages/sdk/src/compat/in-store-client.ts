import type { InStoreCharge, InStorePermission, InStoreRefund } from "../types/in-store.ts";
import { AmazonPayClient, type Payload } from "./amazon-pay-client.ts";
import type { ClientAnswer } from "./answer.ts";
import type { CallHeaders } from "./call.ts";

/** The official Node SDK's `InStoreClient`. */
export class InStoreClient extends AmazonPayClient {
  /** Turns the code on the buyer's device into a charge permission. */
  merchantScan(payload: Payload, headers: CallHeaders = null): Promise<ClientAnswer<InStorePermission>> {
    return this.send("POST", "in-store/merchantScan", { payload, headers });
  }

  /** Charges it; `chargeReferenceId` must be unique. */
  charge(payload: Payload, headers: CallHeaders = null): Promise<ClientAnswer<InStoreCharge>> {
    return this.send("POST", "in-store/charge", { payload, headers });
  }

  /** Gives money back; `refundReferenceId` must be unique. */
  refund(payload: Payload, headers: CallHeaders = null): Promise<ClientAnswer<InStoreRefund>> {
    return this.send("POST", "in-store/refund", { payload, headers });
  }
}
