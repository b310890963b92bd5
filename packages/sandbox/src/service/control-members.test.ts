import { generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { createSandbox, type Sandbox } from "../index.ts";
import { signedCaller } from "../testing/index.ts";

interface ListedCall {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly members: readonly string[];
}

/** A body that each call takes, with as many members as go together. `:name` stands for what {@link prepare} has made. */
const BODIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "POST /_sandbox/reset": {},
  "PUT /_sandbox/snapshot": { snapshot: ":snapshot" },
  "POST /_sandbox/merchants": { region: "eu", currency: "GBP" },
  "POST /_sandbox/merchants/:merchantId": { status: "active" },
  "POST /_sandbox/clock": { advance: "P1D" },
  "POST /_sandbox/faults": { fault: "status", status: 503, match: { method: "GET" } },
  "DELETE /_sandbox/faults": {},
  "POST /_sandbox/events/:id/replay": { as: "same-request" },
  "POST /_sandbox/charge-permissions": { merchantId: ":merchantId", amount: "5.00" },
  "POST /_sandbox/charge-permissions/:id/buyer": { action: "change-instrument", instrument: "visa-1111" },
  "POST /_sandbox/charge-permissions/:id/amazon": { action: "cancel" },
  "POST /_sandbox/charges/:id/chargeback": { amount: "1.00", type: "AtoZClaim", filingReason: "ProductNotReceived" },
  "POST /_sandbox/disputes/:id/decision": { resolution: "BuyerWon" },
  "POST /_sandbox/checkout-sessions/:id/buyer": { action: "sign-in", instrument: "1111" },
  "POST /_sandbox/buyer-tokens": { merchantId: ":merchantId", environment: "live", scopes: ["name"] },
  "POST /_sandbox/notifications": { merchantId: ":merchantId", delay: 60 },
  "DELETE /_sandbox/notifications": {},
  "POST /_sandbox/notifications/:id/deliveries": {},
  "POST /_sandbox/notifications/messages": { objectType: "CHARGE", objectId: ":chargeId" },
  "POST /_sandbox/settlements": { merchantId: ":merchantId", environment: "sandbox", currencyCode: "USD" },
  "POST /_sandbox/adjustments": { merchantId: ":merchantId", amount: "-1.00", description: "a correction" },
  "POST /_sandbox/merchants/:merchantId/books": { settlementEvery: "P3D", reserve: { kind: "tier-1" } },
  "POST /_sandbox/merchants/:merchantId/reports": { lineEnd: "crlf", scheduleConflictStatus: 409 },
  "POST /_sandbox/reports": {
    merchantId: ":merchantId",
    reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
    startTime: "2026-01-01T00:00:00Z",
    endTime: "2026-01-09T00:00:00Z",
    reportId: "7",
  },
  "POST /_sandbox/discrepancies": { kind: "alter-fee", merchantId: ":merchantId" },
  "DELETE /_sandbox/discrepancies": {},
  "POST /_sandbox/key-exchange": { merchantId: ":merchantId", publicKey: ":publicKey" },
};

/** No member of any call may be one of these. */
const WRONG: readonly unknown[] = [[[]], { "": 0 }, -1.5, ""];

const NOWHERE = "http://127.0.0.1:9/ipn";
const listing = await createSandbox({ seed: 1 });
const { calls } = (await listing.control("GET", "/calls")) as { readonly calls: readonly ListedCall[] };
const asked = calls.map((call) => ({ ...call, name: `${call.method} ${call.path}` }));

const publicKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" });

