import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { makePermission, signedCaller, type SignedCaller } from "../testing/index.ts";

type Json = Record<string, unknown>;

const price = (amount: string) => ({ amount, currencyCode: "USD" });

let sandbox: Sandbox;
let call: SignedCaller;
beforeEach(async () => {
  sandbox = await createSandbox({
    seed: 1,
    clock: manualClock(Date.UTC(2026, 0, 10)),
    merchants: [{ region: "na" }, { region: "na", merchantId: "A2OTHER" }],
  });
  call = signedCaller(sandbox);
});

const permission = async () => (await makePermission(sandbox)).chargePermissionId;
const sale = async (): Promise<string> => {
  const body = { chargePermissionId: await permission(), chargeAmount: price("10.00"), captureNow: true };
  return String((await call("POST", "/v2/charges", body)).body["chargeId"]);
};

describe("in a shop (docs/amazon-pay/operations.md)", () => {
  const scan = (scanReferenceId: string, more: Json = {}) =>
    call("POST", "/v2/in-store/merchantScan", {
      scanData: "UKhrmatMeKdlfY6b",
      scanReferenceId,
      merchantCOE: "US",
      ledgerCurrency: "USD",
      chargeTotal: price("10.00"),
      ...more,
    });

  it("scans, charges and refunds", async () => {
    const { chargePermissionId } = (await scan("s1")).body;
    const charged = await call("POST", "/v2/in-store/charge", {
      chargePermissionId,
      chargeReferenceId: "c1",
      chargeTotal: price("10.00"),
      softDescriptor: "SHOP",
    });
    expect(charged).toMatchObject({ status: 200, body: { chargeStatus: { state: "Completed" } } });
    const refunded = await call("POST", "/v2/in-store/refund", {
      chargeId: charged.body["chargeId"],
      refundReferenceId: "r1",
      refundTotal: price("4.00"),
    });
    expect(refunded).toMatchObject({ status: 200, body: { refundStatus: { state: "Pending" } } });
    await sandbox.clock.advance("PT30S");
    const charge = await call("GET", `/v2/charges/${String(charged.body["chargeId"])}`);
    expect(charge.body).toMatchObject({ channel: "PointOfSale", refundedAmount: price("4.00") });
  });

  it.each([
    [{ scanData: "?" }, "InvalidParameterValue"],
    [{ chargeTotal: price("-1") }, "InvalidParameterValue"],
    [{ ledgerCurrency: "XXX" }, "InvalidParameterValue"],
    [{ scanReferenceId: undefined }, "MissingParameterValue"],
  ])("refuses %j", async (wrong, reasonCode) => {
    expect(await scan("s2", wrong)).toMatchObject({ status: 400, body: { reasonCode } });
  });
});

describe("delivery trackers (docs/amazon-pay/operations.md)", () => {
  it("repeat the request, and take a number once", async () => {
    const track = async (trackingNumber: string, more: Json = {}) =>
      call("POST", "/v2/deliveryTrackers", {
        chargePermissionId: await permission(),
        deliveryDetails: [{ trackingNumber, carrierCode: "UPS" }],
        ...more,
      });
    expect(await track("1Z1")).toMatchObject({
      status: 200,
      body: { deliveryDetails: [{ trackingNumber: "1Z1", carrierCode: "UPS" }] },
    });
    expect((await track("1Z1")).body).toEqual({
      reasonCode: "InvalidParameterValue",
      message: expect.stringMatching(/trackingNumber\] is invalid.*It was used before/) as string,
    });
    expect((await track("1Z2", { chargePermissionId: "S01-0000000-0000000" })).body["reasonCode"]).toBe(
      "ResourceNotFound",
    );
    expect((await track("1Z2", { deliveryDetails: [] })).status).toBe(400);
  });
});

