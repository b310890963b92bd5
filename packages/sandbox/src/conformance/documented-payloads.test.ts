import { AmazonPay } from "@amazon-pay-kit/sdk";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { clientOptions, makePermission, signedCaller } from "../testing/index.ts";

const web = {
  checkoutReviewReturnUrl: "https://shop.example/review",
  checkoutResultReturnUrl: "https://shop.example/result",
};

let sandbox: Sandbox;
let clock = manualClock(0);
beforeEach(async () => {
  clock = manualClock(Date.UTC(2026, 0, 10));
  sandbox = await createSandbox({ seed: 1, clock });
});

const merchant = (region: "na" | "eu" | "jp") => {
  const found = sandbox.merchants.find((row) => row.region === region);
  if (found === undefined) throw new Error(`no merchant in ${region}`);
  return found;
};
const clientOf = (region: "na" | "eu" | "jp") => new AmazonPay({ ...clientOptions(sandbox, { region }), clock });

/** Posts what the page's script posts. */
async function start(region: "na" | "eu" | "jp", payload: object, form: Record<string, string> = {}) {
  const signed = await clientOf(region).button.create(JSON.stringify(payload));
  const body = new URLSearchParams({
    merchantId: merchant(region).merchantId,
    productType: "PayAndShip",
    encodedPayload: encodeURIComponent(signed.payloadJSON),
    signature: signed.signature,
    algorithm: signed.algorithm,
    publicKeyId: signed.publicKeyId,
    ...form,
  });
  const response = await sandbox.fetch(new Request("http://sandbox.invalid/checkout/start", { method: "POST", body }));
  return { status: response.status, html: await response.text() };
}
const newestSession = () => {
  const session = [...sandbox.engine.state.checkoutSessions.values()].at(-1);
  if (session === undefined) throw new Error("no session was made");
  return session;
};

/** https://developer.amazon.com/docs/amazon-pay-checkout/multi-currency-integration.html */
describe("presentmentCurrency", () => {
  const wanted = (presentmentCurrency: "CHF") => ({
    webCheckoutDetails: web,
    storeId: merchant("eu").storeId,
    paymentDetails: { presentmentCurrency },
  });

  it("is given at create, follows the charge amount afterwards, and cannot be updated", async () => {
    const pay = clientOf("eu");
    const made = await pay.checkoutSessions.create(wanted("CHF"));
    expect(made.paymentDetails?.presentmentCurrency).toBe("CHF");
    const chargeAmount = { amount: "10.00", currencyCode: "SEK" } as const;
    const updated = await pay.checkoutSessions.update(made.checkoutSessionId, { paymentDetails: { chargeAmount } });
    expect(updated.paymentDetails?.presentmentCurrency).toBe("SEK");
    const call = signedCaller(sandbox, { region: "eu" });
    const refused = await call("PATCH", `/v2/checkoutSessions/${made.checkoutSessionId}`, {
      paymentDetails: { presentmentCurrency: "EUR" },
    });
    expect(refused).toMatchObject({ status: 400, body: { reasonCode: "UnrecognizedField" } });
    expect(refused.body["message"]).toContain("paymentDetails.presentmentCurrency");
  });

  it("goes through the button, and decides the currency of a payment method that is merely set up", async () => {
    const answer = await start("eu", {
      ...wanted("CHF"),
      chargePermissionType: "PaymentMethodOnFile",
      paymentMethodOnFileMetadata: { setupOnly: true },
    });
    expect(answer.status).toBe(303);
    const { checkoutSessionId } = newestSession();
    await sandbox.control("POST", `/checkout-sessions/${checkoutSessionId}/buyer`, { action: "sign-in" });
    await sandbox.control("POST", `/checkout-sessions/${checkoutSessionId}/buyer`, { action: "approve" });
    const pay = clientOf("eu");
    const { chargePermissionId } = await pay.checkoutSessions.complete(checkoutSessionId, {});
    const permission = await pay.chargePermissions.retrieve(String(chargePermissionId));
    expect(permission.presentmentCurrency).toBe("CHF");
  });
});

/** https://developer.amazon.com/docs/amazon-pay-buy-now-checkout/add-the-amazon-pay-button.html */
describe("Buy Now", () => {
  it("takes a payload without webCheckoutDetails from a page that handles the checkout itself", async () => {
    const { storeId } = merchant("na");
    const payload = { storeId, scopes: ["name", "email", "shippingAddress"] } as const;
    expect((await clientOf("na").button.create(payload)).payloadJSON).toBe(JSON.stringify(payload));
    expect((await start("na", payload, { embedded: "true" })).status).toBe(303);
    const { checkoutSessionId } = newestSession();
    await sandbox.control("POST", `/checkout-sessions/${checkoutSessionId}/buyer`, { action: "sign-in" });
    const pay = clientOf("na");
    const { shippingAddress } = await pay.checkoutSessions.retrieve(checkoutSessionId);
    const chargeAmount = { amount: "10.00", currencyCode: "USD" } as const;
    const done = await pay.checkoutSessions.finalize(checkoutSessionId, {
      shippingAddress,
      chargeAmount,
      paymentIntent: "Authorize",
    });
    expect(done.statusDetails.state).toBe("Completed");
  });

  it("says what is missing to a page that does not", async () => {
    const answer = await start("na", { storeId: merchant("na").storeId });
    expect(answer.status).toBe(400);
    expect(answer.html).toContain("webCheckoutDetails is required");
    expect(answer.html).toContain("onCompleteCheckout");
  });

  it("still needs the addresses in a server's own session", async () => {
    const answer = await signedCaller(sandbox)("POST", "/v2/checkoutSessions", { storeId: merchant("na").storeId });
    expect(answer).toMatchObject({ status: 400, body: { reasonCode: "MissingParameterValue" } });
  });
});

