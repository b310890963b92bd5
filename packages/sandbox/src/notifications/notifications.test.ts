import { DAY, HOUR, MINUTE } from "@amazon-pay-kit/money";
import { manualClock, type ManualClock } from "@amazon-pay-kit/sdk/clock";
import { verifyNotification } from "@amazon-pay-kit/sdk/notifications";
import { X509Certificate } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { captureCharge, createCharge } from "../engine/payments/charges.ts";
import type { ChargePermission } from "../engine/objects/index.ts";
import { grantPermission } from "../engine/payments/permissions.ts";
import { createRefund } from "../engine/refunds/index.ts";
import { createSandbox } from "../service/create-sandbox.ts";
import type { SandboxOptions } from "../service/options.ts";
import type { Sandbox } from "../service/sandbox.ts";

interface Received {
  readonly body: string;
  readonly request: Request;
  readonly at: number;
}

let clock: ManualClock;
let sandbox: Sandbox;
let received: Received[];
let answer: () => Response | Promise<Response>;

const merchantId = (): string => sandbox.merchants[0]?.merchantId ?? "";

async function open(options: SandboxOptions = {}): Promise<void> {
  clock = manualClock(Date.UTC(2026, 0, 1));
  received = [];
  answer = () => new Response(null, { status: 200 });
  sandbox = await createSandbox({
    seed: 1,
    clock,
    merchants: [{ region: "na", notificationUrl: "http://localhost:9/ipn" }, { region: "eu" }],
    transport: async (request) => {
      received.push({ request, body: await request.clone().text(), at: sandbox.clock.now() });
      return answer();
    },
    ...options,
  });
}

beforeEach(() => open());

function permission(index = 0): ChargePermission {
  const merchant = [...sandbox.engine.state.merchants.values()][index];
  if (merchant === undefined) throw new Error("no merchant");
  return grantPermission(sandbox.engine, {
    merchant,
    environment: "sandbox",
    type: "OneTime",
    order: { minor: 5000n, currencyCode: merchant.currency },
    buyer: { buyerId: "amzn1.account.AHSANDBOXNABUYERONE", instrumentId: "visa-1111", addressId: null },
  });
}

const messages = () =>
  received.map(({ body }) => JSON.parse((JSON.parse(body) as { Message: string }).Message) as Record<string, string>);
const list = async (): Promise<Record<string, unknown>[]> =>
  ((await sandbox.control("GET", "/notifications")) as { notifications: Record<string, unknown>[] }).notifications;

describe("what is told", () => {
  test("every change of state of permissions, charges and refunds, to merchants with an address", async () => {
    const granted = permission();
    permission(1);
    const charge = createCharge(sandbox.engine, granted, { amount: { minor: 2000n, currencyCode: "USD" } });
    captureCharge(sandbox.engine, charge, { minor: 2000n, currencyCode: "USD" }, null);
    const refund = createRefund(sandbox.engine, charge, { amount: { minor: 500n, currencyCode: "USD" } });
    await sandbox.clock.advance("PT5M");
    const told = messages().map((message) => `${message["ObjectType"]} ${message["ObjectId"]}`);
    expect(told.filter((text) => text.startsWith("REFUND"))).toEqual([
      `REFUND ${refund.refundId}`,
      `REFUND ${refund.refundId}`,
    ]);
    expect(told.filter((text) => text.startsWith("CHARGE "))).toEqual([
      `CHARGE ${charge.chargeId}`,
      `CHARGE ${charge.chargeId}`,
    ]);
    expect(told[0]).toBe(`CHARGE_PERMISSION ${granted.chargePermissionId}`);
    expect(messages()[0]).toEqual({
      MerchantID: merchantId(),
      ObjectType: "CHARGE_PERMISSION",
      ObjectId: granted.chargePermissionId,
      ChargePermissionId: granted.chargePermissionId,
      NotificationType: "STATE_CHANGE",
      NotificationId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      NotificationVersion: "V2",
    });
  });

  test("in the shape of SNS, without any buyer data", async () => {
    permission();
    await sandbox.clock.advance(1);
    const [{ request, body }] = received as [Received];
    expect(request.method).toBe("POST");
    const headers = Object.fromEntries(request.headers);
    const envelope = JSON.parse(body) as Record<string, string>;
    expect(headers).toMatchObject({
      "content-type": "text/plain; charset=UTF-8",
      "x-amz-sns-message-type": "Notification",
      "x-amz-sns-message-id": envelope["MessageId"],
      "x-amz-sns-topic-arn": envelope["TopicArn"],
    });
    expect(headers["x-amz-sns-subscription-arn"]?.startsWith(`${envelope["TopicArn"]}:`)).toBe(true);
    expect(envelope).toMatchObject({
      Type: "Notification",
      SignatureVersion: "1",
      Timestamp: "2026-01-01T00:00:00.000Z",
    });
    expect(body).not.toMatch(/example\.com|Buyer/);
  });

  test.each(["1", "2"] as const)("signed by the sandbox's certificate, version %s", async (version) => {
    await open({ notificationSignature: version });
    permission();
    await sandbox.clock.advance(1);
    const body = received[0]?.body ?? "";
    const certificateUrl = (JSON.parse(body) as { SigningCertURL: string }).SigningCertURL;
    expect(certificateUrl).toMatch(/^https:\/\/sandbox\.invalid\/.*\.pem$/);
    const served = await (await sandbox.fetch(new Request(certificateUrl))).text();
    expect(new X509Certificate(served).subjectAltName).toContain("127.0.0.1");
    const trust = {
      trustedHosts: ["sandbox.invalid"],
      ca: (await sandbox.certificates.authority()).pair.certificatePem,
      certificates: async (url: URL) => (await sandbox.fetch(new Request(url))).text(),
      clock,
    };
    expect(await verifyNotification(body, trust)).toBeDefined();
    const forged = body.replace("STATE_CHANGE", "STATE_CHANGF");
    await expect(verifyNotification(forged, trust)).rejects.toThrow("signature");
    await expect(verifyNotification(body, { ...trust, trustedHosts: [] })).rejects.toThrow();
  });

  test("no other certificate is served", async () => {
    expect((await sandbox.fetch(new Request("https://sandbox.invalid/_sandbox-certificates/other.pem"))).status).toBe(
      404,
    );
  });
});

