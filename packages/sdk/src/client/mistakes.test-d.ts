/**
 * Mistakes that must not compile, each with its own `@ts-expect-error`: a line that compiles after all is an error of this file.
 */
import {
  AmazonPay,
  isKnownChargePermissionState,
  isKnownChargeState,
  isKnownRefundState,
  otherValue,
  renderButton,
  type Charge,
  type ChargePermission,
  type CheckoutSession,
  type Dispute,
  type Refund,
  type Report,
  type SignedButton,
} from "../index.ts";
import { MwsReports } from "../mws/index.ts";
import { notificationHandler, verifyNotification } from "../notifications/index.ts";

declare const pay: AmazonPay;
declare const charge: Charge;
declare const permission: ChargePermission;
declare const session: CheckoutSession;
declare const refund: Refund;
declare const dispute: Dispute;
declare const report: Report;
declare const signed: SignedButton;
declare const row: { readonly chargeId: string };

const usd = { amount: "14.00", currencyCode: "USD" } as const;
const review = { checkoutReviewReturnUrl: "https://shop.example/review" };
const address = { region: "na", publicKeyId: "SANDBOX-A", privateKey: "PEM" } as const;
const place = { region: "eu", merchantId: "A1", ledgerCurrency: "EUR", placement: "Cart" } as const;
const type = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_";
const period = { startTime: new Date(0), endTime: new Date(1) };
const create = { webCheckoutDetails: review, storeId: "s" };
const filed = {
  chargeId: "C",
  disputeAmount: usd,
  filingReason: "Other",
  statusDetails: { state: "ActionRequired" },
} as const;
const account = { uniqueReferenceId: "u", ledgerCurrency: "USD", businessInfo: {} } as const;
const scan = { scanData: "x", scanReferenceId: "r", merchantCOE: "US", ledgerCurrency: "USD" } as const;

/** What is right, and must go on compiling. */
export const right = (): unknown => [
  new AmazonPay({ ...address, region: "US" }),
  pay.charges.retrieve(row.chargeId),
  pay.charges.retrieve(charge.chargeId),
  pay.refunds.create({ chargeId: row.chargeId, refundAmount: charge.chargeAmount }),
  pay.charges.create({ chargePermissionId: "S", chargeAmount: { minor: 1400n, currency: "USD" } }),
  pay.charges.create({ chargePermissionId: "S", chargeAmount: usd, channel: otherValue("Fridge") }),
  pay.charges.create({ chargePermissionId: "S", chargeAmount: { amount: "1", currencyCode: otherValue("PLN") } }),
  pay.button.create({ storeId: "s", scopes: ["name"] }),
  pay.disputes.create(filed),
  pay.merchantAccounts.create(account),
  pay.inStore.scan(scan),
  String(charge.statusDetails.state) === "SomethingNewer",
];

/** An exhaustive `switch` compiles after the guard. */
export function exhaustive(): string {
  const { state } = charge.statusDetails;
  if (!isKnownChargeState(state)) return "newer than this kit";
  switch (state) {
    case "AuthorizationInitiated":
    case "Authorized":
    case "CaptureInitiated":
    case "Captured":
    case "Canceled":
    case "Declined":
      return state;
    default:
      return state satisfies never;
  }
}

