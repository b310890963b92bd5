/**
 * Amazon Pay's notifications (IPN, delivered by Amazon SNS): proof that one is genuine, handlers for servers, and a signer
 * for tests.
 */
export { AMAZON_PAY_TOPIC_ACCOUNT, verifyNotification, type VerifyOptions } from "./verify.ts";
export type { TrustOptions } from "./certificate/check.ts";
export type { CertificateSource } from "./certificate/source.ts";
export type { TransportChoice } from "./certificate/transports.ts";
export type { FetchFunction } from "../transport/fetch.ts";
export type { WindowOptions } from "./window.ts";
export { NotificationError, type NotificationErrorCode } from "./errors.ts";
export type { ChangeNotification, Delivery, Notification, SubscriptionEnd, SubscriptionRequest } from "./event.ts";
export type { EnvelopeType, SnsEnvelope, UnsignedEnvelope } from "./envelope/envelope.ts";
export { type NotificationBody, readEnvelope } from "./envelope/read-envelope.ts";
export { notificationText } from "./envelope/notification-text.ts";
export { type EnvelopeKey, type SignatureVersion, signEnvelope } from "./envelope/signature.ts";
export { notificationHandler } from "./handler/fetch.ts";
export { nodeNotificationHandler, type NodeRequest, type NodeResponse } from "./handler/node.ts";
export { fastifyNotifications, type FastifyPart, type FastifyReplyPart } from "./handler/fastify.ts";
export {
  lambdaNotificationHandler,
  type LambdaHttpEvent,
  type LambdaHttpResult,
  type LambdaSnsEvent,
} from "./handler/lambda.ts";
export { type HandlerOptions, processNotification } from "./handler/process.ts";
export type { HandlerAnswer } from "./handler/answer.ts";
export { type ConfirmOptions, confirmSubscription } from "./subscription.ts";
export type { ClaimResult, ClaimTimes, ReplayStore } from "./replay/replay-store.ts";
export { memoryReplayStore } from "./replay/memory.ts";
export {
  type PostgresQuery,
  type PostgresReplayOptions,
  postgresReplayStore,
  type PostgresReplayStore,
} from "./replay/postgres.ts";
export { type RedisCommand, type RedisReplayOptions, redisReplayStore } from "./replay/redis.ts";
export { type KvNamespace, type KvReplayOptions, workersKvReplayStore } from "./replay/workers-kv.ts";
export {
  createTestSigner,
  type NotificationTestSigner,
  type TestMessage,
  type TestSignerOptions,
} from "./test-signer/test-signer.ts";
