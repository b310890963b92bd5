import { formatMillis } from "@amazon-pay-kit/money";
import { AMAZON_PAY_TOPIC_ACCOUNT, type UnsignedEnvelope } from "@amazon-pay-kit/sdk/notifications";
import type { Merchant } from "../engine/objects/index.ts";
import type { Notification } from "./notification.ts";

/** Region of AWS in which the topics of a region's merchants lie. */
const TOPIC_REGIONS = { na: "us-east-1", eu: "eu-west-1", jp: "us-west-2" } as const;

/** The topic of a merchant in an environment. */
export function topicArn(merchant: Pick<Merchant, "merchantId" | "region">, environment: "sandbox" | "live"): string {
  const name = `${merchant.merchantId}-${environment}`;
  return `arn:aws:sns:${TOPIC_REGIONS[merchant.region]}:${AMAZON_PAY_TOPIC_ACCOUNT}:${name}`;
}

/** What Amazon Pay says about the change; members in the order of the documentation's sample (docs/amazon-pay/notifications.md). */
function messageText(notification: Notification): string {
  return JSON.stringify({
    MerchantID: notification.merchantId,
    ObjectType: notification.objectType,
    ObjectId: notification.objectId,
    ChargePermissionId: notification.chargePermissionId,
    NotificationType: notification.notificationType,
    NotificationId: notification.notificationId,
    NotificationVersion: "V2",
  });
}

/** The envelope before it is signed. */
export function envelopeOf(notification: Notification, merchant: Merchant, origin: string): UnsignedEnvelope {
  const topic = topicArn(merchant, notification.environment);
  return {
    Type: "Notification",
    MessageId: notification.messageId,
    TopicArn: topic,
    Message: messageText(notification),
    Timestamp: formatMillis(notification.publishedAt),
    UnsubscribeURL: `${origin}/_sandbox/notifications/unsubscribe?SubscriptionArn=${subscriptionArn(topic)}`,
  };
}

/** The subscription of the merchant's endpoint to the topic. */
export function subscriptionArn(topic: string): string {
  return `${topic}:00000000-0000-4000-8000-000000000000`;
}
