import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AmazonPay, InvalidInputError } from "@amazon-pay-kit/sdk";
import { OPERATIONS } from "@amazon-pay-kit/sdk/operations";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listeningSandbox, type ListeningSandbox } from "../../checkout/testing/listening.ts";
import type { SandboxEvent } from "../../events/event.ts";
import { createSandbox } from "../../service/create-sandbox.ts";
import type { Sandbox } from "../../service/sandbox.ts";
import { clientOptions, payThrough, signedCaller, useSandbox } from "../../testing/index.ts";
import { curlCode } from "./curl-code.ts";
import { jsLiteral } from "./js-literal.ts";
import { SDK_METHODS } from "./sdk-methods.ts";
import { sdkCode } from "./sdk-code.ts";
import { testCode } from "./test-code.ts";

const usd = (amount: string) => ({ amount, currencyCode: "USD" }) as const;

/** Calls of every kind, with their answers: made, refused, declined, faulty, after a pause, about what others made. */
async function trade(sandbox: Sandbox): Promise<void> {
  const pay = new AmazonPay({ ...clientOptions(sandbox), maxRetries: 0 });
  const quiet = (call: Promise<unknown>) => call.catch(() => undefined);
  const merchantId = sandbox.merchants[0]?.merchantId ?? "";
  const { chargePermissionId } = await sandbox.control("POST", "/charge-permissions", { merchantId, amount: "100.00" });
  const created = { chargePermissionId, chargeAmount: usd("60.00"), captureNow: true } as const;
  const charge = await pay.charges.create(created, { idempotencyKey: "twice" });
  await quiet(pay.charges.create({ ...created, chargeAmount: usd("1.00") }, { idempotencyKey: "twice" }));
  await quiet(pay.charges.create({ ...created, chargeAmount: usd("900.00") }));
  await quiet(pay.charges.create({ ...created, chargeAmount: usd("2.00") }, { simulate: "HardDeclined" }));
  const refund = await pay.refunds.create({ chargeId: charge.chargeId, refundAmount: usd("10.00") });
  await pay.refunds.retrieve(refund.refundId);
  await pay.charges.retrieve(charge.chargeId);
  await quiet(pay.charges.capture(charge.chargeId, { captureAmount: usd("1.00") }));
  await quiet(pay.charges.retrieve("S01-0000000-0000000-C000000"));
  const session = await pay.checkoutSessions.create({
    webCheckoutDetails: {
      checkoutReviewReturnUrl: "https://shop.example/it's?a=1&b=\"$x`",
      checkoutResultReturnUrl: "https://shop.example/result",
    },
    storeId: sandbox.merchants[0]?.storeId ?? "",
    paymentDetails: { paymentIntent: "Authorize", chargeAmount: usd("19.00") },
    chargePermissionType: "OneTime",
  });
  await payThrough(sandbox, session.checkoutSessionId);
  const done = await pay.checkoutSessions.complete(session.checkoutSessionId, { chargeAmount: usd("19.00") });
  await sandbox.clock.advance("P31D");
  await pay.charges.retrieve(done.chargeId ?? "");
  await pay.chargePermissions.close(done.chargePermissionId ?? "", { closureReason: "over" });
  await sandbox.control("POST", "/faults", { fault: "status", status: 503 });
  await quiet(pay.charges.retrieve(charge.chargeId));
  const other = await sandbox.control("POST", "/charge-permissions", {
    merchantId,
    amount: "30.00",
    instrument: "3434",
  });
  await quiet(
    pay.chargePermissions.update(other.chargePermissionId, { merchantMetadata: { noteToBuyer: "x".repeat(300) } }),
  );
  const raw = signedCaller(sandbox);
  await raw("POST", "/v2/charges", { chargePermissionId, chargeAmount: usd("1.005"), capturenow: true });
  await pay.reports.list({ processingStatuses: ["COMPLETED", "FAILED"] });
  await quiet(pay.buyers.retrieve("no+token/="));
}

type Body = (...values: readonly unknown[]) => Promise<void>;

/** A copied program without its imports, as a function of what they import. */
function programOf(code: string, ...names: readonly string[]): Body {
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (...parts: string[]) => Body;
  return new AsyncFunction(...names, code.replaceAll(/^import .*$/gm, ""));
}

const tools = ["bash", "openssl", "curl"].every((tool) => spawnSync(tool, ["--version"]).error === undefined);

