import { useSandbox } from "@amazon-pay-kit/sandbox/testing";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { createTestSigner, type NotificationTestSigner } from "@amazon-pay-kit/sdk/notifications";
import type { IPaymentProvider, PaymentSessionStatus } from "@medusajs/framework/types";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { amountOf } from "./amounts.ts";
import amazonPay, { AmazonPayProvider, type AmazonPayProviderOptions, type AmazonPaySessionData } from "./index.ts";

const service = useSandbox({ beforeAll, afterAll, beforeEach }, { processing: "straight" });
let signer: NotificationTestSigner;
let pay: AmazonPay;
beforeAll(async () => {
  signer = await createTestSigner();
});
beforeEach(() => {
  pay = new AmazonPay(service.client({ region: "eu" }));
});

const pages = { reviewUrl: "https://shop.example/review", resultUrl: "https://shop.example/result" };
function options(more: Partial<AmazonPayProviderOptions> = {}): AmazonPayProviderOptions {
  const { merchantId, storeId } = service.sandbox.merchants.find(({ region }) => region === "eu")!;
  return { client: service.client({ region: "eu" }), merchantId, storeId, ledgerCurrency: "EUR", ...pages, ...more };
}

/** Medusa's payment module, as far as it concerns a provider: it keeps `data` as version 2.21 does, and calls in the same way. */
class Module {
  readonly captures = new Map<string, { raw_amount: { value: string; precision: number } }>();
  readonly provider: IPaymentProvider;
  data: Record<string, unknown> = {};
  status: PaymentSessionStatus = "pending";
  #id = "";

  constructor(more: Partial<AmazonPayProviderOptions> = {}) {
    const captureService = { retrieve: (id: string) => Promise.resolve(this.captures.get(id)) };
    this.provider = new AmazonPayProvider({ captureService }, options(more));
  }

  /** What `POST /store/payment-collections/ID/payment-sessions` does. */
  async session(
    id: string,
    given: Record<string, unknown> = {},
    customer?: string,
    amount: number = 30,
  ): Promise<void> {
    this.#id = id;
    const made = await this.provider.initiatePayment({
      amount,
      currency_code: "eur",
      data: { ...given, session_id: id },
      context: {
        idempotency_key: id,
        ...(customer !== undefined && { customer: { id: customer, email: "a@b.example" } }),
      },
    });
    this.data = { ...given, ...made.data };
    this.status = made.status ?? "pending";
  }