describe("disputes and files (docs/amazon-pay/operations.md)", () => {
  const dispute = (chargeId: string, more: Json = {}) =>
    call("POST", "/v2/disputes", {
      chargeId,
      providerMetadata: { providerDisputeId: "P1" },
      disputeAmount: price("5.00"),
      filingReason: "ProductNotReceived",
      filingTimestamp: 1_767_000_000,
      statusDetails: { state: "ActionRequired" },
      merchantResponseDeadline: 1_769_000_000_000,
      ...more,
    });
  const evidence = { merchantEvidences: [{ evidenceType: "Receipt", evidenceText: "signed" }] };

  it("are made, contested and resolved, with times as epoch numbers of either unit", async () => {
    const made = await dispute(await sale());
    expect(made).toMatchObject({ status: 200, body: { statusDetails: { state: "ActionRequired" } } });
    const path = `/v2/disputes/${String(made.body["disputeId"])}`;
    expect(await call("POST", `${path}/contest`, evidence)).toMatchObject({
      body: { statusDetails: { state: "UnderReview" } },
    });
    const resolved = {
      statusDetails: { state: "Resolved", reasonCode: "InvestigatorResolved", resolution: "MerchantWon" },
    };
    expect((await call("PATCH", path, resolved)).body).toMatchObject(resolved);
    expect(await call("PATCH", path, resolved)).toMatchObject({ status: 400, body: { reasonCode: "InvalidRequest" } });
    expect((await call("GET", path)).body).toMatchObject({ merchantEvidences: [{ evidenceType: "Receipt" }] });
    // No money of Amazon's has moved.
    const truth = await sandbox.control("GET", `/truth?merchantId=${sandbox.merchants[0]?.merchantId}`);
    expect(truth.movements.map((row) => row["transactionType"])).toEqual(["Capture"]);
  });

  it.each<[string, Json, number, string]>([
    ["too much", { disputeAmount: price("10.01") }, 400, "TransactionAmountExceeded"],
    ["another currency", { disputeAmount: { amount: "1.00", currencyCode: "EUR" } }, 400, "CurrencyMismatch"],
    ["an unknown reason", { filingReason: "Mood" }, 400, "InvalidParameterValue"],
    ["an unknown state", { statusDetails: { state: "Open" } }, 400, "InvalidParameterValue"],
    ["a time that is none", { filingTimestamp: "yesterday" }, 400, "InvalidParameterValue"],
    ["an endless time", { merchantResponseDeadline: 9e18 }, 400, "InvalidParameterValue"],
  ])("refuse %s", async (_name, wrong, status, reasonCode) => {
    expect(await dispute(await sale(), wrong)).toMatchObject({ status, body: { reasonCode } });
  });

  it("need a charge that was captured, or that its provider ended", async () => {
    const body = { chargePermissionId: await permission(), chargeAmount: price("10.00") };
    const id = String((await call("POST", "/v2/charges", body)).body["chargeId"]);
    expect(await dispute(id)).toMatchObject({ status: 422, body: { reasonCode: "InvalidChargeStatus" } });
    const ended = { statusDetails: { state: "Canceled", reasonCode: "ExpiredUnused" } };
    expect((await call("PATCH", `/v2/charges/${id}`, ended)).body).toMatchObject(ended);
    const made = await dispute(id, { statusDetails: { state: "Resolved", resolution: "BuyerWon" } });
    expect(made.status).toBe(200);
    const late = await call("POST", `/v2/disputes/${String(made.body["disputeId"])}/contest`, evidence);
    expect(late).toMatchObject({ status: 200, body: { statusDetails: { state: "Resolved", resolution: "BuyerWon" } } });
  });

  it("from a bank take the money, give it back when won, and end by themselves when nobody answers", async () => {
    const [won, lost] = [await sale(), await sale()];
    const ids: string[] = [];
    for (const id of [won, lost])
      ids.push(
        ((await sandbox.control("POST", `/charges/${id}/chargeback`)) as { readonly disputeId: string }).disputeId,
      );
    await call("POST", `/v2/disputes/${ids[0]}/contest`, evidence);
    await sandbox.clock.advance("P11DT1S");
    const states = [];
    for (const id of ids) {
      const { statusDetails } = (await call("GET", `/v2/disputes/${id}`)).body as { readonly statusDetails: Json };
      states.push([statusDetails["state"], statusDetails["reasonCode"], statusDetails["resolution"]]);
    }
    expect(states).toEqual([
      ["Resolved", "InvestigatorResolved", "MerchantWon"],
      ["Resolved", "MerchantResponseDeadlineExpired", "BuyerWon"],
    ]);
    expect(await call("POST", `/v2/disputes/${ids[1]}/contest`, evidence)).toMatchObject({
      status: 400,
      body: { reasonCode: "InvalidRequest" },
    });
    const truth = await sandbox.control("GET", `/truth?merchantId=${sandbox.merchants[0]?.merchantId}`);
    const amounts = truth.movements
      .filter((row) => row["transactionType"] === "Chargeback")
      .map((row) => row["transactionAmount"]);
    expect(amounts).toEqual(["-10.00", "-10.00", "10.00"]);
  });

  it("a file's bytes go to the address that the answer names, for an hour", async () => {
    const made = await call("POST", "/v2/files", { type: "pdf", purpose: "disputeEvidence" });
    expect([made.status, Object.keys(made.body)]).toEqual([
      200,
      ["id", "type", "purpose", "url", "size", "uploadTimestamp", "urlExpirationTimestamp"],
    ]);
    const put = (url: string) => sandbox.fetch(new Request(url, { method: "PUT", body: "%PDF-1.4" }));
    const url = String(made.body["url"]);
    expect((await put(url)).status).toBe(200);
    expect((await put(`${url}0`)).status).toBe(404);
    await sandbox.clock.advance("PT1H1S");
    expect((await put(url)).status).toBe(403);
    expect((await call("POST", "/v2/files", { type: "exe", purpose: "disputeEvidence" })).status).toBe(400);
  });
});

