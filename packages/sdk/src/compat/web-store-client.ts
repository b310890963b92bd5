import type { Buyer } from "../types/buyer.ts";
import type { ChargePermission } from "../types/charge-permission.ts";
import type { Charge } from "../types/charge.ts";
import type { CheckoutSession } from "../types/checkout-session.ts";
import type { Dispute, UploadFile } from "../types/dispute.ts";
import type { ClaimedMerchantAccount, MerchantAccount } from "../types/merchant-account.ts";
import type { Refund } from "../types/refund.ts";
import type {
  Report,
  ReportCreated,
  ReportDocument,
  ReportPage,
  ReportQuery,
  ReportSchedule,
  ReportScheduleCreated,
  ReportScheduleList,
} from "../types/report.ts";
import { AmazonPayClient, type Payload, segment } from "./amazon-pay-client.ts";
import { type ClientAnswer, withShippingAddresses } from "./answer.ts";
import type { CallHeaders } from "./call.ts";

type Answer<T> = Promise<ClientAnswer<T>>;

/** The official Node SDK's `WebStoreClient`. The official names and order of arguments; the service's pages explain each. */
export class WebStoreClient extends AmazonPayClient {
  getBuyer(buyerToken: string, headers: CallHeaders = null): Answer<Buyer> {
    return this.send("GET", () => `buyers/${segment(buyerToken, "buyerToken")}`, { headers });
  }

  // Checkout sessions

  createCheckoutSession(payload: Payload, headers?: CallHeaders): Answer<CheckoutSession> {
    return this.send("POST", "checkoutSessions", { payload, headers });
  }

  /** Gives `shippingAddressList` as objects. */
  async getCheckoutSession(checkoutSessionId: string, headers: CallHeaders = null): Answer<CheckoutSession> {
    const path = () => `checkoutSessions/${segment(checkoutSessionId, "checkoutSessionId")}`;
    return withShippingAddresses(await this.send<CheckoutSession>("GET", path, { headers }));
  }

