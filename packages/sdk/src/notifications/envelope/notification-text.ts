import type { UnsignedEnvelope } from "./envelope.ts";

const NOTIFICATION_MEMBERS = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] as const;
const CONFIRMATION_MEMBERS = [
  "Message",
  "MessageId",
  "SubscribeURL",
  "Timestamp",
  "Token",
  "TopicArn",
  "Type",
] as const;

/**
 * The text that SNS signs: for each member its name, a line feed, its value, a line feed, in the order of the names; a
 * subject only where there is one (docs/amazon-pay/notifications.md).
 *
 * @example
 * notificationText(envelope); // "Message\n{}\nMessageId\n…\nType\nNotification\n"
 */
export function notificationText(envelope: UnsignedEnvelope): string {
  const members = envelope.Type === "Notification" ? NOTIFICATION_MEMBERS : CONFIRMATION_MEMBERS;
  return members
    .filter((name) => envelope[name] !== undefined)
    .map((name) => `${name}\n${envelope[name]}\n`)
    .join("");
}
