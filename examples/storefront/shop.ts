import { Hono } from "hono";
import { buyingRoutes } from "./buying.tsx";
import { checkoutRoutes } from "./checkout.tsx";
import { notificationRoutes } from "./notifications.ts";
import type { ShopConfig } from "./shop-config.ts";
import { signInRoutes } from "./sign-in.tsx";
import { staffRoutes } from "./staff.tsx";

/** The whole shop as one `fetch` function. */
export function createShop(config: ShopConfig): Hono {
  const app = new Hono();
  for (const routes of [buyingRoutes, checkoutRoutes, signInRoutes, staffRoutes, notificationRoutes])
    app.route("/", routes(config));
  return app;
}