describe("retries", () => {
  test.each([
    ["v2", 503, [0, 1, 2, 3]],
    ["v2", 404, [0]],
    ["v2", 302, [0]],
    ["legacy", 500, Array.from({ length: 337 }, (_, hour) => hour)],
  ] as const)("%s after %i", async (notificationRetries, status, hours) => {
    await open({ notificationRetries });
    answer = () => new Response(null, { status });
    const start = sandbox.clock.now();
    permission();
    await sandbox.clock.advance("P20D");
    expect(received.map(({ at }) => (at - start) / HOUR)).toEqual(hours);
    expect(new Set(received.map(({ body }) => (JSON.parse(body) as { MessageId: string }).MessageId)).size).toBe(1);
    expect(await list()).toMatchObject([{ delivery: "failed", nextAttemptAt: null }]);
  });

  test("until it is accepted", async () => {
    permission();
    answer = () => new Response(null, { status: received.length < 2 ? 500 : 204 });
    await sandbox.clock.advance("P1D");
    expect(received.length).toBe(2);
    expect(await list()).toMatchObject([
      {
        delivery: "delivered",
        attempts: [
          { outcome: "refused", status: 500 },
          { outcome: "accepted", status: 204 },
        ],
      },
    ]);
  });

  test("a host that cannot be reached is not tried again", async () => {
    answer = () => Promise.reject(new TypeError("fetch failed"));
    permission();
    await sandbox.clock.advance("P1D");
    expect(await list()).toMatchObject([{ delivery: "failed", attempts: [{ outcome: "unreachable", status: null }] }]);
  });

  test("silence counts as a failure that is worth another try", async () => {
    answer = () => new Promise(() => undefined);
    permission();
    const moved = sandbox.clock.advance("PT1M");
    while (received.length === 0) await new Promise((done) => setImmediate(done));
    await clock.advance(16_000);
    await moved;
    expect(await list()).toMatchObject([{ delivery: "waiting", attempts: [{ outcome: "timeout" }] }]);
  });
});