  async authorize(): Promise<PaymentSessionStatus> {
    const { data = {}, status } = await this.provider.authorizePayment({
      data: this.data,
      context: { idempotency_key: this.#id },
    });
    // Kept as JSON in PostgreSQL.
    this.data = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
    this.status = status;
    return status;
  }

  async capture(id: string, value: string): Promise<void> {
    this.captures.set(id, { raw_amount: { value, precision: 20 } });
    const { data } = await this.provider.capturePayment({ data: this.data, context: { idempotency_key: id } });
    this.data = data ?? {};
  }

  async refund(id: string, value: string): Promise<void> {
    const amount = { value, precision: 20 };
    const { data } = await this.provider.refundPayment({ data: this.data, amount, context: { idempotency_key: id } });
    this.data = data ?? {};
  }

  get kept(): AmazonPaySessionData {
    return this.data as unknown as AmazonPaySessionData;
  }
}

/** The buyer presses the button, and comes to the review page. */
async function clicked(module: Module): Promise<string> {
  const { button } = module.kept;
  const { checkoutSessionId } = await pay.checkoutSessions.create(JSON.parse(button!.signed.payloadJSON) as never);
  await service.sandbox.control("POST", `/checkout-sessions/${checkoutSessionId}/buyer`, { action: "sign-in" });
  return checkoutSessionId;
}

/** A whole checkout, up to where Medusa authorizes. */
async function confirmed(module: Module, given: Record<string, unknown> = {}, instrument?: string, customer?: string) {
  await module.session("payses_1", given, customer);
  const checkout_session_id = await clicked(module);
  await module.session("payses_2", { ...given, checkout_session_id }, customer);
  expect(module.kept).toMatchObject({
    constraints: [],
    button: null,
    redirect_url: expect.stringContaining("http") as string,
  });
  await service.payThrough(checkout_session_id, instrument);
  return checkout_session_id;
}

describe("a payment", () => {
  test("goes from the button over the review page to an authorization, a capture and a refund", async () => {
    const module = new Module();
    await module.session("payses_1");
    expect(module.kept.button).toMatchObject({ region: "eu", ledgerCurrency: "EUR", placement: "Checkout" });
    expect(module.status).toBe("pending");
    expect(await module.authorize()).toBe("requires_more");
    await confirmed(module);
    expect(await module.authorize()).toBe("authorized");
    expect(await module.authorize()).toBe("authorized");
    await module.capture("capt_1", "30");
    await module.refund("ref_1", "12.5");
    expect(module.kept.payment).toMatchObject({
      charges: [{ state: "captured", captured: "30.00", capture: "capt_1" }],
      refunds: [{ amount: "12.50", key: "ref_1" }],
    });
    expect((await module.provider.getPaymentStatus({ data: module.data })).status).toBe("captured");
    expect((await module.provider.retrievePayment({ data: module.data })).data).toEqual(module.data);
  });

  test("is captured in parts, each once", async () => {
    const module = new Module();
    await confirmed(module);
    await module.authorize();
    await module.capture("capt_1", "10");
    expect((await module.provider.getPaymentStatus({ data: module.data })).status).toBe("authorized");
    await module.capture("capt_2", "20");
    await module.capture("capt_2", "20");
    expect(module.kept.payment?.charges.map(({ captured }) => captured)).toEqual(["10.00", "20.00"]);
    await module.refund("ref_1", "25");
    expect(module.kept.payment?.refunds).toHaveLength(2);
    await expect(module.refund("ref_2", "5.01")).rejects.toMatchObject({
      type: "not_allowed",
      code: "payment.exceeds",
    });
  });

  test("is captured at checkout where the shop wants so; undone when Medusa cannot make the order", async () => {
    const module = new Module({ captureAtCheckout: true });
    await confirmed(module);
    expect(await module.authorize()).toBe("captured");
    const { data } = await module.provider.cancelPayment({ data: module.data });
    expect((data as unknown as AmazonPaySessionData).payment?.refunds).toMatchObject([{ amount: "30.00" }]);
  });

  test("is cancelled, and the permission closed; what was shipped stays paid", async () => {
    const module = new Module();
    await confirmed(module);
    await module.authorize();
    const { data } = await module.provider.cancelPayment({ data: module.data });
    expect((await module.provider.getPaymentStatus({ data: data! })).status).toBe("canceled");
    const other = new Module();
    await confirmed(other);
    await other.authorize();
    await other.capture("capt_9", "10");
    const after = await other.provider.cancelPayment({ data: other.data });
    expect((after.data as unknown as AmazonPaySessionData).payment?.refunds).toEqual([]);
  });

  test("that waits for Amazon becomes one by a notification", async () => {
    const module = new Module({ allowPending: true });
    await confirmed(module, {}, "0701");
    expect(await module.authorize()).toBe("pending_authorization");
    await expect(module.capture("capt_1", "30")).rejects.toMatchObject({
      code: "payment.pending",
      type: "not_allowed",
    });
    await service.sandbox.control("POST", "/clock", { advance: "PT1M" });
    expect(await module.authorize()).toBe("authorized");
  });

  test("that is declined or cancelled says so, with what to offer", async () => {
    const declined = new Module();
    await confirmed(declined, {}, "3434");
    expect(await declined.authorize()).toBe("error");
    expect(declined.kept.declined).toMatchObject({ advice: "other-payment-method" });
    const canceled = new Module();
    await confirmed(canceled, {}, "3064");
    expect((await canceled.provider.getPaymentStatus({ data: canceled.data })).status).toBe("canceled");
    expect(await canceled.authorize()).toBe("canceled");
  });

  test("of a session that is thrown away leaves nothing authorized", async () => {
    const module = new Module();
    await module.session("payses_1");
    await module.provider.deletePayment({ data: module.data });
    await module.provider.deletePayment({ data: { anything: 1 } });
    await confirmed(module);
    await module.authorize();
    const { data } = await module.provider.deletePayment({ data: module.data });
    expect((await module.provider.getPaymentStatus({ data: data! })).status).toBe("canceled");
  });
});

describe("what a storefront sends", () => {
  test("cannot stand for a payment, another customer or another session", async () => {
    const module = new Module();
    await confirmed(module);
    await module.authorize();
    const { payment } = module.kept;
    const thief = new Module();
    await thief.session("payses_9", {
      payment,
      customer_id: "cus_1",
      session_id: "payses_2",
      amount: { amount: "0.01" },
    });
    expect(thief.kept).toMatchObject({ payment: null, customer_id: null, session_id: "payses_9" });
    expect(thief.kept.amount).toEqual({ amount: "30.00", currencyCode: "EUR" });
    expect(await thief.authorize()).toBe("requires_more");
  });

  test("cannot pay two orders with one checkout", async () => {
    const module = new Module();
    const checkout_session_id = await confirmed(module);
    await module.authorize();
    const second = new Module();
    await expect(second.session("payses_9", { checkout_session_id })).rejects.toMatchObject({ code: "payment.closed" });
    second.data = { ...module.data, session_id: "payses_9", payment: null };
    await expect(second.authorize()).rejects.toMatchObject({ code: "payment.not-yours", type: "not_allowed" });
  });

  test.each([
    [{ checkout_session_id: 5 }, "checkout_session_id"],
    [{ checkout_session_id: "../charges" }, "checkout_session_id"],
    [{ permission_type: "onetime" }, "permission_type"],
    [{ checkout_session_id: "a", charge_permission_id: "b" }, "exclude"],
    [{ permission_type: "Recurring" }, "recurringMetadata"],
  ])("is checked: %j", async (given, word) => {
    const module = new Module();
    const session = module.session("payses_1", given);
    await expect(session).rejects.toThrow(word);
    await expect(session).rejects.toMatchObject({ type: "invalid_data" });
  });
});

describe("saved permissions", () => {
  test.each([
    ["Recurring", { recurring: { frequency: { unit: "Month", value: 1 } } }],
    ["PaymentMethodOnFile", {}],
  ] as const)("of type %s are charged again for their customer alone", async (permission_type, more) => {
    const module = new Module({ captureAtCheckout: true });
    await confirmed(module, { permission_type, ...more }, undefined, "cus_1");
    expect(await module.authorize()).toBe("captured");
    const charge_permission_id = module.kept.payment!.chargePermissionId;
    const next = new Module({ captureAtCheckout: true });
    await next.session("payses_3", { charge_permission_id }, "cus_1", 12);
    expect(next.kept).toMatchObject({ button: null, redirect_url: null });
    expect(await next.authorize()).toBe("captured");
    expect(next.kept.payment?.charges).toMatchObject([{ captured: "12.00" }]);
    for (const customer of ["cus_2", undefined]) {
      const session = new Module().session("payses_4", { charge_permission_id }, customer);
      await expect(session).rejects.toMatchObject({ code: "payment.not-yours", type: "not_allowed" });
    }
  });
});

describe("notifications", () => {
  async function told(module: Module, message: Record<string, unknown>, form: "raw" | "parsed" | "text" = "raw") {
    const { merchantId } = service.sandbox.merchants.find(({ region }) => region === "eu")!;
    const body = await signer.change({ MerchantID: merchantId, ...message });
    const payloads = {
      raw: { rawData: Buffer.from(body), data: {} },
      parsed: { rawData: "", data: JSON.parse(body) as Record<string, unknown> },
      text: { rawData: body, data: body as unknown as Record<string, unknown> },
    };
    return module.provider.getWebhookActionAndData({ ...payloads[form], headers: {} });
  }
  const module = (more: Partial<AmazonPayProviderOptions> = {}): Module => {
    const made = new Module(more);
    // What the sandbox signs is verified against the real server; here the messages are made up.
    Object.defineProperty(AmazonPay.prototype, "notificationTrust", { configurable: true, get: () => signer.trust });
    return made;
  };
  const trust = Object.getOwnPropertyDescriptor(AmazonPay.prototype, "notificationTrust")!;
  afterAll(() => {
    Object.defineProperty(AmazonPay.prototype, "notificationTrust", trust);
  });

  test.each(["raw", "parsed", "text"] as const)(
    "name the session and what has become of the charge: %s",
    async (form) => {
      const paid = module({ allowPending: true });
      await confirmed(paid, {}, "0701");
      await paid.authorize();
      const message = { ObjectType: "CHARGE", ObjectId: paid.kept.payment!.charges[0]!.chargeId };
      const about = { session_id: "payses_2", amount: "30.00" };
      expect(await told(paid, message, form)).toEqual({ action: "pending_authorization", data: about });
      await service.sandbox.control("POST", "/clock", { advance: "PT1M" });
      expect(await told(paid, message, form)).toEqual({ action: "authorized", data: about });
      await paid.authorize();
      await paid.capture("capt_1", "10");
      // Medusa counted this capture itself: "captured" would make it capture once more.
      expect(await told(paid, message, form)).toEqual({ action: "authorized", data: about });
    },
  );

  test("of a further part that Medusa captured tell it nothing", async () => {
    const paid = module();
    await confirmed(paid);
    await paid.authorize();
    await paid.capture("capt_1", "10");
    await paid.capture("capt_2", "20");
    const further = { ObjectType: "CHARGE", ObjectId: paid.kept.payment!.charges[1]!.chargeId };
    expect(await told(paid, further)).toEqual({ action: "not_supported" });
  });

  test("of a decline, a capture in Seller Central and what is none of a charge", async () => {
    const paid = module();
    await confirmed(paid);
    await paid.authorize();
    const { chargeId } = paid.kept.payment!.charges[0]!;
    await pay.charges.capture(chargeId, { captureAmount: { amount: "30.00", currencyCode: "EUR" } });
    const message = { ObjectType: "CHARGE", ObjectId: chargeId };
    expect(await told(paid, message)).toMatchObject({ action: "captured", data: { session_id: "payses_2" } });
    await paid.capture("capt_1", "30");
    expect(paid.kept.payment?.charges).toMatchObject([{ captured: "30.00" }]);
    for (const ObjectType of ["REFUND", "CHARGE_PERMISSION", "CHARGEBACK", "NEWS"])
      expect(await told(paid, { ObjectType, ObjectId: "S" })).toEqual({ action: "not_supported" });
    expect(await told(paid, { ObjectType: "CHARGE", ObjectId: "S02-1-1-C1" })).toEqual({ action: "not_supported" });
  });

  test("that are forged, for another merchant or empty are refused", async () => {
    const paid = module();
    await expect(told(paid, { MerchantID: "A9", ObjectType: "CHARGE", ObjectId: "S" })).rejects.toMatchObject({
      code: "notification.not-for-you",
    });
    const forged = { data: { Type: "Notification" }, rawData: "", headers: {} };
    await expect(paid.provider.getWebhookActionAndData(forged)).rejects.toThrow();
    const empty = { data: {}, rawData: "", headers: {} };
    await expect(paid.provider.getWebhookActionAndData(empty)).rejects.toThrow("it is empty");
  });
});

describe("options and module", () => {
  test("the module is what Medusa loads", () => {
    expect(amazonPay).toEqual({ module: "payment", services: [AmazonPayProvider] });
    expect(AmazonPayProvider.identifier).toBe("amazon-pay");
    expect(AmazonPayProvider._isPaymentProvider).toBe(true);
  });

  test.each([
    [{ reviewUrl: "/review" }, "reviewUrl"],
    [{ resultUrl: undefined }, "resultUrl"],
    [{ captureAtCheckout: true, allowPending: true }, "exclude each other"],
    [{ captureAtCheckout: "yes" }, "captureAtCheckout"],
    [{ merchantId: "" }, "merchantId"],
    [{ sandbox: "ready.json" }, "either `client`"],
    [{ client: undefined }, "either `client`"],
    [{ capture: true }, "unknown option `capture`"],
    [{ topics: "arn" }, "topics"],
  ])("wrong options are refused at once: %j", (more, word) => {
    expect(() => AmazonPayProvider.validateOptions(options(more as never))).toThrow(word);
    expect(() => new AmazonPayProvider({}, options(more as never))).toThrow(word);
  });

  test("a capture whose amount cannot be read captures nothing", async () => {
    const module = new Module();
    await confirmed(module);
    await module.authorize();
    const blind = new AmazonPayProvider({}, options());
    const capture = blind.capturePayment({ data: module.data, context: { idempotency_key: "capt_1" } });
    await expect(capture).rejects.toMatchObject({ code: "medusa.capture-amount" });
    await expect(blind.capturePayment({ data: module.data })).rejects.toThrow("the capture's id is missing");
    await expect(blind.capturePayment({ data: { hello: 1 } })).rejects.toThrow("is not what this provider gave");
  });
});

test.each([
  [10, "eur", "10.00"],
  ["19.99", "EUR", "19.99"],
  [19.995, "EUR", "20.00"],
  [{ value: "12.344999", precision: 20 }, "usd", "12.34"],
  [{ numeric: 5.5, raw: { value: "5.5" } }, "usd", "5.50"],
  [{ toFixed: () => "7.1" }, "gbp", "7.10"],
  [1234, "jpy", "1234"],
  [1234.5, "jpy", "1235"],
  ["0.00000000000000000001", "eur", "0.00"],
])("the amount %j in %s is %s", (value, currency, amount) => {
  expect(amountOf(value as never, currency).amount).toBe(amount);
});

test.each([
  [-1, "eur"],
  ["1,50", "eur"],
  [Number.NaN, "eur"],
  [1e21, "eur"],
  [null, "eur"],
  [{}, "eur"],
  [1, "xyz"],
  [1, undefined],
])("no amount: %j in %s", (value, currency) => {
  expect(() => amountOf(value as never, currency as never)).toThrow(expect.objectContaining({ code: "medusa.input" }));
});
