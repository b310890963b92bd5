import { ApiError, DeclinedError, idempotencyKeyFrom, type AmazonPay } from "@amazon-pay-kit/sdk";
import { Hono } from "hono";
import { ShopPage } from "./layout.tsx";
import type { Order } from "./order-book.ts";
import type { ShopConfig } from "./shop-config.ts";

/** Orders that are made first are charged when they ship; everything else at once. */
function intentOf(order: Order): "Authorize" | "AuthorizeWithCapture" {
  return order.product.sku === "lamp" ? "Authorize" : "AuthorizeWithCapture";
}

async function complete(
  pay: AmazonPay,
  order: Order,
  sessionId: string,
  chargeAmount: { amount: string; currencyCode: "USD" | "EUR" | "GBP" | "JPY" },
): Promise<void> {
  const session = await pay.checkoutSessions.complete(sessionId, { chargeAmount });
  order.chargePermissionId = session.chargePermissionId ?? null;
  if (session.chargeId === null || session.chargeId === undefined) return;
  const charge = await pay.charges.retrieve(session.chargeId);
  if (charge.statusDetails.state === "Captured") {
    order.state = "paid";
    order.entries.push({
      kind: "charge",
      transactionId: charge.chargeId,
      amount: chargeAmount.amount,
      at: charge.statusDetails.lastUpdatedTimestamp,
    });
  } else {
    order.state = "authorized";
    order.openChargeId = charge.chargeId;
  }
}

/** Where the buyer comes back to: review, then result. */
export function checkoutRoutes(shop: ShopConfig): Hono {
  const app = new Hono();
  app.get("/review", async (context) => {
    const sessionId = context.req.query("amazonCheckoutSessionId") ?? "";
    const order = shop.orders.get(context.req.query("order") ?? "");
    if (order === undefined || sessionId === "") return context.notFound();
    order.checkoutSessionId = sessionId;
    const chargeAmount = { amount: order.product.price, currencyCode: shop.currency };
    const session = await shop.pay.checkoutSessions.update(sessionId, {
      webCheckoutDetails: { checkoutResultReturnUrl: `${shop.origin}/result?order=${order.orderId}` },
      paymentDetails: { paymentIntent: intentOf(order), chargeAmount },
      merchantMetadata: {
        merchantReferenceId: order.orderId,
        merchantStoreName: "Example shop",
        noteToBuyer: order.product.name,
      },
    });
    const address = session.shippingAddress;
    return context.html(
      <ShopPage title="Is everything right?">
        <section>
          <dl>
            <dt>Article</dt>
            <dd>{order.product.name}</dd>
            <dt>To pay</dt>
            <dd>
              {order.product.price} {shop.currency}
              {intentOf(order) === "Authorize" ? ", charged when it ships" : ""}
            </dd>
            <dt>Ship to</dt>
            <dd>
              {address === null || address === undefined
                ? "no address"
                : [address.name, address.addressLine1, address.city, address.countryCode].filter(Boolean).join(", ")}
            </dd>
            <dt>Pay with</dt>
            <dd>{session.paymentPreferences?.[0]?.paymentDescriptor ?? "Amazon Pay"}</dd>
          </dl>
          {session.webCheckoutDetails?.amazonPayRedirectUrl === null ||
          session.webCheckoutDetails?.amazonPayRedirectUrl === undefined ? (
            <p>Something is missing: {session.constraints?.map((constraint) => constraint.description).join(" ")}</p>
          ) : (
            <a class="button" href={session.webCheckoutDetails.amazonPayRedirectUrl}>
              Pay now
            </a>
          )}
        </section>
      </ShopPage>,
    );
  });

  app.get("/result", async (context) => {
    const sessionId = context.req.query("amazonCheckoutSessionId") ?? "";
    const order = shop.orders.get(context.req.query("order") ?? "");
    if (order === undefined || sessionId === "") return context.notFound();
    // A buyer who reloads this page must not be told that a paid order failed.
    if (order.state === "started") {
      try {
        await complete(shop.pay, order, sessionId, { amount: order.product.price, currencyCode: shop.currency });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        order.state = "failed";
        order.reason = error.reasonCode;
        const session = await shop.pay.checkoutSessions.retrieve(sessionId);
        order.reason = session.statusDetails.reasonCode ?? error.reasonCode;
      }
    }
    const failed = order.state === "failed";
    return context.html(
      <ShopPage title={failed ? "This did not work" : "Thank you!"}>
        <section>
          {failed ? (
            <p>
              The payment was not made ({order.reason}). Nothing was charged.{" "}
              <a href={`/buy/${order.product.sku}`}>Try again</a>
            </p>
          ) : (
            <p>
              Order {order.orderId}: {order.product.name}.{" "}
              {order.state === "authorized" ? "You are charged when it ships." : "It is paid and on its way."}
            </p>
          )}
        </section>
      </ShopPage>,
      failed ? 402 : 200,
    );
  });
  return app;
}

/** Charges a subscription again. A decline is not an error of the shop: it says what to do next. */
export async function chargeAgain(shop: ShopConfig, order: Order): Promise<string> {
  if (order.chargePermissionId === null) return "there is no permission to charge";
  try {
    const charge = await shop.pay.charges.create(
      {
        chargePermissionId: order.chargePermissionId,
        chargeAmount: { amount: order.product.price, currencyCode: shop.currency },
        captureNow: true,
        merchantMetadata: { merchantReferenceId: `${order.orderId}-${order.entries.length + 1}` },
      },
      // After a decline the next try is a deed of its own, so it has a key of its own.
      {
        idempotencyKey: idempotencyKeyFrom(
          "charge",
          order.chargePermissionId,
          order.entries.length + 1,
          order.declines,
        ),
      },
    );
    order.entries.push({
      kind: "charge",
      transactionId: charge.chargeId,
      amount: order.product.price,
      at: charge.statusDetails.lastUpdatedTimestamp,
    });
    return `charged ${charge.chargeId}`;
  } catch (error) {
    if (error instanceof DeclinedError) {
      order.declines += 1;
      return `declined: ${error.reasonCode}`;
    }
    throw error;
  }
}
