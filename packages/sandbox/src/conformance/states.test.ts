import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { makePermission, signedCaller, type PermissionSpec, type SignedCaller } from "../testing/index.ts";

type Json = Record<string, unknown>;

const price = (amount: string, currencyCode = "USD") => ({ amount, currencyCode });
const stateOf = (body: Json): string => String((body["statusDetails"] as Json | undefined)?.["state"]);
const reasonOf = (body: Json): unknown => (body["statusDetails"] as Json | undefined)?.["reasonCode"];

/** docs/amazon-pay/states.md and docs/amazon-pay/sandbox.md: what each operation answers in each state, what the clock does, and what can be simulated. */
describe("permissions, charges and refunds", () => {
  let sandbox: Sandbox;
  let call: SignedCaller;
  beforeEach(async () => {
    sandbox = await createSandbox({
      seed: 1,
      clock: manualClock(Date.UTC(2026, 0, 10)),
      merchants: [{ region: "na" }, { region: "eu" }, { region: "jp" }],
    });
    call = signedCaller(sandbox);
  });

  const permission = async (spec: PermissionSpec = {}) => (await makePermission(sandbox, spec)).chargePermissionId;
  const charge = (chargePermissionId: string, amount: string, more: Json = {}, headers: Record<string, string> = {}) =>
    call("POST", "/v2/charges", { chargePermissionId, chargeAmount: price(amount), ...more }, headers);
  const chargeId = async (chargePermissionId: string, amount: string, more: Json = {}) => {
    const answer = await charge(chargePermissionId, amount, more);
    expect(answer.status).toBe(201);
    return String(answer.body["chargeId"]);
  };
  const get = async (path: string) => (await call("GET", `/v2/${path}`)).body;
  const capture = (id: string, amount: string, headers: Record<string, string> = {}) =>
    call("POST", `/v2/charges/${id}/capture`, { captureAmount: price(amount) }, headers);
  const cancel = (id: string) => call("DELETE", `/v2/charges/${id}/cancel`, { cancellationReason: "test" });
  const refund = (id: string, amount: string, headers: Record<string, string> = {}) =>
    call("POST", "/v2/refunds", { chargeId: id, refundAmount: price(amount) }, headers);
  const close = (id: string, more: Json = {}) =>
    call("DELETE", `/v2/chargePermissions/${id}/close`, { closureReason: "test", ...more });
  const simulate = (code: string) => ({ "x-amz-pay-simulation-code": code });
  const permissionState = async (id: string) => {
    const { state, reasons } = (await get(`chargePermissions/${id}`))["statusDetails"] as {
      readonly state: string;
      readonly reasons: readonly { readonly reasonCode: string }[] | null;
    };
    return [state, reasons?.[0]?.reasonCode ?? null];
  };

  it("one charge at a time, and the permission closes when all is captured", async () => {
    const id = await permission({ amount: "10.00" });
    const first = await chargeId(id, "4.00");
    expect(await permissionState(id)).toEqual(["NonChargeable", "ChargeInProgress"]);
    expect(await charge(id, "1.00")).toMatchObject({
      status: 422,
      body: { reasonCode: "InvalidChargePermissionStatus" },
    });
    expect((await capture(first, "3.00")).body).toMatchObject({ captureAmount: price("3.00") });
    expect(await permissionState(id)).toEqual(["Chargeable", null]);
    expect((await get(`chargePermissions/${id}`))["limits"]).toEqual({
      amountLimit: price("10.00"),
      amountBalance: price("7.00"),
    });
    await chargeId(id, "7.00", { captureNow: true });
    expect(await permissionState(id)).toEqual(["Closed", "AmazonClosed"]);
  });

  it("what is cancelled is there again", async () => {
    const id = await permission({ amount: "10.00" });
    const first = await chargeId(id, "10.00");
    expect((await cancel(first)).body).toMatchObject({
      statusDetails: { state: "Canceled", reasonCode: "MerchantCanceled" },
    });
    await chargeId(id, "10.00", { captureNow: true });
  });

  it.each([
    ["Authorized", ["get", "capture", "cancel"]],
    ["AuthorizationInitiated", ["get", "cancel"]],
    ["CaptureInitiated", ["get"]],
    ["Captured", ["get", "refund"]],
    ["Canceled", ["get"]],
  ])("in %s a charge allows %j", async (state, allowed) => {
    const make = async (): Promise<string> => {
      const id = await permission();
      const code = state === "AuthorizationInitiated" ? simulate(state) : {};
      const pending = state === "AuthorizationInitiated" ? { canHandlePendingAuthorization: true } : {};
      const answer = await charge(id, "5.00", pending, code);
      const made = String(answer.body["chargeId"]);
      if (state === "Captured") await capture(made, "5.00");
      if (state === "CaptureInitiated") await capture(made, "5.00", simulate("CaptureInitiated"));
      if (state === "Canceled") await cancel(made);
      expect(stateOf(await get(`charges/${made}`))).toBe(state);
      return made;
    };
    const operations = {
      get: async (id: string) => call("GET", `/v2/charges/${id}`),
      capture: async (id: string) => capture(id, "5.00"),
      cancel,
      refund: async (id: string) => refund(id, "1.00"),
    };
    for (const [name, operate] of Object.entries(operations)) {
      const answer = await operate(await make());
      if (allowed.includes(name)) expect(answer.status, name).toBeLessThan(300);
      else expect(answer, name).toMatchObject({ status: 422, body: { reasonCode: "InvalidChargeStatus" } });
    }
  });

  it("a closed permission: nothing but looking; open charges stay unless they are to go", async () => {
    for (const cancelPendingCharges of [false, true]) {
      const id = await permission();
      const open = await chargeId(id, "5.00");
      expect((await close(id, { cancelPendingCharges })).body).toMatchObject({
        statusDetails: { state: "Closed", reasons: [{ reasonCode: "MerchantCanceled" }] },
      });
      const after = await get(`charges/${open}`);
      expect([stateOf(after), reasonOf(after)]).toEqual(
        cancelPendingCharges ? ["Canceled", "ChargePermissionCanceled"] : ["Authorized", null],
      );
      expect(await close(id)).toMatchObject({ status: 422, body: { reasonCode: "InvalidChargePermissionStatus" } });
      expect(await charge(id, "1.00")).toMatchObject({ body: { reasonCode: "InvalidChargePermissionStatus" } });
      const patch = await call("PATCH", `/v2/chargePermissions/${id}`, {
        recurringMetadata: { amount: price("1.00") },
      });
      expect(patch).toMatchObject({ status: 422, body: { reasonCode: "ChargePermissionNotModifiable" } });
    }
    const id = await permission();
    const amazon = await call(
      "DELETE",
      `/v2/chargePermissions/${id}/close`,
      { closureReason: "x" },
      simulate("AmazonClosed"),
    );
    expect(amazon.body).toMatchObject({ statusDetails: { reasons: [{ reasonCode: "AmazonClosed" }] } });
  });

  it.each([
    ["SoftDeclined", 422, ["Chargeable", null]],
    ["HardDeclined", 422, ["NonChargeable", "PaymentMethodInvalid"]],
    ["AmazonRejected", 422, ["Closed", "AmazonCanceled"]],
    ["TransactionTimedOut", 422, ["Chargeable", null]],
    ["ProcessingFailure", 500, ["Chargeable", null]],
    ["MFANotCompleted", 422, ["NonChargeable", "MFAFailed"]],
    ["PaymentMethodNotAllowed", 422, ["NonChargeable", "PaymentMethodNotAllowed"]],
  ])("a decline is an error: %s", async (code, status, left) => {
    const id = await permission();
    expect(await charge(id, "5.00", {}, simulate(code))).toMatchObject({ status, body: { reasonCode: code } });
    expect(await permissionState(id)).toEqual(left);
  });

  it("a pending authorization is decided by the clock, for good or ill; by code or by card", async () => {
    const pending = { canHandlePendingAuthorization: true };
    for (const [spec, code, expected] of [
      [{}, "PendingAuthorized", ["Authorized", null]],
      [{}, "PendingHardDeclined", ["Declined", "HardDeclined"]],
      [{}, "PendingTransactionTimedOut", ["Declined", "TransactionTimedOut"]],
      [{ instrument: "0701" }, undefined, ["Authorized", null]],
      [{ instrument: "4354" }, undefined, ["Declined", "HardDeclined"]],
    ] as const) {
      const id = await permission(spec);
      const answer = await charge(id, "5.00", pending, code === undefined ? {} : simulate(code));
      expect(stateOf(answer.body)).toBe("AuthorizationInitiated");
      await sandbox.clock.advance("PT29S");
      expect(stateOf(await get(`charges/${String(answer.body["chargeId"])}`))).toBe("AuthorizationInitiated");
      await sandbox.clock.advance("PT1S");
      const after = await get(`charges/${String(answer.body["chargeId"])}`);
      expect([stateOf(after), reasonOf(after)]).toEqual(expected);
    }
    // A card of that kind needs a merchant who can wait.
    expect(await charge(await permission({ instrument: "0701" }), "5.00")).toMatchObject({
      status: 422,
      body: { reasonCode: "TransactionTimedOut" },
    });
    // The code wins over the card.
    expect((await charge(await permission({ instrument: "3434" }), "5.00")).status).toBe(422);
    const won = await charge(await permission({ instrument: "3434" }), "5.00", pending, simulate("PendingAuthorized"));
    expect(won.status).toBe(201);
  });

  it.each([
    ["POST", "/v2/charges", "Nonsense"],
    ["POST", "/v2/charges", "toString"],
    ["POST", "/v2/charges", "BuyerCanceled"],
    ["POST", "/v2/charges", "AuthorizationInitiated"],
  ])("refuses a code that does not fit: %s %s %s", async (method, path, code) => {
    const body = { chargePermissionId: await permission(), chargeAmount: price("5.00") };
    expect(await call(method, path, body, simulate(code))).toMatchObject({
      status: 400,
      body: { reasonCode: "InvalidSandboxSimulationSpecified" },
    });
  });

  it("captures at once for seven days, later asynchronously, and after thirty not at all", async () => {
    const id = await permission();
    const soon = await chargeId(id, "1.00");
    await sandbox.clock.advance("P7D");
    expect(stateOf((await capture(soon, "1.00")).body)).toBe("Captured");
    const late = await chargeId(id, "2.00");
    await sandbox.clock.advance("P7DT1S");
    expect(stateOf((await capture(late, "2.00")).body)).toBe("CaptureInitiated");
    await sandbox.clock.advance("PT30S");
    expect(stateOf(await get(`charges/${late}`))).toBe("Captured");
    const forgotten = await chargeId(id, "3.00");
    await sandbox.clock.advance("P29DT23H59M");
    expect(stateOf(await get(`charges/${forgotten}`))).toBe("Authorized");
    await sandbox.clock.advance("PT1M");
    const expired = await get(`charges/${forgotten}`);
    expect([stateOf(expired), reasonOf(expired)]).toEqual(["Canceled", "ExpiredUnused"]);
    expect(await permissionState(id)).toEqual(["Chargeable", null]);
  });

  it("permissions end after 180 days, recurring ones 13 months after the last charge, saved ones never", async () => {
    const [once, recurring, saved] = await Promise.all([
      permission(),
      permission({ type: "Recurring" }),
      permission({ type: "PaymentMethodOnFile" }),
    ]);
    await sandbox.clock.advance("P179DT23H59M");
    expect(await permissionState(once)).toEqual(["Chargeable", null]);
    await sandbox.clock.advance("PT1M");
    expect(await permissionState(once)).toEqual(["Closed", "Expired"]);
    await chargeId(recurring, "1.00", { captureNow: true });
    await sandbox.clock.advance("P12M");
    expect(await permissionState(recurring)).toEqual(["Chargeable", null]);
    await sandbox.clock.advance("P1M");
    expect(await permissionState(recurring)).toEqual(["Closed", "Expired"]);
    await sandbox.clock.advance("P10Y");
    expect(await permissionState(saved)).toEqual(["Chargeable", null]);
    expect((await get(`chargePermissions/${saved}`))["expirationTimestamp"]).toBeNull();
  });

  it("shows the buyer for thirty days", async () => {
    const id = await permission();
    expect((await get(`chargePermissions/${id}`))["buyer"]).not.toBeNull();
    await sandbox.clock.advance("P30DT1S");
    const later = await get(`chargePermissions/${id}`);
    expect([later["buyer"], later["shippingAddress"], later["billingAddress"]]).toEqual([null, null, null]);
  });

  it("limits: the order's amount, 25 charges, the month", async () => {
    const id = await permission({ amount: "100.00" });
    expect(await charge(id, "100.01")).toMatchObject({
      status: 400,
      body: { reasonCode: "TransactionAmountExceeded" },
    });
    for (let turn = 0; turn < 25; turn += 1) await chargeId(id, "1.00", { captureNow: true });
    expect(await charge(id, "1.00")).toMatchObject({ status: 422, body: { reasonCode: "TransactionCountExceeded" } });

    const recurring = await permission({ type: "Recurring" });
    await chargeId(recurring, "999.99", { captureNow: true });
    expect(await charge(recurring, "0.02")).toMatchObject({
      status: 400,
      body: { reasonCode: "PeriodicAmountExceeded" },
    });
    await sandbox.clock.moveTo(Date.UTC(2026, 1, 1) - 1000);
    expect((await charge(recurring, "0.02")).status).toBe(400);
    await sandbox.clock.advance("PT1S");
    await chargeId(recurring, "999.99", { captureNow: true });
    // The new month has its own sum.
    expect((await charge(recurring, "0.02")).body["reasonCode"]).toBe("PeriodicAmountExceeded");
    await chargeId(recurring, "0.01", { captureNow: true });
  });

  it("what is taken in one month and cancelled in the next makes that month's limit no larger", async () => {
    const recurring = await permission({ type: "Recurring" });
    const january = await chargeId(recurring, "600.00");
    await sandbox.clock.moveTo(Date.UTC(2026, 1, 2));
    await cancel(january);
    expect((await charge(recurring, "1000.01")).body["reasonCode"]).toBe("PeriodicAmountExceeded");
    await chargeId(recurring, "1000.00", { captureNow: true });
  });

  it("a capture that fails later has taken nothing: the whole sum can be charged again", async () => {
    const id = await permission({ amount: "10.00" });
    const first = await chargeId(id, "10.00");
    expect(stateOf((await capture(first, "4.00", simulate("CaptureDeclined"))).body)).toBe("CaptureInitiated");
    await sandbox.clock.advance("PT30S");
    const failed = await get(`charges/${first}`);
    expect([stateOf(failed), reasonOf(failed), failed["captureAmount"]]).toEqual([
      "Declined",
      "ProcessingFailure",
      null,
    ]);
    expect(await permissionState(id)).toEqual(["Chargeable", null]);
    await chargeId(id, "10.00", { captureNow: true });
  });

  it("counts the seven days of a prompt capture from the authorization, not from the call", async () => {
    const pending = { canHandlePendingAuthorization: true };
    const answer = await charge(await permission(), "5.00", pending, simulate("PendingAuthorized"));
    await sandbox.clock.advance("PT30S");
    await sandbox.clock.advance("P7D");
    expect(stateOf((await capture(String(answer.body["chargeId"]), "5.00")).body)).toBe("Captured");
  });

  it.each([
    ["10.00", "11.50"],
    ["1000.00", "1075.00"],
    ["0.10", "0.11"],
  ])("gives back for %s at most %s, in all", async (captured, most) => {
    const id = await chargeId(await permission({ amount: captured }), captured, { captureNow: true });
    const cent = (amount: string, more: bigint): string => {
      const minor = BigInt(amount.replace(".", "")) + more;
      return `${minor / 100n}.${String(minor % 100n).padStart(2, "0")}`;
    };
    expect(await refund(id, cent(most, 1n))).toMatchObject({
      status: 400,
      body: { reasonCode: "TransactionAmountExceeded" },
    });
    const first = await refund(id, "0.01");
    expect([first.status, stateOf(first.body)]).toEqual([201, "RefundInitiated"]);
    expect((await refund(id, cent(most, 0n))).status).toBe(400);
    expect((await refund(id, cent(most, -1n))).status).toBe(201);
    await sandbox.clock.advance("PT30S");
    expect(stateOf(await get(`refunds/${String(first.body["refundId"])}`))).toBe("Refunded");
    expect((await get(`charges/${id}`))["refundedAmount"]).toEqual(price(most));
  });

  it("gives back 8,400 yen more at most", async () => {
    const jp = signedCaller(sandbox, { region: "jp" });
    const { chargePermissionId } = await makePermission(sandbox, { region: "jp", amount: "100000" });
    const body = { chargePermissionId, chargeAmount: price("100000", "JPY"), captureNow: true };
    const id = String((await jp("POST", "/v2/charges", body)).body["chargeId"]);
    const back = (amount: string) => jp("POST", "/v2/refunds", { chargeId: id, refundAmount: price(amount, "JPY") });
    expect((await back("108401")).body["reasonCode"]).toBe("TransactionAmountExceeded");
    expect((await back("108400.5")).body["reasonCode"]).toBe("InvalidParameterValue");
    expect((await back("108400")).status).toBe(201);
  });

  it("a refund may be declined, and its money is free again", async () => {
    const id = await chargeId(await permission(), "10.00", { captureNow: true });
    const declined = await refund(id, "11.50", simulate("ProcessingFailure"));
    expect(declined.status).toBe(201);
    await sandbox.clock.advance("PT30S");
    const after = await get(`refunds/${String(declined.body["refundId"])}`);
    expect([stateOf(after), reasonOf(after)]).toEqual(["Declined", "ProcessingFailure"]);
    expect((await refund(id, "11.50")).status).toBe(201);
  });

  it("other currencies than the permission's, other merchants' objects, other environments", async () => {
    const id = await permission();
    expect(
      await call("POST", "/v2/charges", { chargePermissionId: id, chargeAmount: price("1.00", "EUR") }),
    ).toMatchObject({
      status: 400,
      body: { reasonCode: "CurrencyMismatch" },
    });
    const made = await chargeId(id, "5.00");
    const eu = signedCaller(sandbox, { region: "eu" });
    for (const path of [`charges/${made}`, `chargePermissions/${id}`]) {
      expect(await eu("GET", `/v2/${path}`)).toMatchObject({ status: 404, body: { reasonCode: "ResourceNotFound" } });
    }
    const plain = signedCaller(sandbox, { publicKeyId: sandbox.merchants[0]?.keys[1]?.publicKeyId ?? "" });
    expect((await plain("GET", `/sandbox/v2/charges/${made}`)).status).toBe(200);
    expect((await plain("GET", `/live/v2/charges/${made}`)).status).toBe(404);
  });

  it("ninety days with trade pass in a moment, in order", async () => {
    for (let day = 0; day < 40; day += 1) {
      await chargeId(await permission(), "5.00", { captureNow: day % 3 > 0 });
      await sandbox.clock.advance("PT6H");
    }
    const before = performance.now();
    await sandbox.clock.advance("P90D");
    expect(performance.now() - before).toBeLessThan(5000);
    const states = [...sandbox.engine.state.charges.values()].map(({ status }) => status.state);
    expect(new Set(states)).toEqual(new Set(["Captured", "Canceled"]));
    const ends = [...sandbox.engine.state.settlements.values()].map(({ endAt }) => endAt);
    expect(ends).toEqual(ends.toSorted((left, right) => left - right));
    expect(sandbox.failures).toEqual([]);
  });
});
