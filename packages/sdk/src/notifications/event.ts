import type { SnsEnvelope } from "./envelope/envelope.ts";
import { NotificationError } from "./errors.ts";
import { isObject, isText } from "../kind.ts";

/** A text out of a known set that may grow: the service adds values without notice. */
type Open<Known extends string> = Known | (string & Record<never, never>);

/** What every delivery tells, whatever it is about. */
export interface Delivery {
  /** The same for every delivery of one message. */
  readonly messageId: string;
  /** Topic that it was sent over; `verifyNotification` can be told which ones to accept. */
  readonly topicArn: string;
  /** When SNS accepted the message: ISO 8601, UTC. Not the order in which things happened. */
  readonly sentAt: string;
}

/**
 * Something has changed at Amazon Pay (docs/amazon-pay/notifications.md). It says what, not how: read the object to learn its state. Messages
 * may come twice and out of order.
 */
export interface ChangeNotification extends Delivery {
  /** Tells this apart from the messages about the subscription itself. */
  readonly type: "Notification";
  /** Seller id of the merchant whose object changed. */
  readonly merchantId: string;
  /** Which kind of object to read. */
  readonly objectType: Open<"CHARGE_PERMISSION" | "CHARGE" | "REFUND" | "CHARGEBACK">;
  /** Its id, for the resource's `retrieve`. */
  readonly objectId: string;
  /** `null` where the message names none. */
  readonly chargePermissionId: string | null;
  /** Whether its state changed or another member. */
  readonly notificationType: Open<"STATE_CHANGE" | "ATTRIBUTE_CHANGE">;
  /** Amazon Pay's own number of the notification, for tracking; `null` where the message names none. */
  readonly notificationId: string | null;
  /** `V2`; `null` where the message names none. */
  readonly notificationVersion: string | null;
  /** The message as it came, with members that are not known here. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Amazon asks whether this endpoint wants messages of the topic. Calling `subscribeUrl` says yes. */
export interface SubscriptionRequest extends Delivery {
  /** Tells this apart from the other messages. */
  readonly type: "SubscriptionConfirmation";
  /** Fetching it begins the subscription: see `confirmSubscription`. */
  readonly subscribeUrl: string;
  /** The same as a token, for the SNS API. */
  readonly token: string;
}

/** The subscription of this endpoint has ended. Calling `subscribeUrl` renews it. */
export interface SubscriptionEnd extends Delivery {
  /** Tells this apart from the other messages. */
  readonly type: "UnsubscribeConfirmation";
  /** Fetching it begins the subscription anew. */
  readonly subscribeUrl: string;
  /** The same as a token, for the SNS API. */
  readonly token: string;
}

/** A verified notification. `type` tells which it is. */
export type Notification = ChangeNotification | SubscriptionRequest | SubscriptionEnd;

function unreadable(why: string): NotificationError {
  return new NotificationError(
    "notification.unreadable-message",
    `the notification is genuine, but not one of Amazon Pay's API v2: ${why}`,
  );
}

function messageObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable("its message is not JSON");
  }
  if (!isObject(value) || Array.isArray(value)) {
    throw unreadable("its message is no JSON object");
  }
  return value as Readonly<Record<string, unknown>>;
}

/** Reads a member in any casing: the pages of Amazon spell them `MerchantID` and `merchantID`. */
function memberOf(message: Readonly<Record<string, unknown>>, name: string): string | null {
  const found = Object.entries(message).find(([spelling]) => spelling.toLowerCase() === name.toLowerCase());
  const value = found?.[1];
  if (value === undefined || value === null || value === "") return null;
  if (!isText(value)) throw unreadable(`${name} is not a text`);
  return value;
}

function requiredMember(message: Readonly<Record<string, unknown>>, name: string): string {
  const value = memberOf(message, name);
  if (value !== null) return value;
  const legacy = memberOf(message, "NotificationData") !== null;
  throw unreadable(
    legacy ? "it is one of the API before v2, which carries XML in NotificationData" : `${name} is missing`,
  );
}

/**
 * Turns a verified envelope into what it says.
 *
 * @throws NotificationError `notification.unreadable-message`
 */
export function notificationOf(envelope: SnsEnvelope): Notification {
  const delivery = { messageId: envelope.MessageId, topicArn: envelope.TopicArn, sentAt: envelope.Timestamp };
  if (envelope.Type !== "Notification") {
    return {
      type: envelope.Type,
      ...delivery,
      subscribeUrl: envelope.SubscribeURL ?? "",
      token: envelope.Token ?? "",
    };
  }
  const raw = messageObject(envelope.Message);
  return {
    type: "Notification",
    ...delivery,
    merchantId: requiredMember(raw, "MerchantID"),
    objectType: requiredMember(raw, "ObjectType"),
    objectId: requiredMember(raw, "ObjectId"),
    chargePermissionId: memberOf(raw, "ChargePermissionId"),
    notificationType: requiredMember(raw, "NotificationType"),
    notificationId: memberOf(raw, "NotificationId"),
    notificationVersion: memberOf(raw, "NotificationVersion"),
    raw,
  };
}
