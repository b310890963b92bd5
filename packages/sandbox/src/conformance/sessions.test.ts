import type { BuyerRequest } from "../service/control.ts";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { signedCaller, type SignedCaller } from "../testing/index.ts";

type Json = Record<string, unknown>;

const price = (amount: string, currencyCode = "USD") => ({ amount, currencyCode });
const web = {
  checkoutReviewReturnUrl: "https://shop.example/review",
  checkoutResultReturnUrl: "https://shop.example/result",
};
const simulate = (code: string) => ({ "x-amz-pay-simulation-code": code });

/** docs/amazon-pay/operations.md and docs/amazon-pay/states.md. */
describe("checkout sessions", () => {
  let sandbox: Sandbox;
  let call: SignedCaller;
  let storeId: string;
  beforeEach(async () => {
    sandbox = await createSandbox({
      seed: 1,
      clock: manualClock(Date.UTC(2026, 0, 10)),
      merchants: [{ region: "na" }],
    });
    call = signedCaller(sandbox);
    storeId = sandbox.merchants[0]?.storeId ?? "";
  });

  const make = async (more: Json = {}): Promise<string> => {
    const answer = await call("POST", "/v2/checkoutSessions", { webCheckoutDetails: web, storeId, ...more });
    expect(answer.status).toBe(201);
    return String(answer.body["checkoutSessionId"]);
  };
  const get = async (id: string) => (await call("GET", `/v2/checkoutSessions/${id}`)).body;
  const patch = (id: string, body: Json) => call("PATCH", `/v2/checkoutSessions/${id}`, body);
  const buyer = (id: string, action: BuyerRequest["action"], more: Json = {}) =>
    sandbox.control("POST", `/checkout-sessions/${id}/buyer`, { action, ...more });
  const complete = (id: string, body: Json = { chargeAmount: price("10.00") }, headers: Record<string, string> = {}) =>
    call("POST", `/v2/checkoutSessions/${id}/complete`, body, headers);
  /** A session that the buyer has approved. */
  const approved = async (paymentDetails: Json = {}, instrument?: string): Promise<string> => {
    const id = await make({
      paymentDetails: { paymentIntent: "Authorize", chargeAmount: price("10.00"), ...paymentDetails },
    });
    await buyer(id, "sign-in", instrument === undefined ? {} : { instrument });
    await buyer(id, "approve");
    return id;
  };
  const constraints = (body: Json): unknown[] =>
    (body["constraints"] as readonly { readonly constraintId: string }[]).map(({ constraintId }) => constraintId);
  const ended = async (id: string) => {
    const { state, reasonCode } = (await get(id))["statusDetails"] as {
      readonly state: string;
      readonly reasonCode: unknown;
    };
    return [state, reasonCode];
  };

  it.each<[string, Json, string]>([
    ["no store", { storeId: undefined }, "MissingParameterValue"],
    ["another's store", { storeId: "amzn1.application-oa2-client.0" }, "InvalidParameterValue"],
    ["no address to return to", { webCheckoutDetails: {} }, "MissingParameterValue"],
    ["an address that is none", { webCheckoutDetails: { checkoutReviewReturnUrl: "review" } }, "InvalidParameterValue"],
    [
      "plain http elsewhere",
      { webCheckoutDetails: { checkoutReviewReturnUrl: "http://shop.example" } },
      "InvalidParameterValue",
    ],
    ["an unknown mode", { webCheckoutDetails: { ...web, checkoutMode: "Fast" } }, "InvalidParameterValue"],
    ["an unknown member", { webCheckoutDetails: { ...web, returnUrl: "x" } }, "UnrecognizedField"],
    [
      "a presentment currency of another region",
      { paymentDetails: { presentmentCurrency: "CHF" } },
      "InvalidParameterValue",
    ],
    [
      "a presentment currency that is none",
      { paymentDetails: { presentmentCurrency: "usd" } },
      "InvalidParameterValue",
    ],
    ["an unknown channel", { channelType: "MOBILE" }, "InvalidParameterValue"],
    [
      "an address for errors that is none",
      { webCheckoutDetails: { ...web, checkoutErrorUrl: "x" } },
      "InvalidParameterValue",
    ],
    [
      "two that do not go together",
      { paymentDetails: { paymentIntent: "AuthorizeWithCapture", canHandlePendingAuthorization: true } },
      "InvalidParameterCombination",
    ],
    [
      "a descriptor without capture",
      { paymentDetails: { paymentIntent: "Authorize", softDescriptor: "SHOP" } },
      "InvalidParameterCombination",
    ],
    ["a long note", { merchantMetadata: { noteToBuyer: "x".repeat(256) } }, "InvalidParameterValue"],
    ["an unknown scope", { scopes: ["shoeSize"] }, "InvalidParameterValue"],
  ])("refuses to be made with %s", async (_name, wrong, reasonCode) => {
    const answer = await call("POST", "/v2/checkoutSessions", { webCheckoutDetails: web, storeId, ...wrong });
    expect(answer).toMatchObject({ status: 400, body: { reasonCode } });
  });

  it("says what is missing until nothing is, and only then where to send the buyer", async () => {
    const id = await make({ webCheckoutDetails: { checkoutReviewReturnUrl: web.checkoutReviewReturnUrl } });
    expect(constraints(await get(id))).toEqual([
      "BuyerNotAssociated",
      "ChargeAmountNotSet",
      "CheckoutResultReturnUrlNotSet",
      "PaymentIntentNotSet",
    ]);
    const redirect = (body: Json) => (body["webCheckoutDetails"] as Json)["amazonPayRedirectUrl"];
    await patch(id, { paymentDetails: { chargeAmount: { amount: 10, currencyCode: "USD" } } });
    const half = await patch(id, { webCheckoutDetails: { checkoutResultReturnUrl: web.checkoutResultReturnUrl } });
    expect([constraints(half.body), redirect(half.body)]).toEqual([
      ["BuyerNotAssociated", "PaymentIntentNotSet"],
      null,
    ]);
    // What is left out, or null, keeps its value.
    await patch(id, { paymentDetails: { paymentIntent: "Confirm", chargeAmount: null } });
    await buyer(id, "sign-in");
    const whole = await get(id);
    expect(constraints(whole)).toEqual([]);
    expect(redirect(whole)).toMatch(new RegExp(`/checkout/processing\\?amazonCheckoutSessionId=${id}$`));
    expect(whole["paymentDetails"]).toMatchObject({ chargeAmount: price("10.00"), presentmentCurrency: "USD" });
    expect(whole["buyer"]).toMatchObject({ buyerId: expect.stringMatching(/^amzn1\.account\./) as string });
  });

  it("wants the total of an order repeated that has one", async () => {
    const id = await make({
      paymentDetails: {
        paymentIntent: "Authorize",
        canHandlePendingAuthorization: false,
        chargeAmount: price("10.00"),
        totalOrderAmount: price("30.00"),
      },
    });
    await buyer(id, "sign-in");
    await buyer(id, "approve");
    const chargeAmount = price("10.00");
    expect(await complete(id, { chargeAmount })).toMatchObject({
      status: 400,
      body: { reasonCode: "MissingParameterValue", message: expect.stringContaining("totalOrderAmount") as string },
    });
    expect(await complete(id, { chargeAmount, totalOrderAmount: price("29.99") })).toMatchObject({
      status: 409,
      body: { reasonCode: "AmountMismatch" },
    });
    expect((await complete(id, { chargeAmount, totalOrderAmount: price("30.00") })).status).toBe(200);
  });

  it("waits for the buyer, and for the same amount", async () => {
    const id = await make({ paymentDetails: { paymentIntent: "Authorize", chargeAmount: price("10.00") } });
    expect(await complete(id)).toMatchObject({ status: 422, body: { reasonCode: "InvalidCheckoutSessionStatus" } });
    await buyer(id, "sign-in");
    expect(await complete(id)).toMatchObject({ status: 422, body: { reasonCode: "InvalidCheckoutSessionStatus" } });
    await buyer(id, "approve");
    expect(await complete(id, {})).toMatchObject({ status: 400, body: { reasonCode: "MissingParameterValue" } });
    expect(await complete(id, { chargeAmount: price("10.01") })).toMatchObject({
      status: 409,
      body: { reasonCode: "AmountMismatch" },
    });
    expect(await complete(id, { chargeAmount: price("10.00", "EUR") })).toMatchObject({
      status: 400,
      body: { reasonCode: "CurrencyMismatch" },
    });
    expect((await complete(id)).status).toBe(200);
    expect(await complete(id)).toMatchObject({ status: 422, body: { reasonCode: "InvalidCheckoutSessionStatus" } });
    expect(await patch(id, { platformId: "x" })).toMatchObject({
      status: 422,
      body: { reasonCode: "InvalidCheckoutSessionStatus" },
    });
  });

  it.each([
    ["Confirm", null, ["Chargeable", null]],
    ["Authorize", "Authorized", ["NonChargeable", "ChargeInProgress"]],
    ["AuthorizeWithCapture", "Captured", ["Closed", "AmazonClosed"]],
  ])(
    "%s makes a charge %s and a permission %j, and hides the rest",
    async (paymentIntent, chargeState, permissionState) => {
      const id = await approved({ paymentIntent });
      const { status, body } = await complete(id);
      expect([status, (body["statusDetails"] as Json)["state"]]).toEqual([200, "Completed"]);
      const shown = Object.keys(body).filter((name) => body[name] !== null);
      expect(shown).toEqual([
        "checkoutSessionId",
        "chargePermissionType",
        "paymentPreferences",
        "statusDetails",
        "chargePermissionId",
        ...(chargeState === null ? [] : ["chargeId"]),
        "constraints",
        "creationTimestamp",
        "releaseEnvironment",
      ]);
      if (chargeState !== null) {
        const charge = await call("GET", `/v2/charges/${String(body["chargeId"])}`);
        expect(charge.body["statusDetails"]).toMatchObject({ state: chargeState });
      }
      const permission = (await call("GET", `/v2/chargePermissions/${String(body["chargePermissionId"])}`)).body;
      const { state, reasons } = permission["statusDetails"] as {
        readonly state: string;
        readonly reasons: readonly Json[] | null;
      };
      expect([state, reasons?.[0]?.["reasonCode"] ?? null]).toEqual(permissionState);
    },
  );

  it("a pending authorization is answered with 202, and the session stays completed whatever comes", async () => {
    const id = await approved({ canHandlePendingAuthorization: true }, "4354");
    const { status, body } = await complete(id);
    expect([status, (body["statusDetails"] as Json)["state"]]).toEqual([202, "Completed"]);
    await sandbox.clock.advance("PT30S");
    const charge = await call("GET", `/v2/charges/${String(body["chargeId"])}`);
    expect(charge.body["statusDetails"]).toMatchObject({ state: "Declined", reasonCode: "HardDeclined" });
    expect(await ended(id)).toEqual(["Completed", null]);
  });

  it.each(["BuyerCanceled", "AmazonCanceled", "Declined"])("can be simulated to end as %s", async (reason) => {
    const id = await approved();
    const answer = await complete(id, { chargeAmount: price("10.00") }, simulate(reason));
    expect(answer).toMatchObject({ status: 422, body: { reasonCode: "CheckoutSessionCanceled" } });
    expect(await ended(id)).toEqual(["Canceled", reason]);
    expect(await complete(id)).toMatchObject({ status: 422, body: { reasonCode: "CheckoutSessionCanceled" } });
  });

  it.each([
    ["3064", "BuyerCanceled"],
    ["3434", "Declined"],
  ])("ends at the card %s as %s", async (instrument, reason) => {
    const id = await approved({}, instrument);
    expect(await ended(id)).toEqual(["Canceled", reason]);
    expect(await complete(id)).toMatchObject({ status: 422, body: { reasonCode: "CheckoutSessionCanceled" } });
  });

  it("lives for 24 hours, and its record for 30 days", async () => {
    const [open, ready] = [await make(), await approved()];
    await sandbox.clock.advance("PT23H59M59S");
    expect(await ended(open)).toEqual(["Open", null]);
    await sandbox.clock.advance("PT1S");
    for (const id of [open, ready]) {
      expect(await ended(id)).toEqual(["Canceled", "Expired"]);
      expect(await complete(id)).toMatchObject({ status: 422, body: { reasonCode: "CheckoutSessionCanceled" } });
    }
    await sandbox.clock.advance("P29D");
    expect(await call("GET", `/v2/checkoutSessions/${open}`)).toMatchObject({
      status: 404,
      body: { reasonCode: "ResourceNotFound" },
    });
  });

  it("sets up a saved wallet without a charge, with an empty body", async () => {
    const id = await make({
      chargePermissionType: "PaymentMethodOnFile",
      paymentMethodOnFileMetadata: { setupOnly: true },
    });
    await buyer(id, "sign-in");
    await patch(id, { paymentDetails: { paymentIntent: "Confirm" } });
    await buyer(id, "approve");
    const { status, body } = await complete(id, {});
    expect([status, body["chargeId"]]).toEqual([200, null]);
    expect(body["chargePermissionId"]).toMatch(/^C01-/);
  });

  it("tells only what the scopes allow", async () => {
    const id = await make({ scopes: ["name"] });
    await buyer(id, "sign-in");
    const { buyer: shown, shippingAddress } = await get(id);
    expect(shown).toMatchObject({ name: expect.any(String) as string, email: null, phoneNumber: null });
    expect(shippingAddress).toBeNull();
  });
});
