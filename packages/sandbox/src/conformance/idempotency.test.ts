import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { makePermission, signedCaller, type SignedCaller } from "../testing/index.ts";

const price = (amount: string) => ({ amount, currencyCode: "USD" });
const key = (value: string) => ({ "x-amz-pay-idempotency-key": value });

/** docs/amazon-pay/requests.md and docs/amazon-pay/README.md. */
describe("idempotency keys", () => {
  let sandbox: Sandbox;
  let call: SignedCaller;
  beforeAll(async () => {
    sandbox = await createSandbox({
      seed: 1,
      clock: manualClock(Date.UTC(2026, 0, 1)),
      merchants: [{ region: "na" }, { region: "na", merchantId: "A2" }],
    });
    call = signedCaller(sandbox);
  });
  const permission = async (merchantId?: string) =>
    (await makePermission(sandbox, merchantId === undefined ? {} : { merchantId })).chargePermissionId;

  it.each([
    ["a".repeat(33), "InvalidHeaderValue"],
    ["3f2504e0-4f89-11d3-9a0c-0305e82c3301", "InvalidHeaderValue"],
    ["with space", "InvalidHeaderValue"],
    ["ü", "InvalidHeaderValue"],
    ["", "MissingHeaderValue"],
  ])("refuses the key %j", async (value, reason) => {
    const body = { chargePermissionId: await permission(), chargeAmount: price("1.00") };
    // A header can only carry Latin letters of one byte each.
    const answer = await call("POST", "/v2/charges", body, key(value));
    expect(answer).toMatchObject({ status: 400, body: { reasonCode: reason } });
  });

  it("answers the same for ever, byte for byte, whatever has happened since", async () => {
    const chargePermissionId = await permission();
    const first = await call("POST", "/v2/charges", { chargePermissionId, chargeAmount: price("5.00") }, key("ever"));
    expect(first.status).toBe(201);
    await call("POST", `/v2/charges/${String(first.body["chargeId"])}/capture`, { captureAmount: price("5.00") });
    await sandbox.clock.advance("P3Y");
    // Other order of members, other root, a slash at the end: the same call.
    const again = await call("POST", "/v2/charges/", { chargeAmount: price("5.00"), chargePermissionId }, key("ever"));
    expect([again.status, again.body]).toEqual([first.status, first.body]);
  });

  it("refuses another body, and goes on working", async () => {
    const chargePermissionId = await permission();
    const charge = (amount: string, value: string) =>
      call("POST", "/v2/charges", { chargePermissionId, chargeAmount: price(amount), captureNow: true }, key(value));
    expect((await charge("5.00", "other")).status).toBe(201);
    expect(await charge("6.00", "other")).toMatchObject({
      status: 400,
      body: { reasonCode: "DuplicateIdempotencyKey" },
    });
    expect((await charge("6.00", "other2")).status).toBe(201);
  });

  it("keeps a refusal by the operation too, and not one of the request's form", async () => {
    const chargePermissionId = await permission();
    const decline = { ...key("declined"), "x-amz-pay-simulation-code": "SoftDeclined" };
    const body = { chargePermissionId, chargeAmount: price("5.00") };
    expect(await call("POST", "/v2/charges", body, decline)).toMatchObject({ body: { reasonCode: "SoftDeclined" } });
    expect(await call("POST", "/v2/charges", body, key("declined"))).toMatchObject({
      body: { reasonCode: "SoftDeclined" },
    });
    expect((await call("POST", "/v2/charges", { ...body, typo: 1 }, key("form"))).status).toBe(400);
    expect((await call("POST", "/v2/charges", body, key("form"))).status).toBe(201);
  });

  it("is per operation and object, per merchant and environment", async () => {
    const ids = await Promise.all([permission(), permission()]);
    const charges = [];
    for (const [index, chargePermissionId] of ids.entries()) {
      const answer = await call(
        "POST",
        "/v2/charges",
        { chargePermissionId, chargeAmount: price("5.00") },
        key(`c${index}`),
      );
      charges.push(String(answer.body["chargeId"]));
    }
    for (const id of charges) {
      const captured = await call("POST", `/v2/charges/${id}/capture`, { captureAmount: price("5.00") }, key("shared"));
      expect([captured.status, captured.body["chargeId"]]).toEqual([200, id]);
      const refund = { chargeId: id, refundAmount: price("1.00") };
      const refunded = await call("POST", "/v2/refunds", refund, key(`shared${id.slice(-3)}`));
      expect(refunded.status).toBe(201);
    }
    const other = signedCaller(sandbox, { merchantId: "A2" });
    const body = { chargePermissionId: await permission("A2"), chargeAmount: price("5.00") };
    expect((await other("POST", "/v2/charges", body, key("c0"))).status).toBe(201);
    const session = {
      webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/r" },
      storeId: sandbox.merchants[0]?.storeId,
    };
    const plain = signedCaller(sandbox, { publicKeyId: sandbox.merchants[0]?.keys[1]?.publicKeyId ?? "" });
    const made = [];
    for (const root of ["/sandbox/v2", "/live/v2"]) {
      made.push((await plain("POST", `${root}/checkoutSessions`, session, key("env"))).body["checkoutSessionId"]);
    }
    expect(new Set(made).size).toBe(2);
  });

  it("one answer for many at a time", async () => {
    const body = { chargePermissionId: await permission(), chargeAmount: price("5.00") };
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => call("POST", "/v2/charges", body, key("crowd"))),
    );
    expect(new Set(answers.map((answer) => answer.body["chargeId"])).size).toBe(1);
  });

  it("does not count on other methods, nor for account registrations", async () => {
    const chargePermissionId = await permission();
    const patch = (noteToBuyer: string) =>
      call("PATCH", `/v2/chargePermissions/${chargePermissionId}`, { merchantMetadata: { noteToBuyer } }, key("patch"));
    expect((await patch("one")).status).toBe(200);
    expect(await patch("two")).toMatchObject({ status: 200, body: { merchantMetadata: { noteToBuyer: "two" } } });
    const businessInfo = {
      businessType: "INDIVIDUAL",
      countryOfEstablishment: "US",
      businessLegalName: "Paper & Pens",
      businessAddress: { addressLine1: "1 Main St", city: "Springfield", postalCode: "12345", countryCode: "US" },
    };
    const register = (uniqueReferenceId: string) =>
      call("POST", "/v2/merchantAccounts", { uniqueReferenceId, ledgerCurrency: "USD", businessInfo }, key("accounts"));
    const accounts = [await register("R1"), await register("R2")];
    expect(accounts.map(({ status }) => status)).toEqual([201, 201]);
    expect(accounts[0]?.body["merchantAccountId"]).not.toBe(accounts[1]?.body["merchantAccountId"]);
  });

  it("in a shop, the reference ids take the part of the key", async () => {
    const scan = {
      scanData: "UKhrmatMeKdlfY6b",
      scanReferenceId: "s1",
      merchantCOE: "US",
      ledgerCurrency: "USD",
      chargeTotal: price("2.00"),
    };
    const first = await call("POST", "/v2/in-store/merchantScan", scan);
    expect((await call("POST", "/v2/in-store/merchantScan", scan)).body).toEqual(first.body);
    expect(await call("POST", "/v2/in-store/merchantScan", { ...scan, merchantCOE: "GB" })).toMatchObject({
      body: { reasonCode: "DuplicateIdempotencyKey" },
    });
  });
});
