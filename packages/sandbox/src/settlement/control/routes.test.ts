import { describe, expect, it } from "vitest";
import { onlyMembers } from "../../control/read-members.ts";
import type { ControlRequest } from "../../module.ts";
import { shopFixture, START } from "../testing/shop-fixture.ts";
import { booksControl } from "./routes.ts";

const setUp = (region: "na" | "eu" | "jp" = "na") => {
  const shop = shopFixture(region);
  const routes = booksControl(shop.engine);
  const call = (method: string, path: string, body: Record<string, unknown> = {}, query = ""): unknown => {
    const route = routes.find((candidate) => candidate.method === method && candidate.path === path);
    if (route === undefined) throw new Error(`no route ${method} ${path}`);
    const request: ControlRequest = {
      params: { merchantId: shop.merchant.merchantId },
      query: new URLSearchParams(query),
      body,
      origin: "http://sandbox.invalid",
    };
    onlyMembers(body, route.members ?? []);
    return route.handle(request);
  };
  return { shop, call, merchantId: shop.merchant.merchantId };
};

const SETTINGS = "/merchants/:merchantId/books";

describe("bad input to the books' control calls is a named error", () => {
  it.each([
    [{}, /merchantId is missing/],
    [{ merchantId: 7 }, /merchantId must be text/],
    [{ merchantId: "NOBODY" }, /there is no merchant "NOBODY"/],
    [{ merchantId: "", environment: "sandbox" }, /merchantId must be text/],
  ])("POST /settlements %j", (body, message) => {
    expect(() => setUp().call("POST", "/settlements", body)).toThrow(message);
  });

  it.each([
    [{ environment: "moon" }, /environment: expected one of sandbox, live/],
    [{ currencyCode: "usd" }, /currencyCode: expected a currency code/],
    [{ currency: "USD" }, /"currency" is not a member of this call/],
  ])("POST /settlements of a merchant, %j", (body, message) => {
    const { call, merchantId } = setUp();
    expect(() => call("POST", "/settlements", { merchantId, ...body })).toThrow(message);
  });

  it.each([
    [{}, /amount: expected an amount as text/],
    [{ amount: 5 }, /amount: expected an amount as text/],
    [{ amount: "5.001" }, /amount: expected an amount in USD/],
    [{ amount: "0.00" }, /adjustment of zero/],
    [{ amount: "1.00", currencyCode: "JPY" }, /not settled in JPY/],
    [{ amount: "1.00", description: 5 }, /description must be text/],
  ])("POST /adjustments %j", (body, message) => {
    const { call, merchantId } = setUp();
    expect(() => call("POST", "/adjustments", { merchantId, ...body })).toThrow(message);
  });

  it.each([
    [{ settlementEvery: "3 days" }, /settlementEvery: expected a span/],
    [{ settlementEvery: "PT5S" }, /a span of a minute or more/],
    [{ settlementEvry: "P3D" }, /"settlementEvry" is not a member of this call/],
    [{ reserve: "tier-1" }, /reserve: expected an object/],
    [{ reserve: { kind: "some" } }, /reserve.kind: expected one of/],
    [{ reserve: { kind: "rolling", basisPoints: 0, days: 7 } }, /reserve.basisPoints: expected a whole number/],
    [{ reserve: { kind: "fixed", amount: "-5.00" } }, /reserve.amount: cannot be negative/],
    [{ reserve: { kind: "none", days: 7 } }, /"reserve.days" is not a member of reserve; known are: kind/],
    [{ crossBorder: "yes" }, /crossBorder: expected true or false/],
    [{ holdTransfersUntil: "tomorrow" }, /holdTransfersUntil: expected a time/],
    [{ fees: {} }, /fees: expected a list/],
    [{ fees: [{ currency: "USD" }] }, /fees\[0\].basisPoints: expected a whole number/],
    [{ fees: [{ currency: "XXX", basisPoints: 1 }] }, /fees\[0\].currency: expected a currency code/],
  ])("POST /merchants/…/books %j", (body, message) => {
    expect(() => setUp().call("POST", SETTINGS, body)).toThrow(message);
  });

  it("GET /bank without a merchant", () => {
    expect(() => setUp().call("GET", "/bank")).toThrow(/merchantId= is missing/);
  });
});

describe("the books' control calls", () => {
  it("close the running settlement and show it", () => {
    const { shop, call, merchantId } = setUp("jp");
    shop.sell(5000n);
    expect(call("POST", "/settlements", { merchantId })).toEqual({
      settlements: [
        expect.objectContaining({ currency: "JPY", opening: "0", transferred: "4800", carryover: "0", reserved: "0" }),
      ],
    });
    expect(call("POST", "/settlements", { merchantId })).toEqual({ settlements: [] });
  });

  it("change settings, and show them in the form in which they can be sent back", () => {
    const { call } = setUp();
    const sent = {
      settlementEvery: "P3D",
      reserve: { kind: "fixed", amount: "25.00" },
      minimumTransfer: "5.00",
      holdTransfersUntil: "2026-02-01T00:00:00Z",
      fees: [
        {
          currency: "USD",
          from: "2026-01-01T00:00:00Z",
          basisPoints: 220,
          crossBorderBasisPoints: 0,
          fixed: "0.30",
          dispute: "20.00",
          uncapturedAuthorization: true,
        },
      ],
    };
    const shown = call("POST", SETTINGS, sent) as Record<string, unknown>;
    expect(shown).toMatchObject(sent);
    expect(call("POST", SETTINGS, shown)).toEqual(shown);
    expect(call("GET", SETTINGS)).toEqual(shown);
  });

  it("show what the bank has booked, three business days after the payout", () => {
    const { shop, call, merchantId } = setUp();
    shop.sell(10_000n);
    call("POST", "/settlements", { merchantId });
    expect(call("GET", "/bank", {}, `merchantId=${merchantId}`)).toEqual({ merchantId, lines: [] });
    shop.wait(4 * 86_400_000);
    const line = {
      bookedOn: "2026-01-08",
      amount: "96.80",
      currency: "USD",
      text: expect.stringMatching(/^AMAZON PAYMENTS /),
    };
    expect(call("GET", "/bank", {}, `merchantId=${merchantId}`)).toMatchObject({ lines: [line] });
    expect(new Date(START).getUTCDay()).toBe(1);
  });

  it("post an adjustment", () => {
    const { call, merchantId } = setUp("eu");
    expect(call("POST", "/adjustments", { merchantId, amount: "-1.50", currencyCode: "GBP" })).toMatchObject({
      transactionType: "Adjustments",
      netTransactionAmount: "-1.50",
      currencyCode: "GBP",
    });
  });
});
