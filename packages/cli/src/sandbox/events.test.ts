import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startSandbox, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { verifyNotification } from "@amazon-pay-kit/sdk/notifications";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";
import { TRIGGERS } from "./trigger-events.ts";

let started: StartedSandbox;
let shop: Server;
let status = 200;
const got: { readonly body: string; readonly type: string | undefined }[] = [];
const folder = mkdtempSync(join(tmpdir(), "apay-events-"));
const shopUrl = (): string => `http://127.0.0.1:${(shop.address() as AddressInfo).port}/ipn`;

beforeAll(async () => {
  started = await startSandbox({ port: 0, httpsPort: 0, seed: "events" });
  shop = createServer((request, reply) => {
    void text(request).then((body) => {
      got.push({ body, type: request.headers["content-type"] });
      reply.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  shop.close();
  await started.close();
  rmSync(folder, { recursive: true, force: true });
});

async function apay(...args: string[]) {
  const terminal = testTerminal(folder);
  const named = args.includes("--message") ? [] : ["--sandbox", started.ready.http];
  const ended = await runProgram([...args, ...named, "--json"], terminal, systemClock, systemRandom);
  return { status: ended, out: terminal.written.out, err: terminal.written.err };
}

const json = async <T>(...args: string[]): Promise<T> => {
  const { out, err } = await apay(...args);
  if (out === "") throw new Error(err);
  return JSON.parse(out) as T;
};

/** Runs `work` while `apay listen` forwards; gives what listen printed. */
async function listening(work: () => Promise<unknown>): Promise<string[]> {
  const terminal = testTerminal(folder);
  const args = ["listen", "--forward-to", shopUrl(), "--sandbox", started.ready.http, "--json"];
  const ends = runProgram(args, terminal, systemClock, systemRandom);
  await expect.poll(() => terminal.written.out).toContain("\n");
  try {
    await work();
    await started.sandbox.idle();
  } finally {
    terminal.stop();
  }
  expect(await ends).toBe(0);
  return terminal.written.out.trim().split("\n");
}

const states: Readonly<Record<string, string>> = {
  "charge.authorized": "CHARGE Authorized",
  "charge.captured": "CHARGE Captured",
  "charge.pending": "CHARGE AuthorizationInitiated",
  "charge.pending-authorized": "CHARGE Authorized",
  "charge.declined": "CHARGE Declined",
  "charge.soft-declined": "CHARGE Declined",
  "charge.expired": "CHARGE Canceled",
  "charge.canceled": "CHARGE Canceled",
  "refund.completed": "REFUND Refunded",
  "refund.declined": "REFUND Declined",
  "permission.closed": "CHARGE_PERMISSION Closed",
  "permission.canceled": "CHARGE_PERMISSION Closed",
  "permission.non-chargeable": "CHARGE_PERMISSION NonChargeable",
  "permission.expired": "CHARGE_PERMISSION Closed",
  chargeback: "CHARGEBACK ActionRequired",
  "chargeback.a-to-z": "CHARGEBACK ActionRequired",
  ATTRIBUTE_CHANGE: "CHARGE_PERMISSION Chargeable",
};

it("has a test for every event", () => {
  expect(TRIGGERS.map(({ name }) => name).sort()).toEqual(Object.keys(states).sort());
});

describe.each(["na", "eu", "jp"])("in region %s", (merchant) => {
  it.each(Object.entries(states))("apay trigger %s makes: %s", async (event, made) => {
    const { objectType, objectId, state } = await json<Record<string, string>>(
      "trigger",
      event,
      "--merchant",
      merchant,
    );
    expect(`${objectType} ${state}`).toBe(made);
    expect(objectId).toMatch(/\w/);
  });
});

it("forwards signed notifications byte for byte, shows the answer, and puts the earlier address back", async () => {
  const [merchant] = started.sandbox.merchants;
  const path = `/merchants/${merchant?.merchantId ?? ""}` as const;
  await started.sandbox.control("POST", path, { notificationUrl: "http://127.0.0.1:9/earlier" });
  got.length = 0;
  const lines = await listening(async () => {
    const delivered = (id: string) => expect.poll(() => got.some(({ body }) => body.includes(id))).toBe(true);
    await json("trigger", "ATTRIBUTE_CHANGE");
    await delivered("ATTRIBUTE_CHANGE");
    status = 503;
    const { objectId } = await json<{ objectId: string }>("trigger", "charge.authorized");
    await delivered(`\\"ObjectType\\":\\"CHARGE\\",\\"ObjectId\\":\\"${objectId}`);
    status = 200;
  });
  const [first, ...told] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(first).toMatchObject({ forwardTo: shopUrl() });
  expect(told.some((one) => one["notificationType"] === "ATTRIBUTE_CHANGE" && one["status"] === 200)).toBe(true);
  expect(told.some((one) => one["objectType"] === "CHARGE" && one["status"] === 503)).toBe(true);
  const changed = got.find(({ body }) => body.includes("ATTRIBUTE_CHANGE"));
  const ca = readFileSync(started.ready.caFile, "utf8");
  const hosts = { trustedHosts: [new URL(started.ready.https).host], ca };
  const verified = await verifyNotification(changed?.body ?? "", hosts);
  expect(["notificationType" in verified && verified.notificationType, changed?.type]).toEqual([
    "ATTRIBUTE_CHANGE",
    "text/plain; charset=UTF-8",
  ]);
  const { merchants } = (await started.sandbox.control("GET", "/merchants")) as {
    merchants: { notificationUrl: string | null }[];
  };
  expect(merchants.map(({ notificationUrl }) => notificationUrl)).toEqual(["http://127.0.0.1:9/earlier", null, null]);
  await started.sandbox.control("POST", path, { notificationUrl: null });
});

it("posts one message from a file, and says when the program cannot be reached or refuses", async () => {
  writeFileSync(join(folder, "kept.json"), got[0]?.body ?? "");
  const good = await apay("listen", "--forward-to", shopUrl(), "--message", "kept.json");
  expect([good.status, JSON.parse(good.out)]).toEqual([0, expect.objectContaining({ status: 200, error: null })]);
  status = 400;
  expect((await apay("listen", "--forward-to", shopUrl(), "--message", "kept.json")).status).toBe(1);
  status = 200;
  const nobody = await apay("listen", "--forward-to", "http://127.0.0.1:1/", "--message", "kept.json");
  expect([nobody.status, JSON.parse(nobody.out)]).toEqual([1, expect.objectContaining({ status: null })]);
  writeFileSync(join(folder, "empty.json"), "\n");
  expect((await apay("listen", "--forward-to", shopUrl(), "--message", "empty.json")).err).toContain("is empty");
});

it("shows calls with what they changed, and for a wrong signature the cause and the advice", async () => {
  const [merchant, other] = started.sandbox.merchants;
  const wrong = new AmazonPay({
    region: merchant?.region ?? "na",
    publicKeyId: merchant?.keys[0]?.publicKeyId ?? "",
    privateKey: other?.keys[0]?.privateKeyPem ?? "",
    fetch: started.sandbox.fetch,
  });
  await expect(wrong.charges.retrieve("S01-1234567-1234567-C123456")).rejects.toThrow();
  const terminal = testTerminal(folder);
  await runProgram(
    ["logs", "--failed", "--limit", "1", "--sandbox", started.ready.http],
    terminal,
    systemClock,
    systemRandom,
  );
  expect(terminal.written.out).toMatch(/403 {2}GET \/v2\/charges\/S01[\s\S]*signature: [\s\S]*try: /);
  const { events } = await json<{ events: { operation: string }[] }>("logs", "--merchant", "na", "--limit", "1000");
  expect(events.map(({ operation }) => operation)).toContain("createCharge");
});

it("follows calls as they happen, also after a reset", async () => {
  const terminal = testTerminal(folder);
  const args = ["logs", "--follow", "--limit", "1", "--sandbox", started.ready.http];
  const ends = runProgram(args, terminal, systemClock, systemRandom);
  await expect.poll(() => terminal.written.err).toContain("Following");
  await json("trigger", "charge.captured");
  await expect.poll(() => terminal.written.out).toContain("createCharge");
  await json("sandbox", "reset");
  await json("trigger", "refund.completed");
  await expect.poll(() => terminal.written.out).toContain("createRefund");
  terminal.stop();
  expect(await ends).toBe(0);
});

it("refuses an address where no sandbox answers, naming what to do", async () => {
  const terminal = testTerminal(folder);
  const args = ["sandbox", "clock", "--sandbox", "http://127.0.0.1:1"];
  expect(await runProgram(args, terminal, systemClock, systemRandom)).toBe(3);
  expect(terminal.written.err).toContain("no sandbox answers at http://127.0.0.1:1");
  const wrong = await apay("sandbox", "clock", "--advance", "tomorrow");
  expect([wrong.status, wrong.err]).toEqual([2, expect.stringContaining("ISO 8601")]);
});

it("apay call POST makes a key of its own, and shows it so that the call can be repeated", async () => {
  const [merchant] = started.ready.merchants;
  const key = merchant?.keys[0];
  const env = {
    AMAZON_PAY_REGION: "na",
    AMAZON_PAY_PUBLIC_KEY_ID: key?.publicKeyId ?? "",
    AMAZON_PAY_PRIVATE_KEY_FILE: key?.privateKeyFile ?? "",
    AMAZON_PAY_ENDPOINT: started.ready.http,
  };
  const order = { merchantId: merchant?.merchantId ?? "", amount: "50.00" };
  const { chargePermissionId } = await started.sandbox.control("POST", "/charge-permissions", order);
  const body = JSON.stringify({ chargePermissionId, chargeAmount: { amount: "10.00", currencyCode: "USD" } });
  const post = async (...more: string[]) => {
    const terminal = testTerminal(folder, { env });
    await runProgram(["call", "POST", "/charges", "--body", body, ...more], terminal, systemClock, systemRandom);
    const { chargeId } = JSON.parse(terminal.written.out || "{}") as { chargeId?: string };
    return { chargeId, key: /--idempotency-key (\w+)/.exec(terminal.written.err)?.[1] };
  };
  const first = await post();
  expect([first.chargeId, first.key]).toEqual([
    expect.stringMatching(/^S01-/),
    expect.stringMatching(/^[0-9a-f]{32}$/),
  ]);
  expect(await post("--idempotency-key", first.key ?? "")).toEqual({ chargeId: first.chargeId, key: undefined });
  expect((await post()).chargeId).not.toBe(first.chargeId);
});
