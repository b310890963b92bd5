import type { Clock } from "../clock/clock.ts";
import { systemClock } from "../clock/system.ts";
import { checkSigningCertificate, type TrustOptions } from "./certificate/check.ts";
import type { SnsEnvelope } from "./envelope/envelope.ts";
import { type NotificationBody, readEnvelope } from "./envelope/read-envelope.ts";
import { checkSignature, type SignatureVersion } from "./envelope/signature.ts";
import { NotificationError } from "./errors.ts";
import { type Notification, notificationOf } from "./event.ts";
import { checkOptions } from "./options.ts";
import { claimMessage } from "./replay/claim.ts";
import type { ReplayStore } from "./replay/replay-store.ts";
import { checkWindow, type WindowOptions } from "./window.ts";

/** Whom to believe, and what to accept. Every member has a safe default. */
export interface VerifyOptions extends WindowOptions, TrustOptions {
  /**
   * Topics to accept: whole ARNs, or the 12-digit number of the AWS account that owns them. Default: any topic, so also
   * one that somebody else has made; that is bearable as long as a message only makes you read the object.
   * {@link AMAZON_PAY_TOPIC_ACCOUNT} is the account in all published samples.
   */
  readonly topics?: readonly string[];
  /** Merchants to accept. Default: any. */
  readonly merchantIds?: readonly string[];
  /** Signature versions to accept. Default: both, because Amazon Pay signs with version 1. */
  readonly signatureVersions?: readonly SignatureVersion[];
  /** Refuses messages that were seen before. Default: none. */
  readonly replayStore?: ReplayStore;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/** The AWS account whose topics carry Amazon Pay's notifications in all published samples, 2013 to today. */
export const AMAZON_PAY_TOPIC_ACCOUNT = "291180941288";

function notForYou(why: string): NotificationError {
  return new NotificationError("notification.not-for-you", `the notification is refused: ${why}`);
}

function checkTopic(envelope: SnsEnvelope, topics: readonly string[] | undefined): void {
  const account = envelope.TopicArn.split(":")[4] ?? "";
  if (topics === undefined || topics.includes(envelope.TopicArn) || topics.includes(account)) return;
  throw notForYou(`its topic ${envelope.TopicArn} is none of the option \`topics\``);
}

function checkVersion(envelope: SnsEnvelope, accepted: readonly string[] | undefined): void {
  if (accepted === undefined || accepted.includes(envelope.SignatureVersion)) return;
  throw new NotificationError(
    "notification.wrong-signature",
    `the notification has signature version ${envelope.SignatureVersion}, and only ${accepted.join(", ")} is accepted`,
  );
}

/** Proves an envelope genuine, without asking whether it was seen before. */
export async function verifyGenuine(body: NotificationBody, options: VerifyOptions): Promise<Notification> {
  checkOptions(options);
  const envelope = readEnvelope(body);
  const clock = options.clock ?? systemClock;
  const now = clock.now();
  checkTopic(envelope, options.topics);
  checkVersion(envelope, options.signatureVersions);
  checkWindow(envelope.Timestamp, now, options);
  const signer = await checkSigningCertificate(envelope.SigningCertURL, now, clock, options);
  await checkSignature(envelope, signer.publicKey.spki);
  const notification = notificationOf(envelope);
  if (notification.type === "Notification" && options.merchantIds?.includes(notification.merchantId) === false) {
    throw notForYou(`its merchant ${notification.merchantId} is none of the option \`merchantIds\``);
  }
  return notification;
}

/**
 * Proves that a notification comes from Amazon SNS and says what it says: the form of the envelope, the topic, the age,
 * the address of the certificate, the certificate's dates, name and chain, and the signature over the text.
 *
 * With `replayStore` a message is accepted once: the second time is `notification.repeated`. When your own work with it
 * fails, `release` the message there; or use `notificationHandler`, which does all of that.
 *
 * @example
 * const notification = await verifyNotification(await request.text(), { merchantIds: ["A1B2C3"], replayStore });
 * if (notification.type === "Notification" && notification.objectType === "CHARGE") {
 *   const charge = await client.charges.retrieve(notification.objectId);
 * }
 *
 * @param body what was posted: text, bytes, or the object a JSON parser made of it
 * @throws NotificationError with one of its codes; nothing of a refused notification may be used
 */
export async function verifyNotification(body: NotificationBody, options: VerifyOptions = {}): Promise<Notification> {
  const notification = await verifyGenuine(body, options);
  if (options.replayStore !== undefined) {
    await claimMessage(notification, options.replayStore, options);
    await options.replayStore.complete(notification.messageId);
  }
  return notification;
}
