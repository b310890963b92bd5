import { getAuthorizationToken } from "./groups/authorization-tokens.ts";
import { getBuyer } from "./groups/buyers.ts";
import { closeChargePermission, getChargePermission, updateChargePermission } from "./groups/charge-permissions.ts";
import { cancelCharge, captureCharge, createCharge, getCharge, updateCharge } from "./groups/charges.ts";
import {
  completeCheckoutSession,
  createCheckoutSession,
  finalizeCheckoutSession,
  getCheckoutSession,
  updateCheckoutSession,
} from "./groups/checkout-sessions.ts";
import { createDeliveryTracker } from "./groups/delivery-trackers.ts";
import { contestDispute, createDispute, getDispute, updateDispute } from "./groups/disputes.ts";
import { uploadFile } from "./groups/files.ts";
import { inStoreCharge, inStoreRefund, merchantScan } from "./groups/in-store.ts";
import {
  createMerchantAccount,
  createStore,
  deleteAmazonPayAccount,
  merchantAccountClaim,
  registerAmazonPayAccount,
  updateAmazonPayAccount,
  updateMerchantAccount,
  updateStore,
} from "./groups/merchant-accounts.ts";
import { createRefund, getRefund } from "./groups/refunds.ts";
import {
  cancelReportSchedule,
  createReportSchedule,
  getReportScheduleById,
  getReportSchedules,
} from "./groups/report-schedules.ts";
import { createReport, getDisbursements, getReportById, getReportDocument, getReports } from "./groups/reports.ts";
import type { Operation } from "./operation.ts";

/** Every operation of Amazon Pay API v2 (docs/amazon-pay/operations.md) by its name, group by group. */
const BY_NAME = {
  createCheckoutSession,
  getCheckoutSession,
  updateCheckoutSession,
  completeCheckoutSession,
  finalizeCheckoutSession,
  getChargePermission,
  updateChargePermission,
  closeChargePermission,
  createCharge,
  getCharge,
  updateCharge,
  captureCharge,
  cancelCharge,
  createRefund,
  getRefund,
  getBuyer,
  deliveryTrackers: createDeliveryTracker,
  getAuthorizationToken,
  merchantScan,
  charge: inStoreCharge,
  refund: inStoreRefund,
  getReports,
  getReportById,
  getReportDocument,
  createReport,
  getReportSchedules,
  getReportScheduleById,
  createReportSchedule,
  cancelReportSchedule,
  getDisbursements,
  createDispute,
  getDispute,
  updateDispute,
  contestDispute,
  uploadFile,
  createMerchantAccount,
  registerAmazonPayAccount,
  updateMerchantAccount,
  updateAmazonPayAccount,
  deleteAmazonPayAccount,
  merchantAccountClaim,
  createStore,
  updateStore,
} as const satisfies Readonly<Record<string, Operation>>;

/** Name of an operation, as the official clients call it. */
export type OperationName = keyof typeof BY_NAME;

/** A row of the table. */
export type OperationRow = Operation & { readonly name: OperationName };

/** Every operation of Amazon Pay API v2, by group. */
export const OPERATIONS: readonly OperationRow[] = /* @__PURE__ */ Object.values(BY_NAME);
