import { expectTypeOf } from "vitest";
import {
  type ChangeNotification,
  type HandlerOptions,
  type Notification,
  type NotificationError,
  type NotificationErrorCode,
  notificationHandler,
  type SubscriptionRequest,
  verifyNotification,
} from "./index.ts";
import type { OptionName } from "./options.ts";

// The type of a notification tells what it holds.
declare const notification: Notification;
expectTypeOf(notification.messageId).toEqualTypeOf<string>();
if (notification.type === "Notification") {
  expectTypeOf(notification).toEqualTypeOf<ChangeNotification>();
  expectTypeOf(notification.chargePermissionId).toEqualTypeOf<string | null>();
  // Known values are offered, unknown ones pass.
  expectTypeOf<"CHARGE">().toExtend<typeof notification.objectType>();
  expectTypeOf<"SOMETHING_NEW">().toExtend<typeof notification.objectType>();
} else if (notification.type === "SubscriptionConfirmation") {
  expectTypeOf(notification).toEqualTypeOf<SubscriptionRequest>();
  // @ts-expect-error a request to subscribe is about no object
  expectTypeOf(notification.objectId).toBeString();
}

// Each option of a handler is one that is checked at run time.
expectTypeOf<OptionName>().toEqualTypeOf<keyof HandlerOptions>();

// Text, bytes and parsed bodies are bodies; nothing is not.
expectTypeOf(verifyNotification).parameter(0).toEqualTypeOf<string | Uint8Array | object>();
expectTypeOf(verifyNotification).returns.resolves.toEqualTypeOf<Notification>();
// @ts-expect-error a body is needed
void (() => verifyNotification(undefined));

// A handler without work is a mistake.
// @ts-expect-error onChange is needed
void (() => notificationHandler({}));
expectTypeOf(notificationHandler).returns.toEqualTypeOf<(request: Request) => Promise<Response>>();
expectTypeOf<HandlerOptions["signatureVersions"]>().toEqualTypeOf<readonly ("1" | "2")[] | undefined>();

expectTypeOf<NotificationError["code"]>().toEqualTypeOf<NotificationErrorCode>();
