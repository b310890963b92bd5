import type { AmazonPay } from "@amazon-pay-kit/sdk";
import { memoryReplayStore, notificationHandler } from "@amazon-pay-kit/sdk/notifications";
import { Hono } from "hono";
import { html, raw } from "hono/html";
import type { Order, Orders } from "./orders.ts";

export interface Shop {
  readonly pay: AmazonPay;
  readonly orders: Orders;
  readonly merchantId: string;
  readonly storeId: string;
  readonly currency: "USD" | "EUR" | "GBP" | "JPY";
  /** How buyers reach the shop. */
  readonly origin: string;
}

const PRICE = "19.90";

const page = (title: string, body: unknown) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          body {
            font: 16px/1.5 system-ui;
            max-width: 36rem;
            margin: 4rem auto;
            padding: 0 1rem;
          }
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        ${body}
      </body>
    </html>`;

export function createShop({ pay, orders, merchantId, storeId, currency, origin }: Shop): Hono {
  const app = new Hono();

  // 1. The button. Its payload is signed here; the script opens Amazon's checkout.
  app.get("/", async (context) => {
    const order = orders.start(PRICE);
    const signed = await pay.button.create({
      storeId,
      webCheckoutDetails: { checkoutReviewReturnUrl: `${origin}/review?order=${order.id}` },
      chargePermissionType: "OneTime",
    });
    const button = await pay.button.render(signed, {
      merchantId,
      ledgerCurrency: currency,
      placement: "Cart",
      productType: "PayAndShip",
    });
    return context.html(
      page(
        "Enamel mug",
        html`<p>${PRICE} ${currency}</p>
          ${raw(button)}`,
      ),
    );
  });

  // 2. The buyer has chosen address and card: say what is to be paid, and ask for a last look.
  app.get("/review", async (context) => {
    const order = orders.get(context.req.query("order") ?? "");
    const sessionId = context.req.query("amazonCheckoutSessionId") ?? "";
    if (order === undefined || sessionId === "") return context.notFound();
    order.sessionId = sessionId;
    const session = await pay.checkoutSessions.update(sessionId, {
      webCheckoutDetails: { checkoutResultReturnUrl: `${origin}/result?order=${order.id}` },
      paymentDetails: {
        paymentIntent: "Authorize",
        canHandlePendingAuthorization: true,
        chargeAmount: { amount: order.amount, currencyCode: currency },
      },
      merchantMetadata: { merchantReferenceId: order.id, merchantStoreName: "My shop" },
    });
    const address = session.shippingAddress;
    const payUrl = session.webCheckoutDetails?.amazonPayRedirectUrl;
    return context.html(
      page(
        "Is everything right?",
        html`<p>Enamel mug, ${order.amount} ${currency}</p>
          <p>To ${[address?.name, address?.addressLine1, address?.city].filter(Boolean).join(", ")}</p>
          ${payUrl ? html`<p><a href="${payUrl}">Pay now</a></p>` : html`<p>Something is missing: ${session.constraints?.map(({ description }) => description).join(", ")}</p>`}`,
      ),
    );
  });

  // 3. The buyer is back. `finish` gives the same answer however often this page is loaded.
  app.get("/result", async (context) => {
    const order = orders.get(context.req.query("order") ?? "");
    if (order?.sessionId === undefined) return context.notFound();
    const checkout = await pay.checkoutSessions.finish(order.sessionId, {
      amount: order.amount,
      currencyCode: currency,
    });
    switch (checkout.outcome) {
      case "captured":
      case "authorized":
      case "pending":
        order.state = checkout.outcome === "captured" ? "paid" : checkout.outcome;
        order.chargeId = checkout.charge.chargeId;
        order.chargePermissionId = checkout.charge.chargePermissionId;
        break;
      case "declined":
      case "canceled":
        order.state = "failed";
        order.reason = checkout.reasonCode ?? "unknown";
        break;
      case "open":
        return context.redirect(checkout.redirectUrl ?? "/");
      case "confirmed":
        break;
    }
    return context.html(page(TOLD[order.state], html`<p>Order ${order.id}</p>`));
  });

  // 4. What happens later. A notification carries no state: read the object again.
  const notifications = notificationHandler({
    ...pay.notificationTrust,
    merchantIds: [merchantId],
    replayStore: memoryReplayStore(),
    onChange: async ({ objectType, objectId }) => {
      if (objectType !== "CHARGE") return;
      const charge = await pay.charges.retrieve(objectId);
      const order = orders.find(({ chargeId }) => chargeId === objectId);
      if (order !== undefined) follow(order, charge.statusDetails.state, charge.statusDetails.reasonCode);
    },
  });
  app.post("/notifications", (context) => notifications(context.req.raw));

  return app;
}

const TOLD: Record<Order["state"], string> = {
  started: "Not paid yet",
  pending: "Thank you! The payment is being checked",
  authorized: "Thank you! You are charged when it ships",
  paid: "Thank you! It is paid",
  failed: "The payment was not made",
};

function follow(order: Order, state: string, reason: string | null | undefined): void {
  if (state === "Authorized") order.state = "authorized";
  if (state === "Captured") order.state = "paid";
  if (state === "Declined" || state === "Canceled") {
    order.state = "failed";
    order.reason = reason ?? state;
  }
}

/** Takes the money: call it when the parcel leaves. A repeat takes nothing twice. */
export async function ship(pay: AmazonPay, order: Order, currency: Shop["currency"]): Promise<void> {
  if (order.state !== "authorized" || order.chargeId === undefined) throw new Error(`${order.id} is ${order.state}`);
  const captureAmount = { amount: order.amount, currencyCode: currency };
  const charge = await pay.charges.capture(
    order.chargeId,
    { captureAmount },
    { idempotencyKey: `capture-${order.id}` },
  );
  follow(order, charge.statusDetails.state, charge.statusDetails.reasonCode);
}