/** https://developer.amazon.com/docs/mobile-app/sample-post-payload.html */
it("the mobile SDK's payload is taken by the client, the API and the hosted page, and its error address is shown", async () => {
  const webCheckoutDetails = {
    checkoutResultReturnUrl: "https://shop.example/result",
    checkoutCancelUrl: "https://shop.example/cancel",
    checkoutErrorUrl: "https://shop.example/error",
    checkoutMode: "ProcessOrder",
  } as const;
  const payload = {
    storeId: merchant("na").storeId,
    webCheckoutDetails,
    channelType: "MOBILE_SDK",
    paymentDetails: { paymentIntent: "Authorize", chargeAmount: { amount: "56.00", currencyCode: "USD" } },
  } as const;
  const pay = clientOf("na");
  await pay.button.create(payload);
  expect((await start("na", payload, { productType: "PayOnly" })).status).toBe(303);
  const session = await pay.checkoutSessions.create(payload);
  expect(session.webCheckoutDetails?.checkoutErrorUrl).toBe("https://shop.example/error");
  const ordinary = await pay.checkoutSessions.create({ storeId: payload.storeId, webCheckoutDetails: web });
  expect(ordinary.webCheckoutDetails).not.toHaveProperty("checkoutErrorUrl");
});

it("a donation is paid without a delivery address", async () => {
  const payload = { storeId: merchant("na").storeId, webCheckoutDetails: web };
  expect((await start("na", payload, { productType: "Donation" })).status).toBe(303);
  const { checkoutSessionId } = newestSession();
  await sandbox.control("POST", `/checkout-sessions/${checkoutSessionId}/buyer`, { action: "sign-in" });
  const session = await clientOf("na").checkoutSessions.retrieve(checkoutSessionId);
  expect(session).toMatchObject({ productType: "Donation", shippingAddress: null });
  expect(session.billingAddress).not.toBeNull();
});

/** https://developer.amazon.com/docs/amazon-pay-checkout/update-info-post-checkout.html */
describe("the order number of a permission that is over", () => {
  const closed = async (type: "OneTime" | "Recurring", merchantReferenceId?: string): Promise<string> => {
    const { chargePermissionId } = await makePermission(sandbox, {
      type,
      amount: "10.00",
      ...(merchantReferenceId === undefined ? {} : { merchantReferenceId }),
    });
    const pay = clientOf("na");
    const chargeAmount = { amount: "10.00", currencyCode: "USD" } as const;
    await pay.charges.create({ chargePermissionId, chargeAmount, captureNow: true });
    if (type === "Recurring") await pay.chargePermissions.close(chargePermissionId, { closureReason: "over" });
    expect((await pay.chargePermissions.retrieve(chargePermissionId)).statusDetails.state).toBe("Closed");
    return chargePermissionId;
  };
  const update = async (id: string, body: object) =>
    signedCaller(sandbox)("PATCH", `/v2/chargePermissions/${id}`, body as Record<string, unknown>);
  const refused = { status: 422, body: { reasonCode: "ChargePermissionNotModifiable" } };

  it("can be filled in once on a one-time permission, as can each other member", async () => {
    const id = await closed("OneTime");
    const first = { merchantMetadata: { merchantReferenceId: "order-1" } };
    expect(await update(id, first)).toMatchObject({ status: 200, body: first });
    expect(
      await update(id, { merchantMetadata: { noteToBuyer: "Thank you", merchantReferenceId: null } }),
    ).toMatchObject({
      status: 200,
      body: { merchantMetadata: { merchantReferenceId: "order-1", noteToBuyer: "Thank you" } },
    });
    expect(await update(id, first)).toMatchObject(refused);
  });

  it.each<[string, "OneTime" | "Recurring", string | undefined, object]>([
    ["a value that is there", "OneTime", "order-0", { merchantMetadata: { merchantReferenceId: "order-1" } }],
    [
      "a value that is there, beside one that is missing",
      "OneTime",
      "order-0",
      { merchantMetadata: { merchantReferenceId: "order-1", noteToBuyer: "n" } },
    ],
    ["nothing at all", "OneTime", undefined, {}],
    [
      "a rhythm besides",
      "OneTime",
      undefined,
      { merchantMetadata: { noteToBuyer: "n" }, recurringMetadata: { frequency: { unit: "Month", value: "1" } } },
    ],
    ["a subscription's", "Recurring", undefined, { merchantMetadata: { merchantReferenceId: "order-1" } }],
  ])("%s: refused", async (_, type, merchantReferenceId, body) => {
    expect(await update(await closed(type, merchantReferenceId), body)).toMatchObject(refused);
  });
});

