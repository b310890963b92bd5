import type { BuyerRequest } from "../../service/control.ts";
import { beforeEach, describe, expect, test } from "vitest";
import type { CheckoutSession } from "../../engine/objects/index.ts";
import { createSession } from "../../engine/sessions/create-session.ts";
import { updateSession } from "../../engine/sessions/session-changes.ts";
import { createSandbox } from "../../service/create-sandbox.ts";
import type { Sandbox } from "../../service/sandbox.ts";
import { readBuyerToken } from "../../test-data/buyer-tokens.ts";
import { findAddress } from "../../test-data/address-book.ts";

let sandbox: Sandbox;
let session: CheckoutSession;

beforeEach(async () => {
  sandbox = await createSandbox({ seed: 1 });
  session = open();
});

function open(over: object = {}): CheckoutSession {
  const merchant = firstMerchant();
  const webCheckoutDetails = {
    checkoutReviewReturnUrl: "https://shop.example/review?a=1#top",
    checkoutCancelUrl: "https://shop.example/",
  };
  return createSession(sandbox.engine, {
    merchant,
    environment: "sandbox",
    productType: null,
    body: { storeId: merchant.storeId, webCheckoutDetails, ...over },
  });
}

function firstMerchant() {
  const [merchant] = sandbox.engine.state.merchants.values();
  if (merchant === undefined) throw new Error("no merchant");
  return merchant;
}

function ready(): void {
  const webCheckoutDetails = { checkoutResultReturnUrl: "https://shop.example/result" };
  const paymentDetails = { paymentIntent: "Confirm", chargeAmount: { amount: "10", currencyCode: "USD" } };
  updateSession(sandbox.engine, session, { webCheckoutDetails, paymentDetails }, firstMerchant());
}

const play = (body: object) =>
  sandbox.control("POST", `/checkout-sessions/${session.checkoutSessionId}/buyer`, body as BuyerRequest);

describe("refused", () => {
  test.each<[object, string, string]>([
    [{}, "control.invalid", "sign-in, approve, cancel"],
    [{ action: "toString" }, "control.invalid", "action"],
    [{ action: "sign-in", instrument: "9999" }, "buyer.unknown-card", "9999"],
    [{ action: "sign-in", instrument: 1111 }, "control.invalid", "instrument"],
    [{ action: "sign-in", buyerId: "amzn1.account.AHSANDBOXJPBUYERONE" }, "buyer.unknown-buyer", "region na"],
    [{ action: "sign-in", shippingAddress: "moon" }, "buyer.unknown-address", "moon"],
    [{ action: "sign-in", shippingAddress: [] }, "buyer.unknown-address", "at least one"],
    [{ action: "sign-in", shippingAddress: [1] }, "control.invalid", "list"],
    [{ action: "sign-in", shippingAddress: true }, "control.invalid", "shippingAddress"],
    [{ action: "sign-in", shippingAddress: { street: "x" } }, "control.invalid", "street"],
    [{ action: "sign-in", shippingAddress: { city: 7 } }, "control.invalid", "city"],
    [{ action: "sign-in", adress: "x" }, "control.invalid", "adress"],
    [{ action: "approve" }, "buyer.not-signed-in", "sign-in"],
  ])("%j", async (body, code, words) => {
    await expect(play(body)).rejects.toMatchObject({ code, message: expect.stringContaining(words) as string });
    expect(session).toMatchObject({ buyer: null, status: { state: "Open" } });
  });

  test("an unknown session", async () => {
    await expect(sandbox.control("POST", "/checkout-sessions/none/buyer", { action: "cancel" })).rejects.toMatchObject({
      code: "control.not-found",
    });
  });

  test("a session with constraints, and one that is over", async () => {
    await play({ action: "sign-in" });
    await expect(play({ action: "approve" })).rejects.toMatchObject({
      code: "buyer.constraints-left",
      status: 409,
      message: expect.stringContaining("ChargeAmountNotSet") as string,
    });
    await play({ action: "cancel" });
    for (const action of ["sign-in", "approve", "cancel", "decline", "fail"]) {
      await expect(play({ action })).rejects.toMatchObject({ code: "buyer.session-over", status: 409 });
    }
  });

  test("an address that the merchant does not deliver to", async () => {
    session = open({
      deliverySpecifications: {
        specialRestrictions: ["RestrictPOBoxes"],
        addressRestrictions: { type: "NotAllowed", restrictions: { US: { statesOrRegions: ["WA"] } } },
      },
    });
    await expect(play({ action: "sign-in", shippingAddress: "na-po-box" })).rejects.toMatchObject({
      code: "buyer.undeliverable",
    });
    await expect(
      play({ action: "sign-in", shippingAddress: { addressLine1: "P. O. Box 7", countryCode: "US" } }),
    ).rejects.toMatchObject({ code: "buyer.undeliverable" });
    await play({ action: "sign-in" });
    expect(session.buyer?.addressId).toBe("na-work");
  });
});