describe("every call of the control plane", () => {
  let sandbox: Sandbox;
  let known: Record<string, string>;
  const clock = manualClock(Date.UTC(2026, 0, 10));

  const prepare = async (): Promise<void> => {
    sandbox = await createSandbox({ seed: 1, clock, transport: () => Promise.resolve(new Response(null)) });
    const merchant = sandbox.merchants[0];
    const merchantId = merchant?.merchantId ?? "";
    await sandbox.control("POST", `/merchants/${merchantId}`, { notificationUrl: NOWHERE });
    const { chargePermissionId } = await sandbox.control("POST", "/charge-permissions", { merchantId, amount: "9.00" });
    const call = signedCaller(sandbox);
    const chargeAmount = { amount: "9.00", currencyCode: "USD" };
    const charge = await call("POST", "/v2/charges", { chargePermissionId, chargeAmount, captureNow: true });
    const { chargeId } = charge.body as { readonly chargeId: string };
    const { disputeId } = await sandbox.control("POST", `/charges/${chargeId}/chargeback`, { amount: "2.00" });
    const session = await call("POST", "/v2/checkoutSessions", {
      webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/r" },
      storeId: merchant?.storeId,
    });
    const open = await sandbox.control("POST", "/charge-permissions", { merchantId, amount: "9.00" });
    sandbox.tick();
    await sandbox.idle();
    const { notifications } = (await sandbox.control("GET", "/notifications")) as {
      readonly notifications: readonly { readonly notificationId: string }[];
    };
    known = {
      merchantId,
      chargeId,
      publicKey: String(publicKey),
      snapshot: sandbox.snapshot(),
      "charge-permissions": open.chargePermissionId,
      charges: chargeId,
      disputes: disputeId,
      "checkout-sessions": (session.body as { readonly checkoutSessionId: string }).checkoutSessionId,
      notifications: notifications[0]?.notificationId ?? "",
      events: "1",
    };
  };
  beforeAll(prepare);

  const filled = (value: unknown): unknown =>
    typeof value === "string" && value.startsWith(":") ? known[value.slice(1)] : value;
  const bodyOf = (name: string): Record<string, unknown> =>
    Object.fromEntries(Object.entries(BODIES[name] ?? {}).map(([member, value]) => [member, filled(value)]));
  const placeOf = (path: string): string =>
    path
      .replace(":merchantId", known["merchantId"] ?? "")
      .replace(/([a-z-]+)\/:id/, (_, kind: string) => `${kind}/${known[kind]}`);
  const send = async (method: string, path: string, body: unknown) => {
    const loopback = { method, path: placeOf(path.split("?")[0] ?? ""), query: path.split("?")[1] ?? "" };
    const answer = await sandbox.handle({
      ...loopback,
      headers: { host: "127.0.0.1" },
      body: new TextEncoder().encode(body === undefined ? "" : JSON.stringify(body)),
      origin: "http://127.0.0.1",
      loopback: true,
    });
    const { error } = JSON.parse(String(answer.body)) as { readonly error?: { code: string; message: string } };
    return { status: answer.status, code: error?.code, message: error?.message ?? "" };
  };

  it("has a body here", () => {
    const changing = asked.filter(({ method }) => method !== "GET").map(({ name }) => name);
    expect(changing.toSorted()).toEqual(Object.keys(BODIES).toSorted());
    expect(asked.length).toBeGreaterThan(30);
  });

  it.each(asked)("refuses members that it does not know: $name", async ({ name, method, path, members, query }) => {
    const before = sandbox.snapshot();
    const meant = members[0];
    const misspelt = meant === undefined ? "memberId" : `${meant}s`;
    const refused = await send(method, path, { ...bodyOf(name), [misspelt]: "x" });
    expect(refused).toMatchObject({ status: 400, code: "control.invalid" });
    expect(refused.message).toBe(
      meant === undefined
        ? `"memberId" is not a member of this call; known are: none`
        : `"${misspelt}" is not a member of this call; did you mean ${meant}? known are: ${members.join(", ")}`,
    );
    for (const hidden of ["__proto__", "constructor", ""]) {
      const body = Object.fromEntries([...Object.entries(bodyOf(name)), [hidden, "x"]]);
      expect((await send(method, path, body)).message, hidden).toContain(`${JSON.stringify(hidden)} is not a member`);
    }
    for (const root of [[], 5, "x", null, true]) {
      expect(await send(method, path, root), JSON.stringify(root)).toMatchObject({
        status: 400,
        code: "control.invalid",
      });
    }
    const [parameter = "q"] = query;
    expect((await send(method, `${path}?nothing=1`, bodyOf(name))).message).toContain(
      '"nothing" is not a query parameter',
    );
    expect((await send(method, `${path}?${parameter}=1&${parameter}=2`, bodyOf(name))).status).toBe(400);
    expect(sandbox.snapshot() === before, "the state is as it was").toBe(true);
  });

  const withMembers = asked.filter(({ members }) => members.length > 0);
  it.each(withMembers)("refuses members of the wrong type: $name", async ({ name, method, path, members }) => {
    const before = sandbox.snapshot();
    for (const member of members) {
      for (const wrong of WRONG) {
        const refused = await send(method, path, { ...bodyOf(name), [member]: wrong });
        const place = `${member}: ${JSON.stringify(wrong)}`;
        expect(refused, place).toMatchObject({ status: 400, code: expect.stringMatching(/^control\./) as string });
        expect(refused.message, place).toMatch(new RegExp(`(^|\\W)${member}\\b`));
      }
    }
    expect(sandbox.snapshot() === before, "the state is as it was").toBe(true);
  });

  it.each([
    [
      "POST",
      "/checkout-sessions/:id/buyer",
      { action: "cancel", instrument: "1111" },
      /instrument belongs to the actions/,
    ],
    [
      "POST",
      "/charge-permissions/:id/buyer",
      { action: "cancel", instrument: "1111" },
      /instrument belongs to the action /,
    ],
    ["POST", "/faults", { fault: "reset", status: 503 }, /status belongs to the fault "status"/],
    ["POST", "/faults", { fault: "status", status: 503, delayMs: 5 }, /delayMs belongs to the fault "slow"/],
    ["POST", "/faults", { fault: "lost-answer", reasonCode: "X" }, /reasonCode belongs to the faults/],
    ["POST", "/faults", { fault: "hang", retryAfter: 5 }, /retryAfter belongs to the faults "status" and "throttle"/],
    ["POST", "/notifications", { merchantId: ":merchantId", reorder: 3, times: 2 }, /times must be left out/],
    ["POST", "/merchants/:merchantId/reports", { scheduleConflictStatus: 404 }, /one of 400, 409/],
  ])("refuses members that would do nothing: %s %s %j", async (method, path, body, message) => {
    const given = Object.fromEntries(Object.entries(body).map(([member, value]) => [member, filled(value)]));
    const refused = await send(method, `/_sandbox${path}`, given);
    expect(refused).toMatchObject({ status: 400, code: "control.invalid" });
    expect(refused.message).toMatch(message);
  });

  it("is listed, and the list is named where there is nothing", async () => {
    expect(asked).toContainEqual(expect.objectContaining({ name: "POST /_sandbox/reset", query: [], members: [] }));
    expect(await send("GET", "/_sandbox/clok", undefined)).toMatchObject({
      status: 404,
      message: expect.stringContaining("GET /_sandbox/calls lists its calls") as string,
    });
  });

  it.each(["/events", "/notifications"])("refuses a merchant that nothing is known of: %s", async (path) => {
    expect(await send("GET", `/_sandbox${path}?merchantId=NOBODY`, undefined)).toMatchObject({ status: 404 });
    const own = await send("GET", `/_sandbox${path}?merchantId=${known["merchantId"]}`, undefined);
    expect(own.status).toBe(200);
  });

  it.each(asked.filter(({ method }) => method !== "GET"))(
    "takes what is right: $name",
    async ({ name, method, path }) => {
      await prepare();
      expect(await send(method, path, bodyOf(name))).toMatchObject({ status: 200, message: "" });
    },
  );
});