  /** Gives `shippingAddressList` as objects. */
  async updateCheckoutSession(
    checkoutSessionId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<CheckoutSession> {
    const path = () => `checkoutSessions/${segment(checkoutSessionId, "checkoutSessionId")}`;
    return withShippingAddresses(await this.send<CheckoutSession>("PATCH", path, { payload, headers }));
  }

  /** Gives `shippingAddressList` as objects. */
  async completeCheckoutSession(
    checkoutSessionId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<CheckoutSession> {
    const path = () => `checkoutSessions/${segment(checkoutSessionId, "checkoutSessionId")}/complete`;
    return withShippingAddresses(await this.send<CheckoutSession>("POST", path, { payload, headers }));
  }

  finalizeCheckoutSession(
    checkoutSessionId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<CheckoutSession> {
    const path = () => `checkoutSessions/${segment(checkoutSessionId, "checkoutSessionId")}/finalize`;
    return this.send("POST", path, { payload, headers });
  }

  // Charge permissions

  getChargePermission(chargePermissionId: string, headers: CallHeaders = null): Answer<ChargePermission> {
    const path = () => `chargePermissions/${segment(chargePermissionId, "chargePermissionId")}`;
    return this.send("GET", path, { headers });
  }

  updateChargePermission(
    chargePermissionId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<ChargePermission> {
    const path = () => `chargePermissions/${segment(chargePermissionId, "chargePermissionId")}`;
    return this.send("PATCH", path, { payload, headers });
  }

  closeChargePermission(
    chargePermissionId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<ChargePermission> {
    const path = () => `chargePermissions/${segment(chargePermissionId, "chargePermissionId")}/close`;
    return this.send("DELETE", path, { payload, headers });
  }

  // Charges and refunds

  createCharge(payload: Payload, headers?: CallHeaders): Answer<Charge> {
    return this.send("POST", "charges", { payload, headers });
  }

  getCharge(chargeId: string, headers: CallHeaders = null): Answer<Charge> {
    return this.send("GET", () => `charges/${segment(chargeId, "chargeId")}`, { headers });
  }

  updateCharge(chargeId: string, payload: Payload, headers?: CallHeaders): Answer<Charge> {
    return this.send("PATCH", () => `charges/${segment(chargeId, "chargeId")}`, { payload, headers });
  }

  captureCharge(chargeId: string, payload: Payload, headers: CallHeaders = null): Answer<Charge> {
    return this.send("POST", () => `charges/${segment(chargeId, "chargeId")}/capture`, { payload, headers });
  }

  cancelCharge(chargeId: string, payload: Payload, headers: CallHeaders = null): Answer<Charge> {
    return this.send("DELETE", () => `charges/${segment(chargeId, "chargeId")}/cancel`, { payload, headers });
  }

  createRefund(payload: Payload, headers?: CallHeaders): Answer<Refund> {
    return this.send("POST", "refunds", { payload, headers });
  }

  getRefund(refundId: string, headers: CallHeaders = null): Answer<Refund> {
    return this.send("GET", () => `refunds/${segment(refundId, "refundId")}`, { headers });
  }

  // Reports

  /** Lists in the query are sent as one value with commas. The given object stays as it is. */
  getReports(queryParameters: ReportQuery | null = null, headers: CallHeaders = null): Answer<ReportPage> {
    return this.send("GET", "reports", { headers, queryParams: { ...queryParameters } });
  }

  getReportById(reportId: string, headers: CallHeaders = null): Answer<Report> {
    return this.send("GET", () => `reports/${segment(reportId, "reportId")}`, { headers });
  }

  getReportDocument(reportDocumentId: string, headers: CallHeaders = null): Answer<ReportDocument> {
    const path = () => `report-documents/${segment(reportDocumentId, "reportDocumentId")}`;
    return this.send("GET", path, { headers });
  }

  getReportSchedules(
    reportTypes: string | readonly string[] | null = null,
    headers: CallHeaders = null,
  ): Answer<ReportScheduleList> {
    return this.send("GET", "report-schedules", { headers, queryParams: reportTypes ? { reportTypes } : null });
  }

  getReportScheduleById(reportScheduleId: string, headers: CallHeaders = null): Answer<ReportSchedule> {
    const path = () => `report-schedules/${segment(reportScheduleId, "reportScheduleId")}`;
    return this.send("GET", path, { headers });
  }

  createReport(requestPayload: Payload, headers?: CallHeaders): Answer<ReportCreated> {
    return this.send("POST", "reports", { payload: requestPayload, headers });
  }

  createReportSchedule(requestPayload: Payload, headers?: CallHeaders): Answer<ReportScheduleCreated> {
    return this.send("POST", "report-schedules", { payload: requestPayload, headers });
  }

  cancelReportSchedule(reportScheduleId: string, headers: CallHeaders = null): Answer<unknown> {
    const path = () => `report-schedules/${segment(reportScheduleId, "reportScheduleId")}`;
    return this.send("DELETE", path, { headers });
  }

  // Merchant accounts

  registerAmazonPayAccount(payload: Payload, headers: CallHeaders = null): Answer<MerchantAccount> {
    return this.send("POST", "merchantAccounts", { payload, headers });
  }

  updateAmazonPayAccount(merchantAccountId: string, payload: Payload, headers: CallHeaders = null): Answer<unknown> {
    const path = () => `merchantAccounts/${segment(merchantAccountId, "merchantAccountId")}`;
    return this.send("PATCH", path, { payload, headers });
  }

  deleteAmazonPayAccount(merchantAccountId: string, headers: CallHeaders = null): Answer<unknown> {
    const path = () => `merchantAccounts/${segment(merchantAccountId, "merchantAccountId")}`;
    return this.send("DELETE", path, { headers });
  }

  createMerchantAccount(payload: Payload, headers: CallHeaders = null): Answer<MerchantAccount> {
    return this.send("POST", "merchantAccounts", { payload, headers });
  }

  updateMerchantAccount(merchantAccountId: string, payload: Payload, headers?: CallHeaders): Answer<MerchantAccount> {
    const path = () => `merchantAccounts/${segment(merchantAccountId, "merchantAccountId")}`;
    return this.send("PATCH", path, { payload, headers });
  }

  /** Succeeds with 303; `headers.location` is where the merchant goes on. */
  merchantAccountClaim(
    merchantAccountId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<ClaimedMerchantAccount> {
    const path = () => `merchantAccounts/${segment(merchantAccountId, "merchantAccountId")}/claim`;
    return this.send("POST", path, { payload, headers }, 0);
  }

  // Disputes and files

  createDispute(payload: Payload, headers?: CallHeaders): Answer<Dispute> {
    return this.send("POST", "disputes", { payload, headers });
  }

  getDispute(disputeId: string, headers: CallHeaders = null): Answer<Dispute> {
    return this.send("GET", () => `disputes/${segment(disputeId, "disputeId")}`, { headers });
  }

  updateDispute(disputeId: string, payload: Payload, headers?: CallHeaders): Answer<Dispute> {
    return this.send("PATCH", () => `disputes/${segment(disputeId, "disputeId")}`, { payload, headers });
  }

  contestDispute(disputeId: string, payload: Payload, headers?: CallHeaders): Answer<Dispute> {
    return this.send("POST", () => `disputes/${segment(disputeId, "disputeId")}/contest`, { payload, headers });
  }

  uploadFile(payload: Payload, headers?: CallHeaders): Answer<UploadFile> {
    return this.send("POST", "files", { payload, headers });
  }
}
