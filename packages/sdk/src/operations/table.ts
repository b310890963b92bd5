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

/** Every operation of Amazon Pay API v2 (API v2 reference), by group. */
export const OPERATIONS: readonly Operation[] = [
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
  createDeliveryTracker,
  getAuthorizationToken,
  merchantScan,
  inStoreCharge,
  inStoreRefund,
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
];
