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

/** Path of one object: `at("charge", id, "/capture")` is `charges/{chargeId}/capture`. Made when it is called, as an id may be refused. */
const at =
  (kind: string, id: string, rest = "") =>
  (): string =>
    `${kind}s/${segment(id, `${kind}Id`)}${rest}`;

/** Query of `getReports`, as the official SDK takes it: any text as a type or status. */
export type ReportFilter = Omit<ReportQuery, "reportTypes" | "processingStatuses"> & {
  readonly reportTypes?: readonly string[] | string;
  readonly processingStatuses?: readonly string[] | string;
};

/** The official Node SDK's `WebStoreClient`. The official names and order of arguments; the service's pages explain each. */
export class WebStoreClient extends AmazonPayClient {
  /** Who signed in, by the token in the return address; it lives 24 hours. */
  getBuyer(buyerToken: string, headers: CallHeaders = null): Answer<Buyer> {
    return this.send("GET", () => `buyers/${segment(buyerToken, "buyerToken")}`, { headers });
  }

  // Checkout sessions

  /** Begins a checkout. `headers` needs an idempotency key. */
  createCheckoutSession(payload: Payload, headers?: CallHeaders): Answer<CheckoutSession> {
    return this.send("POST", "checkoutSessions", { payload, headers });
  }

  /** Gives `shippingAddressList` as objects. */
  async getCheckoutSession(checkoutSessionId: string, headers: CallHeaders = null): Answer<CheckoutSession> {
    return withShippingAddresses(
      await this.send<CheckoutSession>("GET", at("checkoutSession", checkoutSessionId), { headers }),
    );
  }

