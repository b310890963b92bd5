import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type StartedSandbox, startSandbox, trade } from "@amazon-pay-kit/sandbox";
import { afterEach, beforeEach, expect, it } from "vitest";

const DAY = 86_400_000;
let books: string;
let started: StartedSandbox;

beforeEach(async () => {
  books = mkdtempSync(join(tmpdir(), "apay-report-cron-"));
  started = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
});
afterEach(async () => {
  await started.close();
  rmSync(books, { recursive: true, force: true });
});

async function look(environment: Readonly<Record<string, string>> = {}) {
  const { https, caFile, merchants } = started.ready;
  const key = merchants[0]?.keys[0];
  const program = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", "--conditions", "@amazon-pay-kit/source", program], {
    env: {
      ...process.env,
      AMAZON_PAY_REGION: "na",
      AMAZON_PAY_PUBLIC_KEY_ID: key?.publicKeyId ?? "",
      AMAZON_PAY_PRIVATE_KEY_FILE: key?.privateKeyFile ?? "",
      AMAZON_PAY_ENDPOINT: https,
      AMAZON_PAY_CA_FILE: caFile,
      APAY_DATA_DIR: books,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (words += text.toString()));
  const status = await new Promise((resolve) => child.once("close", resolve));
  return { status, words };
}

it("says what is missing, brings everything, and is silent when nothing is new", async () => {
  expect(await look({ AMAZON_PAY_REGION: "" })).toEqual({ status: 2, words: "set AMAZON_PAY_REGION\n" });
  const merchantId = started.ready.merchants[0]?.merchantId ?? "";
  await started.sandbox.clock.advance(-10 * DAY);
  const settings = { firstSettlementAfter: "P1D", settlementEvery: "P1D" };
  await trade(started.sandbox, { merchantId, days: 10, orders: 60, books: settings });
  const first = await look();
  expect(first.words).toMatch(/^\d+ reports, \d+ rows\n/);
  const second = await look();
  expect(second.words).not.toContain("rows");
  expect(second).toEqual({ status: first.status, words: first.words.split("\n").slice(1).join("\n") });
  await started.sandbox.control("POST", "/faults", {
    match: { path: "/v2/reports" },
    times: 50,
    fault: "status",
    status: 403,
  });
  expect(await look()).toMatchObject({ status: 3, words: expect.stringContaining("v2 cannot be read") });
});
