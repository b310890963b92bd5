/** Order and payment exports of shops, read to typed charges and refunds: bytes in, records out; no database, no account. */
export { toContractLine } from "./contract-line.ts";
export { OrdersError, type OrdersErrorCode } from "./errors.ts";
export { isAmazonPay } from "./means-of-payment.ts";
export type { OrdersOptions } from "./options.ts";
export { ORDER_PROFILES } from "./profiles/index.ts";
export type { OrderProfile } from "./profiles/profile.ts";
export { readOrderBatches, readOrders } from "./read-orders.ts";
export { unprintable } from "./read-row.ts";
export {
  type OrderEvent,
  type OrderRecord,
  type OrdersSummary,
  RECORD_MEMBERS,
  RECORD_STATUSES,
  type RecordError,
  type RecordErrorCode,
  type RecordMember,
  type RecordStatus,
  type SkippedRow,
  type SkipReason,
} from "./record.ts";
export { statusOf, type StatusNames } from "./statuses.ts";
