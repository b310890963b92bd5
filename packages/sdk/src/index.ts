/**
 * Amazon Pay Kit: a client of Amazon Pay API v2.
 *
 * Start with {@link AmazonPay}. Signing by hand is in `@amazon-pay-kit/sdk/signing`, the operations as data in
 * `…/operations`, notifications in `…/notifications`, the older Reports API in `…/mws`, the keys that a merchant shares with a
 * plug-in or platform in `…/key-exchange`.
 */
export { AmazonPay } from "./amazon-pay.ts";
export { connect, type ConnectParts } from "./client/connect.ts";
export type { NotificationTrust, SandboxChoice, SandboxConnection, SandboxReadyFile } from "./client/for-sandbox.ts";
export { optionsFromEnv, type Environment } from "./client/from-env.ts";
export * from "./resources/index.ts";
export type {
  AmazonPayOptions,
  ClientOptions,
  PrivateKeyOption,
  RequestOptions,
  SignerOption,
} from "./client/options.ts";
export { ApiPromise, type ApiResponse } from "./client/requester.ts";
export { PagePromise } from "./client/page-promise.ts";
export type { RawCall } from "./client/raw-call.ts";
export type { Requester } from "./client/requester.ts";
export type { CallEvent, DoneEvent, Hooks, Logger, RequestEvent, ResponseEvent, RetryEvent } from "./client/events.ts";
export { VERSION } from "./client/user-agent.ts";
export type { AlgorithmName } from "./operations/algorithms.ts";
export type { Signer } from "./keys/signer.ts";
export { privateKeySigner, type PrivateKeyInput } from "./keys/private-key.ts";
export type { ApiRegion, Region, RegionName } from "./operations/api-regions.ts";
export { findRegion, REGIONS, type RegionRow } from "./operations/regions.ts";
export { otherValue, type OtherValue } from "./operations/fields/other-value.ts";
export {
  isKnownChargePermissionState,
  isKnownChargeState,
  isKnownCheckoutSessionState,
  isKnownDisputeState,
  isKnownRefundState,
} from "./operations/states.ts";
export type { FieldIssue, FieldReason } from "./operations/fields/issue.ts";
export { idempotencyKeyFrom, newIdempotencyKey } from "./request/idempotency.ts";
export { toMoney } from "./request/price-output.ts";
export { renderButton, type ButtonPlace } from "./button/render.ts";
export { diagnoseSignature } from "./diagnosis/diagnose.ts";
export { hintForRefusal } from "./diagnosis/hints.ts";
export { suggestions, type Suggestions } from "./diagnosis/suggestions.ts";
export type { HintForRefusal, Refusal } from "./diagnosis/refusal.ts";
export type { DiagnoseSignature, RefusedSignature, SignatureCause, SignatureDiagnosis } from "./errors/diagnosis.ts";
export { ReportDownload } from "./download/report-download.ts";
export type { Compression } from "./download/sniff.ts";
export { fetchTransport, type FetchFunction } from "./transport/fetch.ts";
export { nodeTransport, type NodeTransportOptions } from "./transport/node-https.ts";
export type { Transport, TransportAnswer, TransportRequest, TransportStream } from "./transport/transport.ts";
export * from "./errors/index.ts";
export { adviceFor } from "./errors/declined-error.ts";
export type * from "./types/index.ts";
export {
  chargeSubscription,
  type SubscriptionCharge,
  type SubscriptionClient,
  type SubscriptionOutcome,
  type SubscriptionStep,
} from "./subscription/charge-subscription.ts";