describe("accounts, and acting for others (docs/amazon-pay/requests.md, docs/amazon-pay/operations.md)", () => {
  const account = {
    uniqueReferenceId: "U1",
    ledgerCurrency: "USD",
    businessInfo: {
      businessType: "INDIVIDUAL",
      countryOfEstablishment: "US",
      businessLegalName: "Paper & Pens",
      businessAddress: { addressLine1: "1 Main St", city: "Springfield", postalCode: "12345", countryCode: "US" },
    },
  };

  it("are registered, changed and deleted, each with its own success", async () => {
    const made = await call("POST", "/v2/merchantAccounts", account);
    expect([made.status, Object.keys(made.body)]).toEqual([201, ["uniqueReferenceId", "merchantAccountId"]]);
    const path = `/v2/merchantAccounts/${String(made.body["merchantAccountId"])}`;
    expect(await call("PATCH", path, { businessInfo: { businessLegalName: "Pens" } })).toMatchObject({
      status: 204,
      body: null,
    });
    const other = signedCaller(sandbox, { merchantId: "A2OTHER" });
    expect((await other("DELETE", path)).status).toBe(404);
    expect((await call("DELETE", path)).status).toBe(202);
    expect((await call("DELETE", path)).status).toBe(404);
  });

  it("are claimed with a redirect, once", async () => {
    const made = await call("POST", "/v2/merchantAccounts", account);
    const claim = (uniqueReferenceId: string) =>
      call("POST", `/v2/merchantAccounts/${String(made.body["merchantAccountId"])}/claim`, { uniqueReferenceId });
    expect(await claim("U2")).toMatchObject({ status: 400, body: { reasonCode: "InvalidParameterValue" } });
    const first = await claim("U1");
    expect([first.status, first.headers.get("location")]).toEqual([303, expect.stringContaining("/checkout/claim?")]);
    expect((await claim("U1")).status).toBe(200);
  });

  it("a token lets one merchant act for another, and nobody else", async () => {
    const other = sandbox.merchants[1];
    const { body } = await call("GET", `/v2/authorizationTokens/${other?.mws.authToken}?merchantId=A2OTHER`);
    const token = String(body["authorizationToken"]);
    expect(token.split(".")).toHaveLength(3);
    const { chargePermissionId } = await makePermission(sandbox, { merchantId: "A2OTHER" });
    const path = `/v2/chargePermissions/${chargePermissionId}`;
    const act = (authToken: string, caller = call) =>
      caller("GET", path, undefined, { "x-amz-pay-authtoken": authToken });
    expect((await call("GET", path)).status).toBe(404);
    expect((await act(token)).status).toBe(200);
    const [head, , tail] = token.split(".");
    const forged = `${head}.${Buffer.from(JSON.stringify({ sub: "A2OTHER", aud: sandbox.merchants[0]?.merchantId, exp: 9e9 })).toString("base64url")}.${tail}`;
    for (const wrong of ["x", "a.b.c", forged, `${token}x`]) {
      expect(await act(wrong), wrong).toMatchObject({ status: 403, body: { reasonCode: "InvalidAuthorizationToken" } });
    }
    const thief = signedCaller(sandbox, { merchantId: "A2OTHER" });
    expect(await act(token, thief)).toMatchObject({ status: 403 });
    const tracker = { chargePermissionId, deliveryDetails: [{ trackingNumber: "1", carrierCode: "UPS" }] };
    expect(await call("POST", "/v2/deliveryTrackers", tracker, { "x-amz-pay-authtoken": token })).toMatchObject({
      status: 405,
      body: { reasonCode: "RequestNotSupported" },
    });
    await sandbox.clock.advance("P366D");
    expect(await act(token)).toMatchObject({ status: 403 });
  });

  it("stores are made and changed with the account's token", async () => {
    const provider = await call("POST", "/v2/merchantAccounts", {
      ...account,
      beneficiaryOwners: [{ personFullName: "Rufus", residentialAddress: account.businessInfo.businessAddress }],
    });
    const { merchantAccountId, authorizationToken } = provider.body;
    const token = { "x-amz-pay-authtoken": String(authorizationToken) };
    const path = `/v2/merchantAccounts/${String(merchantAccountId)}/stores`;
    const store = { storeName: "Pens", allowedOriginDomains: ["https://pens.example"] };
    expect(await call("POST", path, store)).toMatchObject({ status: 400, body: { reasonCode: "MissingHeader" } });
    const made = await call("POST", path, store, token);
    expect(made).toMatchObject({
      status: 201,
      body: { storeId: expect.stringMatching(/^amzn1\.application-oa2-client\./) as string },
    });
    const changed = await call("PATCH", `${path}/${String(made.body["storeId"])}`, { storeName: "Pencils" }, token);
    expect(changed).toMatchObject({ status: 200, body: { storeName: "Pencils" } });
    expect(await call("PATCH", `${path}/none`, { storeName: "x" }, token)).toMatchObject({ status: 404 });
    expect(await call("POST", "/v2/merchantAccounts/A2OTHER/stores", store, token)).toMatchObject({ status: 401 });
  });
});
