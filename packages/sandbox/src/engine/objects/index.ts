export type {
  Charge,
  ChargeMetadata,
  ChargeState,
  ChargePermission,
  ChargePermissionState,
  CheckoutDetails,
  CheckoutSession,
  CheckoutSessionState,
  SessionBuyer,
  Dispute,
  Amount,
  Refund,
  RefundState,
  Status,
  Transition,
} from "./payment-objects.ts";
export type { Merchant, MerchantKey, MwsCredentials } from "./merchant.ts";
export type { Movement, Settlement } from "./settlement.ts";
export type { Report, ReportDocument, ReportProcessingStatus, ReportSchedule } from "./report.ts";
