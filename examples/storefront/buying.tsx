import { randomBytes } from "node:crypto";
import { renderButton, type CheckoutPayload } from "@amazon-pay-kit/sdk";
import { Hono } from "hono";
import { raw } from "hono/html";
import { PRODUCTS, productOf } from "./catalogue.ts";
import { ShopPage } from "./layout.tsx";
import type { ShopConfig } from "./shop-config.ts";

/** The catalogue and the page with the button. */
export function buyingRoutes(shop: ShopConfig): Hono {
  const app = new Hono();
  app.get("/", (context) =>
    context.html(
      <ShopPage title="Three good things">
        <div class="grid">
          {PRODUCTS.map((product) => (
            <article>
              <h2>{product.name}</h2>
              <p>{product.text}</p>
              <p class="price">
                {product.price} {shop.currency}
                {product.monthly ? " a month" : ""}
              </p>
              <a class="button" href={`/buy/${product.sku}`}>
                Buy
              </a>
            </article>
          ))}
        </div>
      </ShopPage>,
    ),
  );

  app.get("/buy/:sku", async (context) => {
    const product = productOf(context.req.param("sku"));
    if (product === undefined) return context.notFound();
    const order = shop.orders.start(product);
    const price = { amount: product.price, currencyCode: shop.currency };
    const payload: CheckoutPayload = {
      webCheckoutDetails: {
        checkoutReviewReturnUrl: `${shop.origin}/review?order=${order.orderId}`,
        checkoutCancelUrl: `${shop.origin}/`,
      },
      storeId: shop.storeId,
      ...(product.monthly
        ? {
            chargePermissionType: "Recurring",
            recurringMetadata: { frequency: { unit: "Month", value: "1" }, amount: price },
          }
        : { chargePermissionType: "OneTime" }),
    };
    const nonce = randomBytes(16).toString("base64");
    const button = renderButton(await shop.pay.button.create(payload), {
      region: shop.pay.region,
      merchantId: shop.merchantId,
      ledgerCurrency: shop.currency,
      placement: "Cart",
      productType: "PayAndShip",
      estimatedOrderAmount: price,
      environment: "sandbox",
      scriptUrl: shop.scriptUrl,
      nonce,
    });
    return context.html(
      <ShopPage title={product.name}>
        <section>
          <p>{product.text}</p>
          <p class="price">
            {product.price} {shop.currency}
            {product.monthly ? " a month" : ""}
          </p>
          {raw(button)}
          <p class="soft">Order {order.orderId}</p>
        </section>
      </ShopPage>,
    );
  });
  return app;
}
