import type { AttemptResult } from "./retry-policy.ts";

/** What a notification can be about (docs/amazon-pay/notifications.md). */
export const OBJECT_TYPES = ["CHARGE_PERMISSION", "CHARGE", "REFUND", "CHARGEBACK"] as const;

/** Kind of object. */
export type ObjectType = (typeof OBJECT_TYPES)[number];

/** What a notification tells of: another state, or something else about the object, such as its payment method. */
export const NOTIFICATION_TYPES = ["STATE_CHANGE", "ATTRIBUTE_CHANGE"] as const;

/** Kind of notification. */
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** A message to a merchant, with everything that was done to deliver it. */
export interface Notification {
  /** `NotificationId` of the message. */
  readonly notificationId: string;
  /** `MessageId` of the envelope; duplicates have the same. */
  readonly messageId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly objectType: ObjectType;
  readonly objectId: string;
  readonly chargePermissionId: string;
  readonly notificationType: NotificationType;
  /** State that the object has come to; the message itself does not carry it. */
  readonly state: string;
  /** Moment of the change on the sandbox's clock. */
  readonly at: number;
  /** Moment on the base clock at which it was handed to delivery: `Timestamp` of every delivery. */
  readonly publishedAt: number;
  /** Address at the moment of the change. */
  readonly url: string;
  /** What was done to it on request. */
  readonly deliveryFaults: readonly string[];
  /** `waiting` also between two attempts. `held` until enough others have come to change their order. */
  delivery: "held" | "waiting" | "delivered" | "failed" | "lost";
  /** Rule that holds it back; null when none does. */
  heldBy: string | null;
  /** Further copies that are still to be sent after the first delivery. */
  copies: number;
  attempts: Attempt[];
  /** Next attempt on the sandbox's clock; null when there is none. */
  nextAttemptAt: number | null;
}

/** One delivery of a message. */
export interface Attempt {
  /** On the sandbox's clock. */
  readonly at: number;
  readonly result: AttemptResult;
}
