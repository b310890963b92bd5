import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, startSandbox, type Sandbox } from "@amazon-pay-kit/sandbox";
import { fetchTransport, type Transport } from "@amazon-pay-kit/sdk";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";
import { compareServices } from "./compare.ts";
import type { DifferenceKind } from "./difference.ts";
import type { Side } from "./side.ts";

type Answer = Awaited<ReturnType<Transport["send"]>>;
type Change = (answer: Answer, body: Record<string, unknown>) => Answer;

let live: Sandbox;
let ours: Sandbox;

beforeAll(async () => {
  live = await createSandbox({ seed: "live", strict: true });
  ours = await createSandbox({ seed: "ours", strict: true });
});
afterAll(async () => {
  await live.close();
  await ours.close();
});

/** One side: a sandbox with a merchant's own key and a permission, its answers changed on the way. */
async function sideOf(sandbox: Sandbox, send?: (inner: Transport["send"]) => Transport["send"]): Promise<Side> {
  const { merchantId, storeId, keys } = sandbox.merchants[0]!;
  const [key] = keys;
  const wanted = { merchantId, amount: "5000" };
  const { chargePermissionId } = await sandbox.control("POST", "/charge-permissions", wanted);
  const wire = fetchTransport((request) => sandbox.fetch(request));
  return {
    name: "test",
    options: { region: "na", publicKeyId: key!.publicKeyId, privateKey: key!.privateKeyPem! },
    transport: { ...wire, send: send?.(wire.send) ?? wire.send },
    known: {
      storeId,
      currency: "USD",
      amount: "10.00",
      more: "20.00",
      unknown: "S01-0000000-0000000",
      permission: chargePermissionId,
    },
  };
}

/** Changes the answer to each call of one method and path. */
const changing =
  (method: string, target: RegExp, change: Change) =>
  (inner: Transport["send"]): Transport["send"] =>
  async (request) => {
    const answer = await inner(request);
    if (request.method !== method || !target.test(request.target)) return answer;
    return change(answer, JSON.parse(answer.body) as Record<string, unknown>);
  };

const withBody = (answer: Answer, body: object): Answer => ({ ...answer, body: JSON.stringify(body) });
const without = <T extends object>(from: T, name: string): T =>
  Object.fromEntries(Object.entries(from).filter(([member]) => member !== name)) as T;
const READ = /\/checkoutSessions\/(?!0{8})[0-9a-f-]{36}$/;

describe("two services that answer alike", () => {
  it("have no difference, whatever ids, keys, times and buyers they have", async () => {
    const result = await compareServices(await sideOf(live), await sideOf(ours), systemRandom);
    expect(result.differences).toEqual([]);
    expect([result.skipped, result.unanswered]).toEqual([[], []]);
    expect(result.steps.length).toBeGreaterThan(50);
    expect(new Set(result.steps.map((step) => step.ours?.status)).size).toBeGreaterThan(5);
  });

  it("say nothing about anybody", async () => {
    const side = await sideOf(live);
    const { merchantId, keys } = live.merchants[0]!;
    const text = JSON.stringify(await compareServices(side, await sideOf(ours), systemRandom));
    for (const own of [merchantId, side.known["storeId"], keys[0]!.publicKeyId, side.known["permission"]])
      expect(text).not.toContain(own);
    expect(text).not.toMatch(/@|[A-Z]\d\d-\d{7}-[1-9]\d{6}|[A-Za-z0-9+/]{80}/);
  });
});

