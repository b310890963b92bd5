/** What a storefront, a buyer and the shop's staff do, through Medusa's own API. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay, type CheckoutSessionCreate } from "@amazon-pay-kit/sdk";

/** A Medusa that runs, and a sandbox. */
export interface Running {
  readonly origin: string;
  readonly sandbox: Sandbox;
  readonly readyFile: string;
  readonly publishableKey: string;
  readonly regionId: string;
  readonly variantId: string;
  readonly channelId: string;
  readonly step: (what: string) => void;
}

interface Payment {
  readonly id: string;
  readonly captures?: { readonly amount: number }[];
  readonly refunds?: { readonly amount: number }[];
  readonly captured_at: string | null;
  readonly canceled_at: string | null;
  readonly data: {
    readonly payment: { readonly chargePermissionId: string; readonly charges: { chargeId: string }[] };
  };
}
interface Session {
  readonly id: string;
  readonly status: string;
  readonly data: {
    readonly button: { readonly signed: { readonly payloadJSON: string } } | null;
    readonly redirect_url: string | null;
  };
}
interface Order {
  readonly id: string;
  readonly payment_status: string;
  readonly payment_collections: { readonly payments: Payment[]; readonly payment_sessions?: Session[] }[];
}

export async function checkouts(running: Running): Promise<void> {
  const { origin, sandbox, step } = running;
  const pay = AmazonPay.forSandbox(running.readyFile, { region: "eu" });
  const merchantId = pay.sandboxMerchant!.merchantId;
  let customerToken: string | undefined;
  let staffToken = "";

  async function call<T>(method: string, path: string, body?: object, statuses: readonly number[] = [200]): Promise<T> {
    const token = path.startsWith("/admin") ? staffToken : customerToken;
    const answer = await fetch(origin + path, {
      method,
      headers: {
        "content-type": "application/json",
        "x-publishable-api-key": running.publishableKey,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(statuses.includes(answer.status), `${method} ${path} was answered with ${answer.status}: ${text}`);
    return JSON.parse(text) as T;
  }

  async function cart(): Promise<{ cartId: string; collectionId: string }> {
    const { cart } = await call<{ cart: { id: string } }>("POST", "/store/carts", {
      region_id: running.regionId,
      sales_channel_id: running.channelId,
      email: "buyer@shop.example",
      items: [{ variant_id: running.variantId, quantity: 1 }],
    });
    const made = await call<{ payment_collection: { id: string } }>("POST", "/store/payment-collections", {
      cart_id: cart.id,
    });
    return { cartId: cart.id, collectionId: made.payment_collection.id };
  }

  async function session(collectionId: string, data: object, provider = "eu", statuses?: number[]): Promise<Session> {
    const path = `/store/payment-collections/${collectionId}/payment-sessions`;
    const body = { provider_id: `pp_amazon-pay_${provider}`, data };
    const answer = await call<{ payment_collection?: { payment_sessions: Session[] } }>("POST", path, body, statuses);
    return answer.payment_collection?.payment_sessions.at(-1) ?? (answer as unknown as Session);
  }

  /** From the cart to the buyer's confirmation. */
  async function confirmed(choice: { provider?: string; instrument?: string; data?: object } = {}) {
    const { provider = "eu", instrument, data = {} } = choice;
    const { cartId, collectionId } = await cart();
    const { data: first } = await session(collectionId, data, provider);
    assert.ok(first.button !== null, "the first session has the button");
    // The button's payload, as Amazon takes it when the buyer presses the button.
    const payload = JSON.parse(first.button.signed.payloadJSON) as CheckoutSessionCreate;
    const { checkoutSessionId } = await pay.checkoutSessions.create(payload);
    const buyer = `/checkout-sessions/${checkoutSessionId}/buyer` as const;
    await sandbox.control("POST", buyer, { action: "sign-in", ...(instrument !== undefined && { instrument }) });
    const { data: second } = await session(collectionId, { ...data, checkout_session_id: checkoutSessionId }, provider);
    assert.ok(second.redirect_url !== null, "the second session has the address where the buyer confirms");
    await sandbox.control("POST", buyer, { action: "approve" });
    return { cartId, collectionId, checkoutSessionId };
  }

  const complete = async (cartId: string): Promise<string> => {
    const answer = await call<{ type: string; order: { id: string }; error?: { message: string } }>(
      "POST",
      `/store/carts/${cartId}/complete`,
      {},
    );
    assert.equal(answer.type, "order", JSON.stringify(answer.error));
    return answer.order.id;
  };
  const orderOf = async (id: string): Promise<Order> => {
    const fields =
      "id,payment_status,*payment_collections.payments,*payment_collections.payments.captures,*payment_collections.payments.refunds";
    return (await call<{ order: Order }>("GET", `/admin/orders/${id}?fields=${encodeURIComponent(fields)}`)).order;
  };
  const paymentOf = (order: Order): Payment => order.payment_collections[0]!.payments[0]!;
  const amounts = (list: { readonly amount: number }[] | undefined): number[] =>
    (list ?? []).map(({ amount }) => Number(amount)).sort((left, right) => left - right);

  staffToken = (
    await call<{ token: string }>("POST", "/auth/user/emailpass", {
      email: "staff@shop.example",
      password: "only for this example",
    })
  ).token;
  await sandbox.control("POST", `/merchants/${merchantId}`, {
    notificationUrl: `${origin}/hooks/payment/amazon-pay_eu`,
  });

  step("an order: authorized, captured in two parts, refunded in part");
  let orderId = await complete((await confirmed()).cartId);
  let payment = paymentOf(await orderOf(orderId));
  assert.equal(payment.captured_at, null);
  await call("POST", `/admin/payments/${payment.id}/capture`, { amount: 10 });
  await call("POST", `/admin/payments/${payment.id}/capture`, { amount: 20 });
  payment = paymentOf(await orderOf(orderId));
  assert.deepEqual(amounts(payment.captures), [10, 20]);
  assert.equal(payment.data.payment.charges.length, 2);
  await call("POST", `/admin/payments/${payment.id}/refund`, { amount: 12.5 });
  await sandbox.idle();
  await sleep(3_000);
  payment = paymentOf(await orderOf(orderId));
  assert.deepEqual(amounts(payment.captures), [10, 20], "notifications of Medusa's own captures count nothing twice");
  assert.deepEqual(amounts(payment.refunds), [12.5]);
  const captured = await Promise.all(
    payment.data.payment.charges.map(({ chargeId }) => pay.charges.retrieve(chargeId)),
  );
  assert.deepEqual(captured.map(({ captureAmount }) => captureAmount?.amount).sort(), ["10.00", "20.00"]);

  step("more than is left is refused, with the reason");
  await call("POST", `/admin/payments/${payment.id}/refund`, { amount: 17.51 }, [400]);

  step("an order that is cancelled lets go of the money");
  orderId = await complete((await confirmed()).cartId);
  payment = paymentOf(await orderOf(orderId));
  await call("POST", `/admin/orders/${orderId}/cancel`);
  const { statusDetails } = await pay.charges.retrieve(payment.data.payment.charges[0]!.chargeId);
  assert.equal(statusDetails.state, "Canceled");

  step("captured at checkout");
  orderId = await complete((await confirmed({ provider: "now" })).cartId);
  const now = await orderOf(orderId);
  assert.equal(now.payment_status, "captured");
  assert.deepEqual(amounts(paymentOf(now).captures), [30]);

  step("a declined payment makes no order");
  const declined = await confirmed({ instrument: "3434" });
  const refused = await call<{ type?: string; message?: string }>(
    "POST",
    `/store/carts/${declined.cartId}/complete`,
    {},
    [200, 400, 402],
  );
  assert.notEqual(refused.type, "order");

  step("an authorization that Amazon decides about later, through its notification");
  orderId = await complete((await confirmed({ instrument: "0701" })).cartId);
  assert.equal((await orderOf(orderId)).payment_collections[0]!.payments.length, 0);
  await sandbox.control("POST", "/clock", { advance: "PT1M" });
  await sandbox.idle();
  for (let tries = 0; ; tries += 1) {
    const [first] = (await orderOf(orderId)).payment_collections[0]!.payments;
    if (first !== undefined) {
      assert.match(first.data.payment.charges[0]!.chargeId, /-C/);
      break;
    }
    assert.ok(tries < 40, "the notification made no payment");
    await sleep(500);
  }

  step("one checkout pays one order");
  const once = await confirmed();
  await complete(once.cartId);
  const { collectionId } = await cart();
  await session(collectionId, { checkout_session_id: once.checkoutSessionId }, "eu", [400]);

  step("a saved payment method pays again, for its customer alone");
  const register = async (email: string): Promise<void> => {
    customerToken = undefined;
    const password = "only for this example";
    const { token } = await call<{ token: string }>("POST", "/auth/customer/emailpass/register", { email, password });
    customerToken = token;
    await call("POST", "/store/customers", { email });
    customerToken = undefined;
    customerToken = (await call<{ token: string }>("POST", "/auth/customer/emailpass", { email, password })).token;
  };
  await register("ada@shop.example");
  const saving = await confirmed({ provider: "now", data: { permission_type: "PaymentMethodOnFile" } });
  const saved = paymentOf(await orderOf(await complete(saving.cartId))).data.payment.chargePermissionId;
  const again = await cart();
  await session(again.collectionId, { charge_permission_id: saved }, "now");
  assert.equal((await orderOf(await complete(again.cartId))).payment_status, "captured");
  await register("eve@shop.example");
  const stolen = await cart();
  await session(stolen.collectionId, { charge_permission_id: saved }, "now", [400]);
  pay.close();
}