  /** Gives `shippingAddressList` as objects. */
  async updateCheckoutSession(
    checkoutSessionId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<CheckoutSession> {
    return withShippingAddresses(
      await this.send<CheckoutSession>("PATCH", at("checkoutSession", checkoutSessionId), { payload, headers }),
    );
  }

  /** Gives `shippingAddressList` as objects. */
  async completeCheckoutSession(
    checkoutSessionId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<CheckoutSession> {
    return withShippingAddresses(
      await this.send<CheckoutSession>("POST", at("checkoutSession", checkoutSessionId, "/complete"), {
        payload,
        headers,
      }),
    );
  }

  /** Sets the last values and completes, where there is no review page. */
  finalizeCheckoutSession(
    checkoutSessionId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<CheckoutSession> {
    return this.send("POST", at("checkoutSession", checkoutSessionId, "/finalize"), { payload, headers });
  }

  // Charge permissions

  /** Reads a permission: state, limits and, for 30 days, the buyer. */
  getChargePermission(chargePermissionId: string, headers: CallHeaders = null): Answer<ChargePermission> {
    return this.send("GET", at("chargePermission", chargePermissionId), { headers });
  }

  /** Changes the merchant's notes or the rhythm on a permission. */
  updateChargePermission(
    chargePermissionId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<ChargePermission> {
    return this.send("PATCH", at("chargePermission", chargePermissionId), { payload, headers });
  }

  /** Ends a permission: `{ closureReason, cancelPendingCharges? }`. */
  closeChargePermission(
    chargePermissionId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<ChargePermission> {
    return this.send("DELETE", at("chargePermission", chargePermissionId, "/close"), { payload, headers });
  }

  // Charges and refunds

  /** Charges a permission. A decline is an error. `headers` needs an idempotency key. */
  createCharge(payload: Payload, headers?: CallHeaders): Answer<Charge> {
    return this.send("POST", "charges", { payload, headers });
  }

  /** Reads a charge. */
  getCharge(chargeId: string, headers: CallHeaders = null): Answer<Charge> {
    return this.send("GET", at("charge", chargeId), { headers });
  }

  /** Sets a charge's state: payment service providers only. */
  updateCharge(chargeId: string, payload: Payload, headers?: CallHeaders): Answer<Charge> {
    return this.send("PATCH", at("charge", chargeId), { payload, headers });
  }

  /** Captures an authorization, once. `headers` needs an idempotency key. */
  captureCharge(chargeId: string, payload: Payload, headers: CallHeaders = null): Answer<Charge> {
    return this.send("POST", at("charge", chargeId, "/capture"), { payload, headers });
  }

  /** Cancels a charge that is not captured: `{ cancellationReason }`. */
  cancelCharge(chargeId: string, payload: Payload, headers: CallHeaders = null): Answer<Charge> {
    return this.send("DELETE", at("charge", chargeId, "/cancel"), { payload, headers });
  }

  /** Gives money back; begins as `RefundInitiated`. `headers` needs an idempotency key. */
  createRefund(payload: Payload, headers?: CallHeaders): Answer<Refund> {
    return this.send("POST", "refunds", { payload, headers });
  }

  /** Reads a refund. */
  getRefund(refundId: string, headers: CallHeaders = null): Answer<Refund> {
    return this.send("GET", at("refund", refundId), { headers });
  }

  // Reports

  /** Lists in the query are sent as one value with commas. The given object stays as it is. */
  getReports(queryParameters: ReportFilter | null = null, headers: CallHeaders = null): Answer<ReportPage> {
    return this.send("GET", "reports", { headers, queryParams: { ...queryParameters } });
  }

  /** Reads what is known about a report. */
  getReportById(reportId: string, headers: CallHeaders = null): Answer<Report> {
    return this.send("GET", at("report", reportId), { headers });
  }

  /** Address of a report's file; it lives 30 seconds. */
  getReportDocument(reportDocumentId: string, headers: CallHeaders = null): Answer<ReportDocument> {
    const path = () => `report-documents/${segment(reportDocumentId, "reportDocumentId")}`;
    return this.send("GET", path, { headers });
  }

  /** Lists schedules, all or those of some report types. */
  getReportSchedules(
    reportTypes: string | readonly string[] | null = null,
    headers: CallHeaders = null,
  ): Answer<ReportScheduleList> {
    return this.send("GET", "report-schedules", { headers, queryParams: reportTypes ? { reportTypes } : null });
  }

  /** Reads a schedule. */
  getReportScheduleById(reportScheduleId: string, headers: CallHeaders = null): Answer<ReportSchedule> {
    const path = () => `report-schedules/${segment(reportScheduleId, "reportScheduleId")}`;
    return this.send("GET", path, { headers });
  }

  /** Asks for a report: `{ reportType, startTime, endTime }`. */
  createReport(requestPayload: Payload, headers?: CallHeaders): Answer<ReportCreated> {
    return this.send("POST", "reports", { payload: requestPayload, headers });
  }

  /** Has a report made again and again: `{ reportType, scheduleFrequency, ... }`. */
  createReportSchedule(requestPayload: Payload, headers?: CallHeaders): Answer<ReportScheduleCreated> {
    return this.send("POST", "report-schedules", { payload: requestPayload, headers });
  }

  /** Ends a schedule. */
  cancelReportSchedule(reportScheduleId: string, headers: CallHeaders = null): Answer<unknown> {
    const path = () => `report-schedules/${segment(reportScheduleId, "reportScheduleId")}`;
    return this.send("DELETE", path, { headers });
  }

  // Merchant accounts

  /** Makes an account for a merchant: authorised merchants. */
  registerAmazonPayAccount(payload: Payload, headers: CallHeaders = null): Answer<MerchantAccount> {
    return this.send("POST", "merchantAccounts", { payload, headers });
  }

  /** Changes such an account; answers 204 without a body. */
  updateAmazonPayAccount(merchantAccountId: string, payload: Payload, headers: CallHeaders = null): Answer<unknown> {
    return this.send("PATCH", at("merchantAccount", merchantAccountId), { payload, headers });
  }

  /** Deletes such an account; answers 202. */
  deleteAmazonPayAccount(merchantAccountId: string, headers: CallHeaders = null): Answer<unknown> {
    return this.send("DELETE", at("merchantAccount", merchantAccountId), { headers });
  }

  /** Makes an account for a merchant: authorised solution providers. */
  createMerchantAccount(payload: Payload, headers: CallHeaders = null): Answer<MerchantAccount> {
    return this.send("POST", "merchantAccounts", { payload, headers });
  }

  /** Changes such an account. `headers` needs an auth token. */
  updateMerchantAccount(merchantAccountId: string, payload: Payload, headers?: CallHeaders): Answer<MerchantAccount> {
    return this.send("PATCH", at("merchantAccount", merchantAccountId), { payload, headers });
  }

  /** Succeeds with 303; `headers.location` is where the merchant goes on. */
  merchantAccountClaim(
    merchantAccountId: string,
    payload: Payload,
    headers: CallHeaders = null,
  ): Answer<ClaimedMerchantAccount> {
    return this.send("POST", at("merchantAccount", merchantAccountId, "/claim"), { payload, headers }, 0);
  }

  // Disputes and files

  /** Reports a dispute: payment service providers only. Answers 200. */
  createDispute(payload: Payload, headers?: CallHeaders): Answer<Dispute> {
    return this.send("POST", "disputes", { payload, headers });
  }

  /** Reads a dispute. */
  getDispute(disputeId: string, headers: CallHeaders = null): Answer<Dispute> {
    return this.send("GET", at("dispute", disputeId), { headers });
  }

  /** Changes or closes a dispute. */
  updateDispute(disputeId: string, payload: Payload, headers?: CallHeaders): Answer<Dispute> {
    return this.send("PATCH", at("dispute", disputeId), { payload, headers });
  }

  /** Hands in evidence: within 11 days of a chargeback, 7 of a claim. */
  contestDispute(disputeId: string, payload: Payload, headers?: CallHeaders): Answer<Dispute> {
    return this.send("POST", at("dispute", disputeId, "/contest"), { payload, headers });
  }

  /** Announces a file of evidence: `{ type, purpose: "disputeEvidence" }`. Answers 200. */
  uploadFile(payload: Payload, headers?: CallHeaders): Answer<UploadFile> {
    return this.send("POST", "files", { payload, headers });
  }
}
