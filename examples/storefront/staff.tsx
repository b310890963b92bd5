import { ApiError, idempotencyKeyFrom } from "@amazon-pay-kit/sdk";
import { Hono } from "hono";
import { chargeAgain } from "./checkout.tsx";
import { ShopPage } from "./layout.tsx";
import type { Order } from "./order-book.ts";
import type { ShopConfig } from "./shop-config.ts";

/** Deferred capture: the lamp has shipped. */
async function capture(shop: ShopConfig, order: Order): Promise<string> {
  if (order.openChargeId === null) return "nothing to capture";
  const charge = await shop.pay.charges.capture(
    order.openChargeId,
    { captureAmount: { amount: order.product.price, currencyCode: shop.currency } },
    { idempotencyKey: idempotencyKeyFrom("capture", order.openChargeId) },
  );
  order.entries.push({
    kind: "charge",
    transactionId: charge.chargeId,
    amount: order.product.price,
    at: charge.statusDetails.lastUpdatedTimestamp,
  });
  order.openChargeId = null;
  order.state = "paid";
  return `captured ${charge.chargeId}`;
}

async function refund(shop: ShopConfig, order: Order): Promise<string> {
  const charge = order.entries.find((entry) => entry.kind === "charge");
  if (charge === undefined) return "nothing to refund";
  // A button that is pressed twice gives the money back once: the key is made of what is done, so both calls have the same.
  const refunded = await shop.pay.refunds.create(
    { chargeId: charge.transactionId, refundAmount: { amount: charge.amount, currencyCode: shop.currency } },
    { idempotencyKey: idempotencyKeyFrom("refund", charge.transactionId) },
  );
  order.entries.push({
    kind: "refund",
    transactionId: refunded.refundId,
    amount: charge.amount,
    at: refunded.creationTimestamp,
  });
  order.state = "refunded";
  return `refund ${refunded.refundId} is on its way`;
}

const ACTIONS: Readonly<Record<string, (shop: ShopConfig, order: Order) => Promise<string>>> = {
  capture,
  refund,
  "charge-again": chargeAgain,
};

function actionsOf(order: Order): readonly string[] {
  if (order.state === "authorized") return ["capture"];
  if (order.state === "paid") return order.product.monthly ? ["charge-again", "refund"] : ["refund"];
  return [];
}

/** The shop's back office. A real one would ask for a password. */
export function staffRoutes(shop: ShopConfig): Hono {
  const app = new Hono();
  app.get("/orders", (context) =>
    context.html(
      <ShopPage title="Orders">
        {context.req.query("done") === undefined ? null : <section>{context.req.query("done")}</section>}
        <section class="scroll">
          {shop.orders.all().length > 0 ? null : <p>No orders yet: buy something in the shop first.</p>}
          <table hidden={shop.orders.all().length === 0}>
            <thead>
              <tr>
                {["Order", "Article", "State", "Amazon Pay", "Do"].map((title) => (
                  <th scope="col">{title}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shop.orders.all().map((order) => (
                <tr>
                  <td class="nowrap">{order.orderId}</td>
                  <td>{order.product.name}</td>
                  <td>{order.state}</td>
                  <td class="soft">
                    {order.entries.map((entry) => (
                      <div class="nowrap">{`${entry.kind} ${entry.transactionId}`}</div>
                    ))}
                  </td>
                  <td>
                    {actionsOf(order).map((action) => (
                      <form method="post" action={`/orders/${order.orderId}/${action}`}>
                        <button type="submit">{action.replace("-", " ")}</button>
                      </form>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <a href="/orders.csv">Order book for apay records import</a>
      </ShopPage>,
    ),
  );
  app.get("/orders.csv", (context) =>
    context.body(shop.orders.csv(), 200, { "content-type": "text/csv; charset=utf-8" }),
  );
  app.post("/orders/:orderId/:action", async (context) => {
    const order = shop.orders.get(context.req.param("orderId"));
    const act = ACTIONS[context.req.param("action")];
    if (order === undefined || act === undefined) return context.notFound();
    let done: string;
    try {
      done = await act(shop, order);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      done = `${error.reasonCode ?? error.status}: ${error.serviceMessage}`;
    }
    return context.redirect(`/orders?done=${encodeURIComponent(done)}`, 303);
  });
  return app;
}
