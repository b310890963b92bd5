import { generateKeyPairSync } from "node:crypto";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { clientOptions, signedCaller } from "../testing/index.ts";

type Json = Record<string, unknown>;

describe("the control plane", () => {
  let sandbox: Sandbox;
  let merchantId: string;
  const clock = manualClock(Date.UTC(2026, 0, 10));
  const fetchJson = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
    const request = new Request(`http://127.0.0.1/_sandbox${path}`, { method, headers, body: body ?? null });
    const answer = await sandbox.fetch(request);
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  const control = (method: string, path: string, body?: object) => sandbox.control(method, path, body) as Promise<Json>;

  beforeEach(async () => {
    sandbox = await createSandbox({ seed: 1, clock });
    merchantId = sandbox.merchants[0]?.merchantId ?? "";
  });

  it("moves the clock to the last second of the last year, and no further", async () => {
    const last = "9999-12-31T23:59:59Z";
    expect(await control("POST", "/clock", { now: last })).toMatchObject({ now: last });
    await expect(control("POST", "/clock", { now: "10000-01-01T00:00:00Z" })).rejects.toThrow(/year 2000 to 9999/);
  });

  it.each([
    ["POST", "/clock", "{", 400, "control.not-json"],
    ["POST", "/clock", "[]", 400, "control.invalid"],
    ["POST", "/clock", `${'{"a":'.repeat(100)}1${"}".repeat(100)}`, 400, "control.not-json"],
    ["POST", "/clock", "{}", 400, "control.missing"],
    ["POST", "/clock", '{"advance":"-P1D"}', 400, "control.invalid"],
    ["POST", "/clock", '{"advance":"P101Y"}', 400, "control.invalid"],
    ["POST", "/clock", '{"now":"tomorrow"}', 400, "control.invalid"],
    ["POST", "/clock", '{"advance":"P1D","now":"2030-01-01T00:00:00Z"}', 400, "control.missing"],
    ["POST", "/clock", '{"advnce":"P1D"}', 400, "control.invalid"],
    ["DELETE", "/clock", undefined, 405, "control.wrong-method"],
    ["GET", "/nothing", undefined, 404, "control.not-found"],
    ["POST", "/merchants", '{"region":"mars"}', 400, "control.invalid"],
    ["POST", "/merchants", '{"region":"na","publicKey":"nonsense"}', 400, "control.invalid"],
    ["POST", "/merchants", '{"region":"na","notificationUrl":"ftp://x"}', 400, "control.invalid"],
    ["POST", "/merchants", '{"region":"na","currency":"JPY"}', 400, "control.invalid"],
    ["POST", "/charge-permissions", "{}", 400, "control.missing"],
    ["POST", "/charge-permissions", '{"merchantId":"nobody"}', 404, "control.not-found"],
    ["POST", "/buyer-tokens", "{}", 400, "control.missing"],
    ["POST", "/buyer-tokens", '{"merchantId":"nobody"}', 404, "control.not-found"],
    ["POST", "/charges/none/chargeback", "{}", 404, "control.not-found"],
    ["POST", "/checkout-sessions/none/buyer", '{"action":"approve"}', 404, "control.not-found"],
    ["POST", "/settlements", "{}", 400, "control.missing"],
    ["POST", "/settlements", '{"merchantId":"nobody"}', 404, "control.not-found"],
    ["POST", "/discrepancies", "{}", 400, "control.missing"],
    ["POST", "/discrepancies", '{"kind":"nonsense"}', 400, "discrepancy.kind"],
    ["POST", "/reports", "{}", 400, "control.missing"],
    ["GET", "/truth", undefined, 400, "control.missing"],
    ["GET", "/truth?merchantId=nobody", undefined, 404, "control.not-found"],
    ["GET", "/truth?merchantid=nobody", undefined, 400, "control.invalid"],
    ["GET", "/events?since=1", undefined, 400, "control.invalid"],
    ["POST", "/faults", '{"fault":"hang","match":{"method":"FETCH"}}', 400, "control.invalid"],
    ["POST", "/merchants", '{"publicKeyId":"LIVE-MINE"}', 400, "control.missing"],
    ["GET", "/events?limit=-1", undefined, 400, "control.invalid"],
    ["PUT", "/snapshot", '{"snapshot":"garbage"}', 400, "sandbox.bad-snapshot"],
    [
      "PUT",
      "/snapshot",
      '{"snapshot":"{\\"format\\":\\"amazon-pay-sandbox/1\\",\\"collections\\":[5]}"}',
      400,
      "sandbox.bad-snapshot",
    ],
  ])("refuses %s %s %s", async (method, path, body, status, code) => {
    const before = sandbox.snapshot();
    const answer = await fetchJson(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ error: { code, message: expect.stringMatching(/.{10}/) as string } });
    expect(sandbox.snapshot()).toBe(before);
  });

  it.each([
    ["amount", { amount: "-1.00" }],
    ["amount", { amount: "0" }],
    ["amount", { amount: "1.001" }],
    ["amount", { amount: "1,000.00" }],
    ["amount", { amount: null }],
    ["currency", { currencyCode: "EUR" }],
    ["currency", { currencyCode: "XXX" }],
    ["type", { type: "Onetime" }],
    ["instrument", { instrument: "9999" }],
    ["member", { ammount: "1.00" }],
    ["reference", { merchantReferenceId: "x".repeat(257) }],
    ["rhythm", { type: "Recurring", recurringMetadata: { frequency: { unit: "Fortnight" } } }],
    ["rhythm", { type: "Recurring", recurringMetadata: "monthly" }],
  ])("refuses a permission with a wrong %s: %j", async (_name, wrong) => {
    const body = { merchantId, type: "OneTime", amount: "10.00", currencyCode: "USD", ...wrong };
    await expect(control("POST", "/charge-permissions", body)).rejects.toMatchObject({ status: 400 });
  });

  it.each([
    { host: "evil.example" },
    { host: "127.0.0.1.evil.example" },
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
  ])("answers nobody from elsewhere: %j", async (headers) => {
    const answer = await sandbox.handle({
      method: "GET",
      path: "/_sandbox/merchants",
      query: "",
      headers: { host: "127.0.0.1:8580", ...headers },
      body: new Uint8Array(0),
      origin: "http://127.0.0.1:8580",
      loopback: true,
    });
    expect(answer.status).toBe(403);
    const remote = await sandbox.handle({
      method: "GET",
      path: "/_sandbox/merchants",
      query: "",
      headers: { host: "127.0.0.1:8580" },
      body: new Uint8Array(0),
      origin: "http://127.0.0.1:8580",
      loopback: false,
    });
    expect(remote.status).toBe(403);
  });

  it.each([
    ["127.0.0.1:8580", 200],
    ["192.168.1.7:8580", 200],
    ["[fd00::7]:8580", 200],
    ["localhost", 200],
    ["Sandbox:8580", 200],
    ["host.docker.internal:8580", 200],
    ["pay.test:8580", 200],
    ["evil.example:8580", 403],
    ["127.0.0.1.evil.example", 403],
    ["sandbox.evil.example", 403],
    ["localhost.evil.example", 403],
    ["evil", 403],
    ["", 403],
  ])("open to other machines, it answers under its own names only: %s, %i", async (host, status) => {
    const open = await createSandbox({ clock, seed: 2, remoteControl: true, allowedHosts: ["Pay.Test"] });
    const origin = `http://${host}`;
    const answer = await open.handle({
      method: "GET",
      path: "/_sandbox/merchants",
      query: "",
      headers: { host, origin, "sec-fetch-site": "same-origin" },
      body: new Uint8Array(0),
      origin,
      loopback: false,
    });
    expect(answer.status).toBe(status);
    const page = await open.handle({
      method: "GET",
      path: "/_sandbox/ui",
      query: "",
      headers: { host },
      body: new Uint8Array(0),
      origin,
      loopback: false,
    });
    expect(page.status).toBe(status);
    await open.close();
  });

  it("tells its state and its merchants", async () => {
    expect(await control("GET", "/health")).toMatchObject({ status: "ok", strict: false, throttling: false });
    const { merchants } = (await control("GET", "/merchants")) as { readonly merchants: readonly Json[] };
    expect(merchants.map(({ region, currency }) => [region, currency])).toEqual([
      ["na", "USD"],
      ["eu", "EUR"],
      ["jp", "JPY"],
    ]);
    for (const merchant of merchants) {
      expect(merchant).toMatchObject({ mws: { sellerId: merchant["merchantId"] }, keys: [{}, {}] });
      expect(merchant["storeId"]).toMatch(/^amzn1\.application-oa2-client\.[0-9a-f]{32}$/);
    }
    const added = await control("POST", "/merchants", { region: "eu", currency: "GBP", merchantId: "A2SHOP" });
    expect(added).toMatchObject({ merchantId: "A2SHOP", region: "eu", currency: "GBP" });
    await expect(control("POST", "/merchants", { region: "eu", merchantId: "A2SHOP" })).rejects.toMatchObject({
      status: 409,
    });
  });

  it("plays the buyer, and gives tokens, permissions and chargebacks", async () => {
    const pay = new AmazonPay({ ...clientOptions(sandbox), clock });
    const { checkoutSessionId } = await pay.checkoutSessions.create({
      webCheckoutDetails: {
        checkoutReviewReturnUrl: "https://shop.example/r",
        checkoutResultReturnUrl: "https://shop.example/x?a=1",
      },
      storeId: sandbox.merchants[0]?.storeId ?? "",
      paymentDetails: { paymentIntent: "AuthorizeWithCapture", chargeAmount: { amount: "9.00", currencyCode: "USD" } },
    });
    const buyer = `/checkout-sessions/${checkoutSessionId}/buyer`;
    await expect(control("POST", buyer, { action: "approve" })).rejects.toThrow(/buyer|sign/i);
    expect(await control("POST", buyer, { action: "sign-in" })).toEqual({
      redirectUrl: `https://shop.example/r?amazonCheckoutSessionId=${checkoutSessionId}`,
    });
    expect((await pay.checkoutSessions.retrieve(checkoutSessionId)).constraints).toEqual([]);
    expect(await control("POST", buyer, { action: "approve" })).toEqual({
      redirectUrl: `https://shop.example/x?a=1&amazonCheckoutSessionId=${checkoutSessionId}`,
    });
    const done = await pay.checkoutSessions.complete(checkoutSessionId, {
      chargeAmount: { amount: "9.00", currencyCode: "USD" },
    });
    expect(done.statusDetails.state).toBe("Completed");
    for (const wrong of [{ filingReason: "Mood" }, { type: "Return" }, { amount: "0" }, { amount: "9.01" }]) {
      await expect(control("POST", `/charges/${String(done.chargeId)}/chargeback`, wrong)).rejects.toMatchObject({
        status: 400,
      });
    }
    const { disputeId, ...rest } = await control("POST", `/charges/${String(done.chargeId)}/chargeback`);
    expect(rest).toEqual({});
    expect((await pay.disputes.retrieve(String(disputeId))).statusDetails).toMatchObject({
      state: "ActionRequired",
      reasonCode: "MerchantResponseRequired",
    });
    const { buyerToken } = (await control("POST", "/buyer-tokens", { merchantId })) as { readonly buyerToken: string };
    expect((await pay.buyers.retrieve(buyerToken)).buyerId).toMatch(/^amzn1\.account\.[A-Z0-9]+$/);
    const spec = { merchantId, type: "Recurring", amount: "5.00", currencyCode: "USD", merchantReferenceId: "sub-1" };
    const made = await control("POST", "/charge-permissions", spec);
    expect(made).toEqual({ chargePermissionId: expect.stringMatching(/^C01-\d{7}-\d{7}$/) as string });
  });

  it("moves the clock: what is due happens in order", async () => {
    expect(await control("GET", "/clock")).toMatchObject({ now: "2026-01-10T00:00:00Z" });
    expect(await control("POST", "/clock", { advance: "P1DT2H" })).toMatchObject({ now: "2026-01-11T02:00:00Z" });
    expect(await control("POST", "/clock", { now: "2026-01-31T00:00:00Z" })).toMatchObject({
      now: "2026-01-31T00:00:00Z",
    });
    expect(await control("POST", "/clock", { now: "2025-12-01T00:00:00Z" })).toMatchObject({
      now: "2025-12-01T00:00:00Z",
    });
  });

  it("answers calls while the clock goes over many years", async () => {
    const pay = new AmazonPay({ ...clientOptions(sandbox), clock });
    const spec = { merchantId, type: "OneTime", amount: "100.00", currencyCode: "USD" };
    const { chargePermissionId } = (await control("POST", "/charge-permissions", spec)) as {
      readonly chargePermissionId: string;
    };
    await pay.charges.create({
      chargePermissionId,
      chargeAmount: { amount: "100.00", currencyCode: "USD" },
      captureNow: true,
    });
    let arrived = false;
    const moving = sandbox.clock.advance("P10Y").then(() => {
      arrived = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    const answer = await sandbox.fetch(new Request(`${sandbox.place.origin}/checkout.js`));
    expect([answer.status, arrived]).toEqual([200, false]);
    await moving;
    expect(await control("GET", "/clock")).toMatchObject({ now: "2036-01-10T00:00:00Z" });
  });

  it("closes the running settlement, and knows the truth about it", async () => {
    const pay = new AmazonPay({ ...clientOptions(sandbox), clock });
    const spec = { merchantId, type: "OneTime", amount: "100.00", currencyCode: "USD" };
    const { chargePermissionId } = (await control("POST", "/charge-permissions", spec)) as {
      readonly chargePermissionId: string;
    };
    await pay.charges.create({
      chargePermissionId,
      chargeAmount: { amount: "100.00", currencyCode: "USD" },
      captureNow: true,
    });
    const { settlements } = (await control("POST", "/settlements", { merchantId })) as {
      readonly settlements: readonly Json[];
    };
    expect(settlements).toEqual([expect.objectContaining({ currency: "USD", transferred: "96.80" })]);
    const truth = await control("GET", `/truth?merchantId=${merchantId}`);
    expect(truth).toMatchObject({
      merchantId,
      movements: [
        {
          transactionType: "Capture",
          transactionAmount: "100.00",
          totalTransactionFee: "-3.20",
          netTransactionAmount: "96.80",
        },
        { transactionType: "Transfer", netTransactionAmount: "-96.80" },
      ],
      discrepancies: [],
      faults: [],
    });
    const { disbursements } = await pay.disbursements.list({});
    expect(disbursements).toMatchObject([{ settlementId: settlements[0]?.["settlementId"], amount: "96.80" }]);
  });

  it("gives no id of a merchant to another one", async () => {
    const [merchant] = sandbox.merchants;
    const publicKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({
      type: "spki",
      format: "pem",
    });
    for (const taken of [
      { merchantId: merchant?.merchantId },
      { storeId: merchant?.storeId },
      { publicKey, publicKeyId: merchant?.keys[0]?.publicKeyId },
    ]) {
      await expect(
        control("POST", "/merchants", { region: "na", ...taken }),
        Object.keys(taken).join(),
      ).rejects.toMatchObject({ status: 409, code: "control.conflict" });
    }
  });

  it("makes a report under a chosen id, complete at once", async () => {
    const order = {
      merchantId,
      reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
      startTime: "2026-01-01T00:00:00Z",
      endTime: "2026-01-09T00:00:00Z",
      reportId: "59007019641",
    };
    expect(await control("POST", "/reports", order)).toMatchObject({
      reportId: "59007019641",
      processingStatus: "CANCELLED",
    });
    const call = signedCaller(sandbox);
    expect((await call("GET", "/v2/reports/59007019641")).status).toBe(200);
    await expect(control("POST", "/reports", order)).rejects.toMatchObject({ status: 409 });
    for (const wrong of [
      { reportId: "abc" },
      { reportId: "2", endTime: "2026-02-01T00:00:00Z" },
      { reportId: "2", endTime: "2025-02-01T00:00:00Z" },
      { reportId: "2", endTime: order.startTime },
      { reportId: "2", reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_" },
      { reportId: "2", environment: "beta" },
    ]) {
      await expect(control("POST", "/reports", { ...order, ...wrong }), JSON.stringify(wrong)).rejects.toMatchObject({
        status: 400,
      });
    }
  });

  it("logs what was called without secrets and buyer data, and forgets on reset", async () => {
    const pay = new AmazonPay({ ...clientOptions(sandbox), clock });
    const { buyerToken } = (await control("POST", "/buyer-tokens", { merchantId })) as { readonly buyerToken: string };
    await pay.buyers.retrieve(buyerToken);
    const spec = { merchantId, type: "OneTime", amount: "1.00", currencyCode: "USD" };
    const made = (await control("POST", "/charge-permissions", spec)) as { readonly chargePermissionId: string };
    await pay.chargePermissions.retrieve(made.chargePermissionId);
    const { mws } = sandbox.merchants[0] ?? {};
    await pay.authorizationTokens.retrieve(mws?.authToken ?? "", { merchantId });
    const { events } = (await control("GET", "/events")) as { readonly events: readonly Json[] };
    expect(events).toMatchObject([
      { operation: "getBuyer", response: { status: 200 }, signature: { valid: true } },
      { operation: "getChargePermission", request: { method: "GET" }, signature: { explanation: null } },
      { operation: "getAuthorizationToken" },
    ]);
    expect(events[1]).toMatchObject({
      signature: {
        canonicalRequest: expect.stringContaining(`GET\n/v2/chargePermissions/${made.chargePermissionId}\n`) as string,
        stringToSign: expect.stringMatching(/^AMZN-PAY-RSASSA-PSS-V2\n[0-9a-f]{64}$/) as string,
      },
    });
    const text = JSON.stringify(events);
    for (const secret of [
      buyerToken,
      encodeURIComponent(buyerToken),
      mws?.authToken ?? "",
      mws?.secretKey ?? "",
      "buyer.one@",
      "Test Buyer",
      "eyJ",
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/Signature=(?!\[hidden\])/);
    expect(await control("POST", "/reset")).toEqual({ status: "reset" });
    expect(await control("GET", "/events")).toEqual({ events: [] });
    expect((await control("GET", "/merchants"))["merchants"]).toHaveLength(3);
  });

  it("gives its state away and takes it back", async () => {
    const spec = { merchantId, type: "OneTime", amount: "1.00", currencyCode: "USD" };
    await control("POST", "/charge-permissions", spec);
    const { snapshot } = await control("GET", "/snapshot");
    const next = await control("POST", "/charge-permissions", spec);
    expect(await control("PUT", "/snapshot", { snapshot })).toEqual({ status: "restored" });
    expect(await control("POST", "/charge-permissions", spec)).toEqual(next);
    expect(String(snapshot)).not.toContain("PRIVATE KEY");
  });
});