describe("a call as code", () => {
  let listening: ListeningSandbox;
  let sandbox: Sandbox;
  let events: readonly SandboxEvent[];
  beforeAll(async () => {
    listening = await listeningSandbox();
    ({ sandbox } = listening);
    await trade(sandbox);
    events = sandbox.events.list();
  });
  afterAll(() => listening[Symbol.asyncDispose]());

  test("every operation has a method that the client has", () => {
    const pay = new AmazonPay(clientOptions(sandbox)) as unknown as Record<string, Record<string, unknown>>;
    for (const { name } of OPERATIONS) {
      const [resource = "", method = ""] = SDK_METHODS[name].split(".");
      expect(pay[resource]?.[method], name).toBeTypeOf("function");
    }
  });

  test("of the SDK sends the same again", async () => {
    for (const event of events) {
      const code = sdkCode(event);
      if (JSON.stringify([event.request.path, event.request.body]).includes("[hidden]")) {
        expect(code).toContain("// One value is not kept in the log");
        continue;
      }
      const sent: Request[] = [];
      const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
        sent.push(new Request(input, init));
        return Response.json({ reasonCode: "Enough", message: "seen" }, { status: 400 });
      };
      const forSandbox = (_: string, choice: object) => new AmazonPay({ ...clientOptions(sandbox, choice), fetch });
      const program = programOf(code ?? "", "AmazonPay", "console");
      const failure: unknown = await program({ forSandbox }, console).catch((error: unknown) => error);
      if (failure instanceof InvalidInputError) {
        // The client does not send what the service would refuse.
        expect(event.response.status).toBe(400);
        continue;
      }
      const [request] = sent;
      expect(request, `${String(failure)}\n${code}`).toBeDefined();
      expect(`${request?.method} ${new URL(request?.url ?? "").pathname}`, code).toBe(
        `${event.request.method} ${event.request.path}`,
      );
      const text = (await request?.text()) ?? "";
      expect(text === "" ? null : JSON.parse(text)).toEqual(event.request.body);
      for (const name of ["x-amz-pay-idempotency-key", "x-amz-pay-simulation-code"]) {
        expect(request?.headers.get(name) ?? undefined).toBe(event.request.headers[name]);
      }
    }
  });

  test("as a test passes in a sandbox of its own", async () => {
    let passed = 0;
    for (const event of events) {
      const code = testCode(sandbox.engine, events, event);
      expect(code, `${event.eventId} ${event.operation}`).toBeDefined();
      if (code === undefined || code.includes("[hidden]")) continue;
      const hooks: Record<string, () => Promise<void>> = {};
      const hook = (name: string) => (work: () => Promise<void>) => {
        hooks[name] = work;
      };
      let body: (() => Promise<void>) | undefined;
      const names = ["AmazonPay", "useSandbox", "beforeAll", "afterAll", "beforeEach", "expect", "test"];
      const define = (_: string, work: () => Promise<void>) => {
        body = work;
      };
      await programOf(code, ...names)(
        AmazonPay,
        (given: Parameters<typeof useSandbox>[0]) => useSandbox(given, { seed: 1 }),
        hook("before"),
        hook("after"),
        hook("each"),
        expect,
        define,
      );
      await hooks["before"]?.();
      try {
        await body?.();
        passed += 1;
      } catch (error) {
        throw new Error(`call ${event.eventId}: ${(error as Error).message}\n${code}`, { cause: error });
      } finally {
        await hooks["after"]?.();
      }
    }
    expect(passed).toBeGreaterThan(14);
  });

  test.runIf(tools)(
    "as a script signs and sends",
    async () => {
      const key = sandbox.merchants[0]?.keys[0];
      const folder = mkdtempSync(join(tmpdir(), "apay-curl-"));
      const file = join(folder, "private-key.pem");
      writeFileSync(file, key?.privateKeyPem ?? "", { mode: 0o600 });
      const chosen = events.filter(
        ({ operation, request, fault }) => fault === null && operation !== "getBuyer" && request.method !== "PATCH",
      );
      for (const event of chosen.slice(0, 12)) {
        const script = join(folder, `call-${event.eventId}.sh`);
        writeFileSync(script, curlCode(event, listening.origin));
        const before = sandbox.events.nextId;
        const run = await runScript(script, file);
        const [made] = sandbox.events.list({ after: before - 1 });
        expect(made?.signature, run).toMatchObject({ valid: true });
        expect(made?.request.body).toEqual(event.request.body);
        expect(`${made?.request.method} ${made?.request.path}?${made?.request.query}`).toBe(
          `${event.request.method} ${event.request.path}?${event.request.query}`,
        );
      }
    },
    60_000,
  );
});

async function runScript(script: string, key: string): Promise<string> {
  const { execFile } = await import("node:child_process");
  return new Promise((resolve) => {
    execFile("bash", [script], { env: { ...process.env, PRIVATE_KEY: key } }, (error, stdout, stderr) => {
      resolve(`${stdout}${stderr}${error?.message ?? ""}`);
    });
  });
}

test("calls that no client makes are not offered as calls of one", async () => {
  const sandbox = await createSandbox({ seed: 2 });
  await sandbox.fetch(new Request("http://sandbox.invalid/checkout/visits/none?a='b'"));
  await sandbox.fetch(new Request("http://sandbox.invalid/v2/charges", { method: "POST", body: "{" }));
  const [page, unsigned] = sandbox.events.list();
  if (page === undefined || unsigned === undefined) throw new Error("two calls were made");
  for (const event of [page, unsigned]) {
    expect([sdkCode(event), testCode(sandbox.engine, [], event)]).toEqual([undefined, undefined]);
  }
  expect(curlCode(page, "http://127.0.0.1:8580")).toContain(
    "curl -i -X GET 'http://127.0.0.1:8580/checkout/visits/none?a=",
  );
  expect(curlCode(unsigned, "http://127.0.0.1:8580")).toContain("YOUR-PUBLIC-KEY-ID");
});

test.each([
  [{}, "{}"],
  [[], "[]"],
  [{ a: 1, "b-c": [null, true], __proto__x: "it's" }, '{ a: 1, ["b-c"]: [null, true], __proto__x: "it\'s" }'],
  [JSON.parse('{"__proto__":{"x":1}}'), '{ ["__proto__"]: { x: 1 } }'],
])("literal %#", (value, text) => {
  expect(jsLiteral(value)).toBe(text);
});

test("a literal takes names for texts, and breaks lines that are long", () => {
  const names = new Map([["S01", "permission.chargePermissionId"]]);
  expect(jsLiteral({ id: "S01", text: "x".repeat(80) }, "  ", names)).toBe(
    `{\n    id: permission.chargePermissionId,\n    text: "${"x".repeat(80)}",\n  }`,
  );
});
