import { DeclinedError, idempotencyKeyFrom, type AmazonPay } from "@amazon-pay-kit/sdk";
import { Hono } from "hono";
import { raw } from "hono/html";
import { ShopPage } from "./layout.tsx";
import type { Order } from "./order-book.ts";
import type { ShopConfig } from "./shop-config.ts";

/** Orders that are made first are charged when they ship; everything else at once. */
function intentOf(order: Order): "Authorize" | "AuthorizeWithCapture" {
  return order.product.sku === "lamp" ? "Authorize" : "AuthorizeWithCapture";
}

/** Completes the session, however often the buyer loads the page, and writes down how the checkout ended. */
async function settle(
  pay: AmazonPay,
  order: Order,
  sessionId: string,
  chargeAmount: { amount: string; currencyCode: "USD" | "EUR" | "GBP" | "JPY" },
): Promise<void> {
  const checkout = await pay.checkoutSessions.finish(sessionId, chargeAmount);
  order.chargePermissionId = checkout.session.chargePermissionId ?? null;
  order.openChargeId = null;
  switch (checkout.outcome) {
    case "captured":
      order.state = "paid";
      order.entries.push({
        kind: "charge",
        transactionId: checkout.charge.chargeId,
        amount: chargeAmount.amount,
        at: checkout.charge.statusDetails.lastUpdatedTimestamp,
      });
      break;
    case "authorized":
    case "pending":
      order.state = checkout.outcome;
      order.openChargeId = checkout.charge.chargeId;
      break;
    case "confirmed":
      order.state = "authorized";
      break;
    case "declined":
    case "canceled":
      order.state = "failed";
      order.reason = checkout.reasonCode;
      break;
    case "open":
      break;
  }
}

/** Lets the buyer choose address and card once more: Amazon requires both on a review page. */
function changeActions(sessionId: string): string {
  const amazonCheckoutSessionId = JSON.stringify(sessionId).replaceAll("<", "\\u003c");
  return ["Address", "Payment"]
    .map(
      (what) =>
        `amazon.Pay.bindChangeAction("#change-${what.toLowerCase()}", { amazonCheckoutSessionId: ${amazonCheckoutSessionId}, changeAction: "change${what}" });`,
    )
    .join("\n");
}

/** What the buyer reads in each state. */
const TOLD: Readonly<Record<Order["state"], { readonly title: string; readonly text: string }>> = {
  started: { title: "Not finished yet", text: "You have not confirmed the payment at Amazon." },
  pending: {
    title: "Thank you!",
    text: "Amazon is still checking the payment. We write to you as soon as it is decided, at most a day from now.",
  },
  authorized: { title: "Thank you!", text: "You are charged when it ships." },
  paid: { title: "Thank you!", text: "It is paid and on its way." },
  refunded: { title: "Thank you!", text: "It was refunded." },
  failed: { title: "The payment was not made", text: "Nothing was charged." },
};

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
      paymentDetails: {
        paymentIntent: intentOf(order),
        chargeAmount,
        // Some buyers' banks take their time. Only what is not captured at once can wait for them.
        canHandlePendingAuthorization: intentOf(order) === "Authorize",
      },
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
                : [address.name, address.addressLine1, address.city, address.countryCode]
                    .filter(Boolean)
                    .join(", ")}{" "}
              <button type="button" id="change-address">
                Change
              </button>
            </dd>
            <dt>Pay with</dt>
            <dd>
              {session.paymentPreferences?.[0]?.paymentDescriptor ?? "Amazon Pay"}{" "}
              <button type="button" id="change-payment">
                Change
              </button>
            </dd>
          </dl>
          {session.webCheckoutDetails?.amazonPayRedirectUrl === null ||
          session.webCheckoutDetails?.amazonPayRedirectUrl === undefined ? (
            <p>Something is missing: {session.constraints?.map((constraint) => constraint.description).join(" ")}</p>
          ) : (
            <a class="button" href={session.webCheckoutDetails.amazonPayRedirectUrl}>
              Pay now
            </a>
          )}
          <script src={shop.scriptUrl} />
          <script>{raw(changeActions(sessionId))}</script>
        </section>
      </ShopPage>,
    );
  });

  app.get("/result", async (context) => {
    const sessionId = context.req.query("amazonCheckoutSessionId") ?? "";
    const order = shop.orders.get(context.req.query("order") ?? "");
    if (order === undefined || sessionId === "") return context.notFound();
    if (order.state === "started" || order.state === "pending") {
      await settle(shop.pay, order, sessionId, { amount: order.product.price, currencyCode: shop.currency });
    }
    const failed = order.state === "failed";
    const { title, text } = TOLD[order.state];
    return context.html(
      <ShopPage title={title}>
        <section>
          <p>
            Order {order.orderId}: {order.product.name}. {text}
            {failed ? ` (${order.reason})` : ""}
          </p>
          {failed || order.state === "started" ? (
            <p>
              <a href={`/buy/${order.product.sku}`}>Try again, perhaps with another card</a>
            </p>
          ) : null}
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