describe("delivery faults on request", () => {
  const ask = (body: object) => sandbox.control("POST", "/notifications", { merchantId: merchantId(), ...body });

  test.each([
    [{}, "duplicate, delay, reorder or lose"],
    [{ duplicate: -1 }, "duplicate"],
    [{ duplicate: "2x" }, "duplicate"],
    [{ reorder: 1 }, "at least 2"],
    [{ delay: "soon" }, "delay"],
    [{ delay: {} }, "delay"],
    [{ lose: "yes" }, "lose"],
    [{ lose: true, times: 0 }, "times"],
    [{ delai: "PT1M" }, "delai"],
    [{ merchantId: "nobody", lose: true }, "nobody"],
  ])("%j is refused", async (body, words) => {
    await expect(ask(body)).rejects.toThrow(words);
  });

  test("duplicates have the same message id", async () => {
    await ask({ duplicate: true });
    permission();
    permission();
    await sandbox.clock.advance("PT1M");
    const ids = received.map(({ body }) => (JSON.parse(body) as { MessageId: string }).MessageId);
    expect(ids.length).toBe(3);
    expect(new Set(ids).size).toBe(2);
  });

  test.each([{ delay: 0 }, { delay: "PT0S" }])("%j is no delivery fault", async (body) => {
    await expect(ask(body)).rejects.toThrow("say what to do");
  });

  test("delays in seconds", async () => {
    await ask({ delay: 90 });
    const start = sandbox.clock.now();
    permission();
    await sandbox.clock.advance("PT2M");
    expect(received.map(({ at }) => at - start)).toEqual([1.5 * MINUTE]);
  });

  test("delays", async () => {
    await ask({ delay: "PT10M" });
    const start = sandbox.clock.now();
    permission();
    await sandbox.clock.advance("PT9M");
    expect(received).toEqual([]);
    await sandbox.clock.advance("PT2M");
    expect(received.map(({ at }) => at - start)).toEqual([10 * MINUTE]);
  });

  test("reverse order, once all are there or after an hour", async () => {
    await ask({ reorder: 3 });
    const ids = [permission(), permission(), permission(), permission()].map((granted) => granted.chargePermissionId);
    await sandbox.clock.advance("PT1M");
    expect(messages().map((message) => message["ObjectId"])).toEqual([ids[2], ids[1], ids[0], ids[3]]);
    received = [];
    await ask({ reorder: 2 });
    permission();
    await sandbox.clock.advance("PT59M");
    expect(received.length).toBe(0);
    await sandbox.clock.advance("PT2M");
    expect(received.length).toBe(1);
  });

  test("losses, and giving up what is planned", async () => {
    await ask({ lose: true, times: 2 });
    permission();
    expect(await sandbox.control("DELETE", "/notifications")).toEqual({ removed: 1 });
    permission();
    await sandbox.clock.advance("P1D");
    expect(received.length).toBe(1);
    const [lost] = await list();
    expect(lost).toMatchObject({ delivery: "lost", deliveryFaults: ["lost"], attempts: [] });
    await sandbox.control("POST", `/notifications/${String(lost?.["notificationId"])}/deliveries`);
    await sandbox.clock.advance(1);
    expect(received.length).toBe(2);
    await expect(sandbox.control("POST", "/notifications/none/deliveries")).rejects.toThrow("none");
  });
});

test("the link to unsubscribe ends the notifications", async () => {
  permission();
  await sandbox.clock.advance(1);
  const { UnsubscribeURL } = JSON.parse(received[0]?.body ?? "") as { UnsubscribeURL: string };
  expect((await sandbox.fetch(new Request(UnsubscribeURL))).status).toBe(200);
  permission();
  await sandbox.clock.advance("P1D");
  expect(received.length).toBe(1);
});

test("the same seed tells the same, whatever the merchant answers and after a restore", async () => {
  const snapshot = sandbox.snapshot();
  permission();
  await sandbox.clock.advance(DAY);
  const first = messages();
  sandbox.restore(snapshot);
  received = [];
  permission();
  await sandbox.clock.advance(DAY);
  expect(messages()).toEqual(first);
});

describe("a message on request", () => {
  test("tells of an object once more, as a change of its attributes", async () => {
    const granted = permission();
    await sandbox.clock.advance("PT1M");
    received = [];
    const message = { objectType: "CHARGE_PERMISSION", objectId: granted.chargePermissionId };
    await sandbox.control("POST", "/notifications/messages", { ...message, notificationType: "ATTRIBUTE_CHANGE" });
    await sandbox.clock.advance("PT1M");
    expect(messages().map((message) => [message["NotificationType"], message["ObjectId"]])).toEqual([
      ["ATTRIBUTE_CHANGE", granted.chargePermissionId],
    ]);
  });

  test.each([
    [{ objectType: "ORDER", objectId: "1" }, "objectType must be one of"],
    [{ objectId: "1" }, "objectType is missing"],
    [{ objectType: "CHARGE", objectId: "S01-0" }, "there is no CHARGE S01-0"],
    [{ objectType: "CHARGE", objectId: "1", notificationType: "OTHER" }, "notificationType must be one of"],
  ])("refuses %j", async (body, message) => {
    await expect(sandbox.control("POST", "/notifications/messages", body)).rejects.toThrow(message);
  });

  test("is refused where the merchant has no address", async () => {
    const { chargePermissionId: objectId } = permission(1);
    const message = { objectType: "CHARGE_PERMISSION", objectId };
    await expect(sandbox.control("POST", "/notifications/messages", message)).rejects.toThrow(
      "no address for notifications",
    );
  });
});
