import { randomBytes } from "node:crypto";
import { renderButton } from "@amazon-pay-kit/sdk";
import { Hono } from "hono";
import { raw } from "hono/html";
import { ShopPage } from "./layout.tsx";
import type { ShopConfig } from "./shop-config.ts";

/** Sign-in without buying. */
export function signInRoutes(shop: ShopConfig): Hono {
  const app = new Hono();
  app.get("/sign-in", async (context) => {
    const token = context.req.query("buyerToken");
    if (token !== undefined) {
      const buyer = await shop.pay.buyers.retrieve(token);
      return context.html(
        <ShopPage title={`Hello ${buyer.name ?? "there"}`}>
          <section>
            You are signed in{buyer.email === null || buyer.email === undefined ? "" : ` as ${buyer.email}`}.
          </section>
        </ShopPage>,
      );
    }
    const signed = await shop.pay.button.create({
      signInReturnUrl: `${shop.origin}/sign-in`,
      signInCancelUrl: `${shop.origin}/`,
      storeId: shop.storeId,
      signInScopes: ["name", "email"],
    });
    const button = renderButton(signed, {
      region: shop.pay.region,
      merchantId: shop.merchantId,
      ledgerCurrency: shop.currency,
      placement: "Other",
      environment: "sandbox",
      scriptUrl: shop.scriptUrl,
      nonce: randomBytes(16).toString("base64"),
    });
    return context.html(
      <ShopPage title="Sign in">
        <section>{raw(button)}</section>
      </ShopPage>,
    );
  });
  return app;
}