describe("an answer that was changed on purpose is found, and nothing else", () => {
  const cases: [DifferenceKind, string, Change][] = [
    ["status", "", (answer) => ({ ...answer, status: 299 })],
    [
      "value",
      "statusDetails.state",
      (answer, body) =>
        withBody(answer, { ...body, statusDetails: { ...(body["statusDetails"] as object), state: "Opened" } }),
    ],
    ["type", "productType", (answer, body) => withBody(answer, { ...body, productType: 7 })],
    [
      "type",
      "creationTimestamp",
      (answer, body) => withBody(answer, { ...body, creationTimestamp: "2026-01-01T00:00:00Z" }),
    ],
    ["missing-member", "newer", (answer, body) => withBody(answer, { ...body, newer: "member" })],
    ["extra-member", "supplementaryData", (answer, body) => withBody(answer, without(body, "supplementaryData"))],
    ["member-order", "", (answer, { storeId, ...body }) => withBody(answer, { storeId, ...body })],
    ["extra-member", "constraints[0]", (answer, body) => withBody(answer, { ...body, constraints: [] })],
    ["header-missing", "retry-after", (answer) => ({ ...answer, headers: { ...answer.headers, "retry-after": "1" } })],
    [
      "header-extra",
      "x-amz-pay-request-id",
      (answer) => ({ ...answer, headers: without(answer.headers, "x-amz-pay-request-id") }),
    ],
    [
      "header-value",
      "content-type",
      (answer) => ({ ...answer, headers: { ...answer.headers, "content-type": "text/plain" } }),
    ],
  ];

  it.each(cases)("%s at %j", async (kind, at, change) => {
    const changed = await sideOf(live, changing("GET", READ, change));
    const { differences } = await compareServices(changed, await sideOf(ours), systemRandom);
    // Both steps that read the session, and no other step.
    const found = differences.map((each) => [each.step, each.kind, each.at.replace(/\[\d\]$/, "[0]")].join());
    expect([...new Set(found)]).toEqual(["read", "read again"].map((step) => [step, kind, at].join()));
  });

  it("reason-code", async () => {
    const changed = await sideOf(
      live,
      changing("GET", /\/refunds\/S01-0000000/, (answer, body) => withBody(answer, { ...body, reasonCode: "NotHere" })),
    );
    const { differences } = await compareServices(changed, await sideOf(ours), systemRandom);
    expect(differences).toEqual([
      {
        scenario: "objects that are not there",
        step: "read a refund",
        kind: "reason-code",
        at: "reasonCode",
        live: "NotHere",
        ours: "ResourceNotFound",
      },
    ]);
  });

  it("a message, with ids taken out", async () => {
    const change: Change = (answer, body) => withBody(answer, { ...body, message: "Nothing at S01-1234567-1234567." });
    const changed = await sideOf(live, changing("GET", /\/refunds\/S01-0000000/, change));
    const { differences } = await compareServices(changed, await sideOf(ours), systemRandom);
    expect(differences.map(({ kind, at, live: text }) => [kind, at, text])).toEqual([
      ["value", "message", "Nothing at <id>."],
    ]);
  });

  it("no-answer", async () => {
    const dead = await sideOf(
      live,
      (inner) => (request) =>
        request.target.includes("/report-schedules") ? Promise.reject(new Error("connection lost")) : inner(request),
    );
    const { differences } = await compareServices(dead, await sideOf(ours), systemRandom);
    expect(differences.map(({ kind, step }) => [kind, step])).toEqual([["no-answer", "schedules"]]);
  });
});

describe("apay sandbox compare", () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-compare-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("compares the account's service, writes a report and the shapes of what was answered", async () => {
    const started = await startSandbox({ port: 0, httpsPort: 0, seed: "amazon", strict: true });
    const [merchant] = started.ready.merchants;
    const [key] = merchant!.keys;
    const privateKeyFile = join(folder, "key.pem");
    copyFileSync(key!.privateKeyFile, privateKeyFile);
    const caFile = join(folder, "ca.pem");
    copyFileSync(started.ready.caFile, caFile);
    const account = {
      region: "na",
      publicKeyId: key!.publicKeyId,
      privateKeyFile,
      endpoint: started.ready.https,
      caFile,
    };
    writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ accounts: { shop: account } }));
    const run = async (...args: string[]) => {
      const terminal = testTerminal(folder);
      const status = await runProgram(["sandbox", "compare", ...args], terminal, systemClock, systemRandom);
      return { status, ...terminal.written };
    };
    const store = ["--store-id", merchant!.storeId];
    const alike = await run(...store, "--out", "report.json", "--record", "shapes");
    expect([alike.status, alike.out]).toEqual([
      0,
      expect.stringMatching(/not asked: a charge.*\d+ calls compared, 0 differences/s),
    ]);
    expect(JSON.parse(readFileSync(join(folder, "report.json"), "utf8"))).toMatchObject({
      region: "na",
      differences: [],
    });
    const shape = JSON.parse(
      readFileSync(join(folder, "shapes/a-checkout-session-before-the-buyer-comes--create.json"), "utf8"),
    ) as object;
    expect(shape).toMatchObject({ method: "POST", status: 201, body: { statusDetails: { state: "Open" } } });
    expect(readdirSync(join(folder, "shapes")).length).toBeGreaterThan(40);

    await started.sandbox.control("POST", "/faults", {
      match: { method: "GET", path: "/v2/report-schedules" },
      fault: "status",
      status: 503,
    });
    const differs = await run(...store, "--json");
    expect(differs.status).toBe(1);
    expect(JSON.parse(differs.out)).toMatchObject({
      differences: expect.arrayContaining([expect.objectContaining({ kind: "status", live: "503" })]),
    });
    expect(await run()).toMatchObject({ status: 2, err: expect.stringContaining("--store-id is needed") });
    await started.close();
    expect(await run(...store)).toMatchObject({
      status: 3,
      err: expect.stringContaining("no call to Amazon was answered"),
    });
    writeFileSync(
      join(folder, "apay.config.json"),
      JSON.stringify({ accounts: { shop: { ...account, publicKeyId: "LIVE-AE00000000000000000000" } } }),
    );
    expect(await run(...store)).toMatchObject({ status: 2, err: expect.stringContaining("live environment") });
  });
});
