/** What may be done with refunds, without HTTP. */
export { createRefund, type NewRefund } from "./create-refund.ts";
