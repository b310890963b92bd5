import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { startSandbox, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";
import { readPages, searchPages } from "./pages.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const main = join(root, "packages/cli/src/main.ts");

describe("apay mcp, asked by the official client over stdio", () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-mcp-"));
  let started: StartedSandbox;
  let client: Client;

  beforeAll(async () => {
    started = await startSandbox({ port: 0, httpsPort: 0, seed: "mcp" });
    const [merchant] = started.ready.merchants;
    const [key] = merchant!.keys;
    const shop = {
      region: "na",
      publicKeyId: key!.publicKeyId,
      privateKeyFile: key!.privateKeyFile,
      endpoint: started.ready.https,
      caFile: started.ready.caFile,
    };
    writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ accounts: { shop } }));
    client = new Client({ name: "test", version: "1" });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [
          "--import",
          import.meta.resolve("tsx"),
          "--conditions=@amazon-pay-kit/source",
          main,
          "mcp",
          "--sandbox",
          started.ready.http,
        ],
        cwd: folder,
        stderr: "inherit",
      }),
    );
  });
  afterAll(async () => {
    await client.close();
    await started.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async (name: string, given: Record<string, unknown> = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: given });
    const [first] = content as { readonly text: string }[];
    return { text: first?.text ?? "", isError: isError === true };
  };
  const document = async (name: string, given: Record<string, unknown> = {}): Promise<Record<string, never>> => {
    const { text, isError } = await ask(name, given);
    expect([name, isError, isError ? text : ""]).toEqual([name, false, ""]);
    return JSON.parse(text) as Record<string, never>;
  };

  it("lists its tools: those of the books only read, each with a schema", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["docs_search", "sandbox_clock", "books_explain"]),
    );
    for (const { name, annotations, inputSchema, description } of tools) {
      expect([name, inputSchema.type]).toEqual([name, "object"]);
      expect((description ?? "").length, name).toBeGreaterThan(15);
      if (name.startsWith("books_") || name.startsWith("docs_"))
        expect([name, annotations?.readOnlyHint]).toEqual([name, true]);
    }
  });

  it("wrong arguments, names and figures are answered with what is right", async () => {
    expect(await ask("docs_search")).toMatchObject({ isError: true, text: expect.stringContaining("query") });
    expect(await ask("docs_read", { path: "docs/none.md" })).toMatchObject({
      isError: true,
      text: expect.stringContaining("docs/quick-start.md"),
    });
    expect(await ask("api_operations", { name: "pay" })).toMatchObject({ isError: true });
    expect(await ask("explain_reason_code", { code: "No" })).toMatchObject({
      isError: true,
      text: expect.stringContaining("SoftDeclined"),
    });
    expect(await ask("sandbox_trigger", { event: "charge.none" })).toMatchObject({
      isError: true,
      text: expect.stringContaining("charge.declined"),
    });
    expect(await ask("books_explain", { figure: "48211.07" })).toMatchObject({ isError: true });
    expect(await ask("sandbox_fault", { fault: "explode" })).toMatchObject({ isError: true });
    for (const [tool, given] of [
      ["sandbox_clock", { now: "2026-01-31T00:00:00Z" }],
      ["sandbox_calls", { failed: true, merchant: "na" }],
      ["books_exceptions", { cod: "match.amount" }],
      ["docs_search", { query: "x", limit: 1 }],
    ] as const)
      expect(await ask(tool, given), tool).toMatchObject({
        isError: true,
        text: expect.stringMatching(/unrecognized/i),
      });
  });

  it("finds and reads pages, as tools and as resources", async () => {
    const hits = (await document("docs_search", { query: "pending authorization" })) as unknown as { path: string }[];
    expect(hits.map(({ path }) => path)).toContain("docs/pending-and-declines.md");
    expect((await ask("docs_read", { path: "docs/quick-start.md" })).text).toContain("# Quick start");
    const { resources } = await client.listResources();
    const page = resources.find(({ uri }) => uri === "apay://docs/go-live.md");
    const { contents } = await client.readResource({ uri: page!.uri });
    expect((contents[0] as { text: string }).text).toContain("# Go live");
  });

  it("knows operations and reason codes", async () => {
    expect((await document("api_operations")) as unknown as object[]).toHaveLength(43);
    expect(await document("api_operations", { name: "createCharge" })).toMatchObject({
      method: "POST",
      path: "/v2/charges",
      body: { chargePermissionId: expect.anything() },
    });
    expect(await document("explain_reason_code", { code: "SoftDeclined" })).toMatchObject({
      remedy: expect.stringContaining("idempotency key"),
    });
  });

  it("creates, pays, moves the clock, breaks a call and reads what happened, in the sandbox", async () => {
    const status = await document("sandbox_status");
    expect(JSON.stringify(status)).not.toContain("PRIVATE KEY");
    const { chargePermissionId } = await document("sandbox_create_charge_permission", { amount: "25.00" });
    expect(chargePermissionId).toMatch(/^S01-/);
    const [merchant] = started.ready.merchants;
    const pay = new AmazonPay({
      region: "na",
      publicKeyId: merchant!.keys[0]!.publicKeyId,
      privateKey: readFileSync(merchant!.keys[0]!.privateKeyFile, "utf8"),
      baseUrl: started.ready.http,
      maxRetries: 0,
    });
    const chargeAmount = { amount: "19.00", currencyCode: "USD" } as const;
    const webCheckoutDetails = {
      checkoutReviewReturnUrl: "http://localhost/review",
      checkoutResultReturnUrl: "http://localhost/result",
    };
    const { checkoutSessionId: session } = await pay.checkoutSessions.create({
      storeId: merchant!.storeId,
      webCheckoutDetails,
      paymentDetails: { paymentIntent: "Authorize", chargeAmount },
    });
    await document("sandbox_pay", { session, action: "sign-in", card: "1111" });
    const { redirectUrl } = await document("sandbox_pay", { session, action: "approve" });
    expect(redirectUrl).toContain("/result");
    expect((await pay.checkoutSessions.finish(session, chargeAmount)).outcome).toBe("authorized");
    const before = started.sandbox.clock.now();
    await document("sandbox_clock", { advance: "P1D" });
    expect(started.sandbox.clock.now() - before).toBeGreaterThan(86_000_000);
    const to = new Date(started.sandbox.clock.now() + 3 * 86_400_000).toISOString();
    await document("sandbox_clock", { to });
    expect(started.sandbox.clock.now()).toBeGreaterThanOrEqual(Date.parse(to));
    await document("sandbox_fault", { fault: "status", status: 503, method: "GET", path: "/v2/charges/*" });
    await expect(pay.charges.retrieve("S01-0000000-0000000-C000000")).rejects.toMatchObject({ status: 503 });
    await document("sandbox_fault", { clear: true });
    expect(await document("sandbox_trigger", { event: "charge.declined" })).toMatchObject({ state: "Declined" });
    const { events } = await document("sandbox_calls", { failed: true, limit: 1 });
    expect(events).toHaveLength(1);
    expect(await ask("sandbox_notifications")).toMatchObject({ isError: false });
    pay.close();
  });

  it("reads the books, and changes nothing in them", async () => {
    await started.sandbox.control("POST", "/settlements", { merchantId: started.ready.merchants[0]!.merchantId });
    const apay = async (...args: string[]) => {
      const terminal = testTerminal(folder);
      return [await runProgram(args, terminal, systemClock, systemRandom), terminal.written.err] as const;
    };
    await apay("sync");
    await apay("reconcile");
    expect(await document("books_settlements")).toMatchObject({ settlements: expect.any(Array) });
    expect(await document("books_exceptions", { status: "all" })).toMatchObject({ exceptions: expect.any(Array) });
    expect((await ask("books_settlement", { id: "1" })).isError).toBe(true);
  });
});

describe("a search of the pages", () => {
  it("puts the page about something before pages that mention it", () => {
    const found = (query: string): string => searchPages(readPages(), query)[0]?.path ?? "";
    expect(found("disputes chargeback evidence")).toBe("docs/disputes.md");
    expect(found("test cards 3434")).toBe("docs/test-cards-and-codes.md");
    expect(searchPages(readPages(), "zzzzqqq")).toEqual([]);
  });
});