export const mistakes = (): unknown => [
  // The client's options.
  // @ts-expect-error a region that is none
  new AmazonPay({ ...address, region: "xx" }),
  // @ts-expect-error the official SDK's name of the environment
  new AmazonPay({ ...address, sandbox: true }),
  // @ts-expect-error an environment that is none
  new AmazonPay({ ...address, environment: "test" }),
  // @ts-expect-error a misspelt option
  new AmazonPay({ ...address, maxretries: 3 }),
  // @ts-expect-error a text for a number
  new AmazonPay({ ...address, timeoutMs: "5" }),
  // @ts-expect-error an algorithm that is none
  new AmazonPay({ ...address, algorithm: "RSA" }),
  // @ts-expect-error no key
  new AmazonPay({ region: "na", publicKeyId: "SANDBOX-A" }),
  // Amounts.
  // @ts-expect-error a number for decimal text
  pay.charges.create({ chargePermissionId: "S", chargeAmount: { amount: 14, currencyCode: "USD" } }),
  // @ts-expect-error a currency in small letters
  pay.charges.create({ chargePermissionId: "S", chargeAmount: { amount: "14.00", currencyCode: "usd" } }),
  // @ts-expect-error a currency that is none
  pay.charges.create({ chargePermissionId: "S", chargeAmount: { amount: "14.00", currencyCode: "XXX" } }),
  // @ts-expect-error no currency
  pay.charges.create({ chargePermissionId: "S", chargeAmount: { amount: "14.00" } }),
  // @ts-expect-error an amount as text alone
  pay.charges.create({ chargePermissionId: "S", chargeAmount: "14.00" }),
  // @ts-expect-error minor units as a number
  pay.charges.create({ chargePermissionId: "S", chargeAmount: { minor: 1400, currency: "USD" } }),
  // Charges.
  // @ts-expect-error no amount
  pay.charges.create({ chargePermissionId: "S" }),
  // @ts-expect-error no permission
  pay.charges.create({ chargeAmount: usd }),
  // @ts-expect-error a flag as text
  pay.charges.create({ chargePermissionId: "S", chargeAmount: usd, captureNow: "true" }),
  // @ts-expect-error a misspelt member
  pay.charges.create({ chargePermissionId: "S", chargeAmount: usd, capturenow: true }),
  // @ts-expect-error an initiator that is none
  pay.charges.create({ chargePermissionId: "S", chargeAmount: usd, chargeInitiator: "MIT" }),
  // @ts-expect-error a channel in small letters
  pay.charges.create({ chargePermissionId: "S", chargeAmount: usd, channel: "web" }),
  // @ts-expect-error a session's id for a permission's
  pay.charges.create({ chargePermissionId: session.checkoutSessionId, chargeAmount: usd }),
  // @ts-expect-error a capture has captureAmount
  pay.charges.capture("C", { chargeAmount: usd }),
  // @ts-expect-error a cancellation has a reason
  pay.charges.cancel("C", {}),
  // @ts-expect-error a state that is none
  pay.charges.update("C", { statusDetails: { state: "Cancelled" } }),
  // @ts-expect-error a reason that is none
  pay.charges.update("C", { statusDetails: { state: "Canceled", reasonCode: "Expired" } }),
  // @ts-expect-error a misspelt option of a call
  pay.charges.retrieve("C", { idempotency_key: "k" }),
  // Ids of another kind of object.
  // @ts-expect-error a refund's id for a charge's
  pay.charges.retrieve(refund.refundId),
  // @ts-expect-error a permission's id for a charge's
  pay.charges.capture(permission.chargePermissionId, { captureAmount: usd }),
  // @ts-expect-error a charge's id for a permission's
  pay.chargePermissions.close(charge.chargeId, { closureReason: "over" }),
  // @ts-expect-error a charge's id for a refund's
  pay.refunds.retrieve(charge.chargeId),
  // @ts-expect-error a refund's id for a charge's
  pay.refunds.create({ chargeId: refund.refundId, refundAmount: usd }),
  // @ts-expect-error a charge's id for a dispute's
  pay.disputes.retrieve(charge.chargeId),
  // @ts-expect-error a permission's id for a session's
  pay.checkoutSessions.retrieve(permission.chargePermissionId),
  // @ts-expect-error a report's id for its document's
  pay.reportDocuments.retrieve(report.reportId),
  // Checkout sessions and buttons.
  // @ts-expect-error no store
  pay.checkoutSessions.create({ webCheckoutDetails: review }),
  // @ts-expect-error no addresses in a server's own session
  pay.checkoutSessions.create({ storeId: "s" }),
  // @ts-expect-error a type in small letters
  pay.checkoutSessions.create({ ...create, chargePermissionType: "onetime" }),
  // @ts-expect-error a subscription without its rhythm
  pay.checkoutSessions.create({ ...create, chargePermissionType: "Recurring" }),
  // @ts-expect-error a saved payment method without its metadata
  pay.checkoutSessions.create({ ...create, chargePermissionType: "PaymentMethodOnFile" }),
  // @ts-expect-error a misspelt scope
  pay.checkoutSessions.create({ ...create, scopes: ["nam"] }),
  // @ts-expect-error an intent that is none
  pay.checkoutSessions.create({ ...create, paymentDetails: { paymentIntent: "Capture" } }),
  // @ts-expect-error a mode that is none
  pay.checkoutSessions.create({ ...create, webCheckoutDetails: { ...review, checkoutMode: "processOrder" } }),
  pay.checkoutSessions.create({
    ...create,
    // @ts-expect-error a kind of restriction in small letters
    deliverySpecifications: { addressRestrictions: { type: "allowed", restrictions: {} } },
  }),
  // @ts-expect-error a special restriction that is none
  pay.checkoutSessions.create({ ...create, deliverySpecifications: { specialRestrictions: ["POBoxes"] } }),
  // @ts-expect-error a channel that is none
  pay.checkoutSessions.create({ ...create, channelType: "MOBILE" }),
  // @ts-expect-error a presentment currency that is none
  pay.checkoutSessions.create({ ...create, paymentDetails: { presentmentCurrency: "chf" } }),
  // @ts-expect-error a presentment currency cannot be updated
  pay.checkoutSessions.update("s", { paymentDetails: { presentmentCurrency: "CHF" } }),
  // @ts-expect-error the store cannot be updated
  pay.checkoutSessions.update("s", { storeId: "s" }),
  // @ts-expect-error a unit that is none
  pay.chargePermissions.update("S", { recurringMetadata: { frequency: { unit: "Monthly", value: 1 } } }),
  // @ts-expect-error an intent that is none
  pay.checkoutSessions.finalize("s", { chargeAmount: usd, paymentIntent: "AuthorizeAndCapture" }),
  // @ts-expect-error finalize needs an intent
  pay.checkoutSessions.finalize("s", { chargeAmount: usd }),
  // @ts-expect-error a misspelt scope
  pay.button.create({ signInReturnUrl: "https://shop.example", storeId: "s", signInScopes: ["mail"] }),
  // @ts-expect-error a placement in small letters
  renderButton(signed, { ...place, placement: "cart" }),
  // @ts-expect-error a currency that no account is kept in
  renderButton(signed, { ...place, ledgerCurrency: "CHF" }),
  // @ts-expect-error a colour that is none
  renderButton(signed, { ...place, buttonColor: "Blue" }),
  // @ts-expect-error a language that is none
  renderButton(signed, { ...place, checkoutLanguage: "xx" }),
  // @ts-expect-error a misspelt product type
  renderButton(signed, { ...place, productType: "PayAndSHip" }),
  // @ts-expect-error a region that is none
  renderButton(signed, { ...place, region: "mars" }),
  // Reports, disputes, files, accounts, shops.
  // @ts-expect-error a report type that is none
  pay.reports.create({ ...period, reportType: "REFUND" }),
  // @ts-expect-error a number for an instant
  pay.reports.create({ reportType: type, startTime: 0, endTime: new Date(1) }),
  // @ts-expect-error a status in small letters
  pay.reports.list({ processingStatuses: ["completed"] }),
  // @ts-expect-error a frequency in words
  pay.reportSchedules.create({ reportType: type, scheduleFrequency: "daily" }),
  // @ts-expect-error a filing reason that is none
  pay.disputes.create({ ...filed, filingReason: "NotReceived" }),
  // @ts-expect-error a state that is none
  pay.disputes.create({ ...filed, statusDetails: { state: "Open" } }),
  // @ts-expect-error a state is needed
  pay.disputes.update("B", { statusDetails: { reasonCode: "AutoResolved" } }),
  // @ts-expect-error a kind of evidence that is none
  pay.disputes.contest("B", { merchantEvidences: [{ evidenceType: "Invoice" }] }),
  // @ts-expect-error a file type that is none
  pay.files.create({ type: "gif", purpose: "disputeEvidence" }),
  // @ts-expect-error a currency that no account is kept in
  pay.merchantAccounts.create({ ...account, ledgerCurrency: "AUD" }),
  // @ts-expect-error a business type in small letters
  pay.merchantAccounts.create({ ...account, businessInfo: { businessType: "corporate" } }),
  // @ts-expect-error a currency that no account is kept in
  pay.inStore.scan({ ...scan, ledgerCurrency: "SEK" }),
  // Misspelt values of answers.
  // @ts-expect-error
  charge.statusDetails.state === "Capture",
  // @ts-expect-error
  charge.statusDetails.reasonCode === "HardDecline",
  // @ts-expect-error
  permission.statusDetails.state === "Chargable",
  // @ts-expect-error
  session.statusDetails.state === "open",
  // @ts-expect-error
  refund.statusDetails.state === "RefundCompleted",
  // @ts-expect-error
  dispute.statusDetails.state === "Won",
  // @ts-expect-error
  report.processingStatus === "DONE",
  // @ts-expect-error
  permission.chargePermissionType === "Onetime",
  // @ts-expect-error
  isKnownChargePermissionState(permission.statusDetails.state) && permission.statusDetails.state === "Suspended",
  // @ts-expect-error
  isKnownRefundState(refund.statusDetails.state) && refund.statusDetails.state === "Pending",
  // Verbs that are others, and answers that were not awaited.
  // @ts-expect-error retrieve, not get
  pay.charges.get("C"),
  // @ts-expect-error close, not cancel
  pay.chargePermissions.cancel("S", { closureReason: "over" }),
  // @ts-expect-error complete, not capture
  pay.checkoutSessions.capture("s", { chargeAmount: usd }),
  // @ts-expect-error a charge is captured, not settled
  pay.charges.settle("C", { captureAmount: usd }),
  // @ts-expect-error not awaited
  pay.charges.retrieve("C").statusDetails,
  // @ts-expect-error an id out of a call that was not awaited
  pay.charges.retrieve(pay.charges.create({ chargePermissionId: "S", chargeAmount: usd }).chargeId),
  // @ts-expect-error a call for an id
  pay.charges.retrieve(pay.charges.create({ chargePermissionId: "S", chargeAmount: usd })),
  // @ts-expect-error a button that was not awaited
  renderButton(pay.button.create({ storeId: "s", webCheckoutDetails: review }), place),
  // Units and types.
  // @ts-expect-error a refund as a number
  pay.refunds.create({ chargeId: "C", refundAmount: { amount: 9.5, currencyCode: "EUR" } }),
  // @ts-expect-error a capture in minor units without their name
  pay.charges.capture("C", { captureAmount: { amount: 950n, currencyCode: "EUR" } }),
  // @ts-expect-error seconds in words
  pay.charges.retrieve("C", { timeoutMs: "30s" }),
  // @ts-expect-error the controller for its signal
  pay.charges.retrieve("C", { signal: new AbortController() }),
  // @ts-expect-error an instant in seconds as a text that is no option of a schedule
  pay.reports.list({ createdSince: 1_700_000_000n }),
  // @ts-expect-error headers in a Map
  pay.charges.retrieve("C", { headers: new Map([["x-shop", "1"]]) }),
  // @ts-expect-error an idempotency key as a number
  pay.charges.create({ chargePermissionId: "S", chargeAmount: usd }, { idempotencyKey: 7 }),
  // Options that are misspelt, or another package's.
  // @ts-expect-error a hook that is none
  new AmazonPay({ ...address, hooks: { onRequest: () => undefined } }),
  // @ts-expect-error a setting for unknown members that is none
  new AmazonPay({ ...address, unknownFields: "reject" }),
  // @ts-expect-error one certificate as bytes
  new AmazonPay({ ...address, ca: new Uint8Array() }),
  // @ts-expect-error true is no address
  new AmazonPay({ ...address, proxy: true }),
  // @ts-expect-error a key and a signer
  new AmazonPay({ ...address, signer: { sign: () => new Uint8Array() } }),
  // @ts-expect-error one merchant as text
  verifyNotification("{}", { merchantIds: "A1" }),
  // @ts-expect-error a misspelt condition
  verifyNotification("{}", { merchantId: ["A1"] }),
  // @ts-expect-error a handler without its work
  notificationHandler({ merchantIds: ["A1"] }),
  // @ts-expect-error MWS has sellerId
  new MwsReports({ region: "eu", merchantId: "A1", accessKeyId: "K", secretKey: "S" }),
];
