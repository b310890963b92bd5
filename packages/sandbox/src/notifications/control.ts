import { formatMillis } from "@amazon-pay-kit/money";
import { ControlError } from "../control/control-error.ts";
import { queryInteger } from "../control/read-members.ts";
import { findMerchant } from "../settlement/control/find-merchant.ts";
import type { Engine } from "../engine/engine.ts";
import type { ControlRoute } from "../module.ts";
import { topicArn } from "./message.ts";
import { DELIVERY_FAULT_MEMBERS, readDeliveryFaults } from "./delivery-faults.ts";
import type { Notification } from "./notification.ts";
import type { Outbox } from "./outbox.ts";

/** `GET`, `POST` and `DELETE /_sandbox/notifications`, and what belongs to one notification. */
export function notificationCalls(engine: Engine, outbox: Outbox): readonly ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/notifications",
      query: ["merchantId", "limit"],
      handle: ({ query }) => {
        const merchantId = query.get("merchantId");
        if (merchantId !== null && outbox.notifications.under("merchant", merchantId).next().done === true)
          findMerchant(engine, merchantId);
        const limit = queryInteger(query, "limit", 1, 10_000) ?? 1000;
        const found =
          merchantId === null ? outbox.notifications.values() : outbox.notifications.under("merchant", merchantId);
        return { notifications: [...found].slice(-limit).map(shown), planned: outbox.plans() };
      },
    },
    {
      method: "POST",
      path: "/notifications",
      members: DELIVERY_FAULT_MEMBERS,
      handle: ({ body }) => {
        const deliveryFaults = readDeliveryFaults(body);
        const merchant = engine.state.merchants.get(deliveryFaults.merchantId);
        if (merchant === undefined)
          throw new ControlError("control.not-found", `there is no merchant ${deliveryFaults.merchantId}`);
        outbox.plan(deliveryFaults);
        return { planned: deliveryFaults, notificationUrl: merchant.notificationUrl };
      },
    },
    { method: "DELETE", path: "/notifications", handle: () => ({ removed: outbox.calmDown() }) },
    {
      method: "POST",
      path: "/notifications/:id/deliveries",
      handle: ({ params }) => {
        const notification = outbox.notifications.get(params["id"] ?? "");
        if (notification === undefined)
          throw new ControlError("control.not-found", `there is no notification ${String(params["id"])}`);
        outbox.schedule({ ...notification, heldBy: null }, engine.now());
        return shown(outbox.notifications.get(notification.notificationId) ?? notification);
      },
    },
    {
      method: "GET",
      path: "/notifications/unsubscribe",
      query: ["Action", "SubscriptionArn"],
      handle: ({ query }) => {
        const topic = (query.get("SubscriptionArn") ?? "").split(":").slice(0, 6).join(":");
        const merchant = [...engine.state.merchants.values()].find((row) =>
          (["sandbox", "live"] as const).some((environment) => topicArn(row, environment) === topic),
        );
        if (merchant === undefined) throw new ControlError("control.not-found", "there is no such subscription");
        merchant.notificationUrl = null;
        engine.state.merchants.put(merchant.merchantId, merchant);
        return { unsubscribed: merchant.merchantId };
      },
    },
  ];
}

/** A notification as the control plane and the inspector show it, oldest attempt first. */
export function shown(notification: Notification): Readonly<Record<string, unknown>> {
  const { delivery, nextAttemptAt } = notification;
  return {
    notificationId: notification.notificationId,
    messageId: notification.messageId,
    merchantId: notification.merchantId,
    environment: notification.environment,
    objectType: notification.objectType,
    objectId: notification.objectId,
    chargePermissionId: notification.chargePermissionId,
    notificationType: notification.notificationType,
    state: notification.state,
    at: formatMillis(notification.at),
    url: notification.url,
    deliveryFaults: notification.deliveryFaults,
    delivery,
    attempts: notification.attempts.map(({ at, result }) => ({ at: formatMillis(at), ...result })),
    nextAttemptAt: nextAttemptAt === null || delivery === "held" ? null : formatMillis(nextAttemptAt),
  };
}