describe("a script plays the buyer", () => {
  test("sign in with defaults, approve", async () => {
    expect(await play({ action: "sign-in" })).toEqual({
      redirectUrl: `https://shop.example/review?a=1&amazonCheckoutSessionId=${session.checkoutSessionId}#top`,
    });
    expect(session.details.productType).toBe("PayAndShip");
    ready();
    const result = { redirectUrl: `https://shop.example/result?amazonCheckoutSessionId=${session.checkoutSessionId}` };
    expect(await play({ action: "approve" })).toEqual(result);
    expect(session.buyerConfirmed).toBe(true);
    expect(await play({ action: "approve" })).toEqual(result);
  });

  test("with a card that ends it, chosen at the last moment", async () => {
    await play({
      action: "sign-in",
      shippingAddress: { name: "Somebody", addressLine1: "Elsewhere 1", countryCode: "US" },
    });
    expect(findAddress(sandbox.engine, session.buyer?.addressId ?? "")?.address).toMatchObject({
      name: "Somebody",
      city: null,
    });
    ready();
    await play({ action: "approve", instrument: "3434" });
    expect(session).toMatchObject({
      buyer: { instrumentId: "visa-3434" },
      status: { state: "Canceled", reasonCode: "Declined" },
    });
  });

  test.each([
    ["decline", "Declined"],
    ["fail", "AmazonCanceled"],
    ["cancel", "BuyerCanceled"],
  ])("%s on the processing page", async (action, reasonCode) => {
    await play({ action: "sign-in" });
    ready();
    expect(await play({ action })).toEqual({
      redirectUrl: `https://shop.example/result?amazonCheckoutSessionId=${session.checkoutSessionId}`,
    });
    expect(session.status).toMatchObject({ state: "Canceled", reasonCode });
  });

  test("cancel before it goes to the cancel address", async () => {
    expect(await play({ action: "cancel" })).toEqual({ redirectUrl: "https://shop.example/" });
  });
});

describe("buyer tokens", () => {
  const merchantId = (): string => firstMerchant().merchantId;

  test("live for 24 hours", async () => {
    const { buyerToken } = (await sandbox.control("POST", "/buyer-tokens", {
      merchantId: merchantId(),
      scopes: ["name"],
    })) as { buyerToken: string };
    expect(readBuyerToken(sandbox.engine, buyerToken)).toMatchObject({
      merchantId: merchantId(),
      buyerId: "amzn1.account.AHSANDBOXNABUYERONE",
      scopes: ["name"],
    });
    await sandbox.clock.advance("PT23H59M");
    expect(readBuyerToken(sandbox.engine, buyerToken)).toBeDefined();
    await sandbox.clock.advance("PT1M");
    expect(readBuyerToken(sandbox.engine, buyerToken)).toBeUndefined();
    expect(readBuyerToken(sandbox.engine, "none")).toBeUndefined();
  });

  test.each([
    [{}, "merchant"],
    [{ merchantId: "nobody" }, "nobody"],
    [{ merchantId: "*", buyerId: "x" }, "buyerId"],
    [{ merchantId: "*", scopes: ["everything"] }, "scopes"],
    [{ merchantId: "*", environment: "moon" }, "environment"],
    [{ merchantId: "*", scope: [] }, "scope"],
  ])("%j is refused", async (body, words) => {
    const given = "merchantId" in body && body.merchantId === "*" ? { ...body, merchantId: merchantId() } : body;
    await expect(sandbox.control("POST", "/buyer-tokens", given as { merchantId: string })).rejects.toThrow(words);
  });
});
