import { notificationHandler } from "@amazon-pay-kit/sdk/notifications";
import { Hono } from "hono";
import type { ShopConfig } from "./shop-config.ts";

/** Messages carry no state: each one only says which object to read again. */
export function notificationRoutes(shop: ShopConfig): Hono {
  const app = new Hono();
  const handle = notificationHandler({
    ...shop.notifications,
    merchantIds: [shop.merchantId],
    onChange: async (notification) => {
      if (notification.objectType !== "CHARGE") return;
      const charge = await shop.pay.charges.retrieve(notification.objectId);
      const order = shop.orders.all().find((candidate) => candidate.openChargeId === charge.chargeId);
      if (order === undefined) return;
      if (order.state === "pending" && charge.statusDetails.state === "Authorized") order.state = "authorized";
      if (charge.statusDetails.state === "Canceled" || charge.statusDetails.state === "Declined") {
        order.state = "failed";
        order.reason = charge.statusDetails.reasonCode;
        order.openChargeId = null;
      }
    },
  });
  app.post("/notifications", (context) => handle(context.req.raw));
  return app;
}
