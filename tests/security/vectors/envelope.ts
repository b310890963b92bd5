import type { UnsignedEnvelope } from "../../../packages/sdk/src/notifications/envelope/envelope.ts";
import { notificationText } from "../../../packages/sdk/src/notifications/envelope/notification-text.ts";

/** The envelope whose text is the message of a vector; it differs by a number in its message. */
export const envelopeOf = (counter: number): UnsignedEnvelope => ({
  Type: "Notification",
  MessageId: "5f2c1b7e-0000-4000-8000-000000000001",
  TopicArn: "arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA1B2C3D4E5F6G7",
  Message: `{"ObjectType":"CHARGE","ObjectId":"S01-0000000-0000000-C${String(counter).padStart(6, "0")}"}`,
  Timestamp: "2026-01-05T00:00:00.000Z",
});

/** What SNS signs of it. */
export const messageOf = (counter: number): Uint8Array => Buffer.from(notificationText(envelopeOf(counter)));