it("a subscription in Swedish crowns may be charged 10,000 a month", async () => {
  const { chargePermissionId } = await makePermission(sandbox, {
    region: "eu",
    type: "Recurring",
    amount: "5000.00",
    currencyCode: "SEK",
  });
  const pay = clientOf("eu");
  const permission = await pay.chargePermissions.retrieve(chargePermissionId);
  expect(permission.limits?.amountLimit).toEqual({ amount: "10000.00", currencyCode: "SEK" });
  const chargeAmount = { amount: "5000.00", currencyCode: "SEK" } as const;
  const charge = await pay.charges.create({ chargePermissionId, chargeAmount });
  expect(charge.statusDetails.state).toBe("Authorized");
});

it("other monthly limits can be asked for: an account may have its own", async () => {
  sandbox = await createSandbox({ seed: 1, clock, monthlyLimits: { Recurring: { USD: 20 } } });
  const pay = clientOf("na");
  const { chargePermissionId } = await makePermission(sandbox, { type: "Recurring" });
  const chargeAmount = { amount: "20.01", currencyCode: "USD" } as const;
  const refused = pay.charges.create({ chargePermissionId, chargeAmount });
  await expect(refused).rejects.toMatchObject({ reasonCode: "PeriodicAmountExceeded" });
  expect((await pay.chargePermissions.retrieve(chargePermissionId)).limits?.amountLimit?.amount).toBe("20.00");
});

describe("times of a dispute", () => {
  const dispute = async (disputeTimes?: "epoch" | "iso") => {
    sandbox = await createSandbox({
      seed: 1,
      clock,
      ...(disputeTimes === undefined ? {} : { disputeTimes }),
    });
    const pay = clientOf("na");
    const { chargePermissionId } = await makePermission(sandbox, { amount: "10.00" });
    const chargeAmount = { amount: "10.00", currencyCode: "USD" } as const;
    const { chargeId } = await pay.charges.create({ chargePermissionId, chargeAmount, captureNow: true });
    const { disputeId } = await sandbox.control("POST", `/charges/${chargeId}/chargeback`, {});
    return pay.disputes.retrieve(disputeId);
  };

  it("are seconds, as official samples have them, with disputeTimes epoch", async () => {
    const { statusDetails, creationTimestamp, merchantResponseDeadline } = await dispute("epoch");
    expect(statusDetails.lastUpdated).toBe(Date.UTC(2026, 0, 10) / 1000);
    expect(statusDetails).not.toHaveProperty("lastUpdatedTimestamp");
    expect(creationTimestamp).toBe(Date.UTC(2026, 0, 10) / 1000);
    expect(merchantResponseDeadline).toEqual(expect.any(Number));
  });

  it("are ISO 8601 text, as the reference page has them, unless asked for otherwise", async () => {
    const { statusDetails, creationTimestamp, merchantResponseDeadline } = await dispute();
    expect(statusDetails.lastUpdatedTimestamp).toBe("20260110T000000Z");
    expect(statusDetails).not.toHaveProperty("lastUpdated");
    expect(creationTimestamp).toBe("20260110T000000Z");
    expect(merchantResponseDeadline).toMatch(/^202601\d\dT000000Z$/);
  });
});

/** https://developer.amazon.com/docs/amazon-pay-reports/manually-requesting-reports.html */
it("a report is requested with the times of the documentation's own sample", async () => {
  const answer = await clientOf("na").reports.create({
    reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
    startTime: "2025-08-04T00-00-00Z",
    endTime: "2025-08-05T00-00-00Z",
  });
  const report = await clientOf("na").reports.retrieve(answer.reportId);
  expect(report).toMatchObject({ startTime: "20250804T000000Z", endTime: "20250805T000000Z" });
});

it("a value that is not documented is refused with those that are", async () => {
  const call = signedCaller(sandbox);
  const create = { webCheckoutDetails: web, storeId: merchant("na").storeId };
  const refused = async (more: object) =>
    (await call("POST", "/v2/checkoutSessions", { ...create, ...more })).body["message"];
  expect(await refused({ chargePermissionType: "onetime" })).toBe(
    "The value provided for [chargePermissionType] is invalid. It must be one of OneTime, Recurring, PaymentMethodOnFile; did you mean OneTime?",
  );
  expect(await refused({ scopes: ["shoeSize"] })).toBe(
    "The value provided for [scopes[0]] is invalid. It must be one of name, email, phoneNumber, billingAddress, shippingAddress, postalCode, primeStatus.",
  );
});
