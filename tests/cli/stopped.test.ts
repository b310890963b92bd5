import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { expect, it } from "vitest";

const APAY = fileURLToPath(new URL("../../packages/cli/bin/apay.js", import.meta.url));

const COLUMNS = [
  "TransactionPostedDate,SettlementId,AmazonTransactionId,SellerReferenceId,TransactionType,AmazonOrderReferenceId",
  "SellerOrderId,StoreName,CurrencyCode,TransactionDescription,TransactionAmount,TransactionPercentageFee",
  "TransactionFixedFee,TotalTransactionFee,NetTransactionAmount",
].join(",");

/** A settlement report of this many captures. */
function settlementText(rows: number): string {
  const period = "SettlementStartDate,2026-01-01T00:00:00 +0000\nSettlementEndDate,2026-01-15T00:00:00 +0000";
  const capture = (row: number): string =>
    `2026-01-02T00:00:00 +0000,5984862222,P01-1-C${row},R-${row},Capture,P01-1,O-${row},Shop,USD,,10.00,-0.29,-0.30,-0.59,9.41`;
  const captures = Array.from({ length: rows }, (_, row) => capture(row)).join("\n");
  return `Amazon Payments Advanced\nSettlement Report\nSellerId,A1XX\n${period}\n${COLUMNS}\n${captures}\n`;
}

/** `apay` as a process of its own. */
function apay(args: readonly string[], out: "pipe" | number = "pipe"): ChildProcess {
  const child = spawn(process.execPath, [APAY, ...args], { stdio: ["pipe", out, "pipe"] });
  // What it no longer reads is what these tests are about.
  child.stdin?.on("error", () => undefined);
  return child;
}

async function ended(child: ChildProcess): Promise<{ status: number; err: string }> {
  const err = child.stderr?.destroyed === false ? text(child.stderr) : Promise.resolve("");
  const [status] = (await once(child, "exit")) as [number];
  return { status, err: await err };
}

/** Resolves when the command has begun to read. */
async function reading(child: ChildProcess): Promise<void> {
  child.stdin?.write(settlementText(30_000));
  await once(child.stdout as Readable, "readable");
}

it.concurrent.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s ends a command with %i and a sentence", async (signal, wanted) => {
  const child = apay(["parse", "-", "--format", "ndjson"]);
  const end = ended(child);
  await reading(child);
  (child.stdout as Readable).resume();
  child.kill(signal);
  expect(await end).toEqual({
    status: wanted,
    err: expect.stringContaining("stopped: nothing is left half done") as string,
  });
});

it.concurrent("a closed terminal ends the sandbox as Ctrl-C does, and its keys go", async () => {
  const child = apay(["sandbox", "start", "--port", "0", "--https-port", "0", "--json"]);
  const end = ended(child);
  const [line] = (await once(child.stdout as Readable, "data")) as [Buffer];
  const { caFile } = JSON.parse(String(line)) as { caFile: string };
  expect(existsSync(caFile)).toBe(true);
  child.kill("SIGHUP");
  expect((await end).status).toBe(0);
  expect(existsSync(caFile)).toBe(false);
});

it.concurrent("a reader that has seen enough ends a command without a word", async () => {
  const child = apay(["parse", "-", "--format", "ndjson", "--quiet"]);
  const end = ended(child);
  await reading(child);
  child.stdout?.destroy();
  child.stdin?.end(settlementText(30_000));
  expect(await end).toEqual({ status: 0, err: "" });
});

it.concurrent("a command works on when nobody reads its remarks", async () => {
  const child = apay(["parse", "-", "--json"]);
  child.stderr?.destroy();
  const end = ended(child);
  child.stdin?.end(settlementText(20_000));
  const document = JSON.parse(await text(child.stdout as Readable)) as { rows: unknown[]; summary: { rows: number } };
  expect([document.rows.length, document.summary.rows, (await end).status]).toEqual([20_000, 20_000, 0]);
});

// A disk that is always full is a device of Linux; elsewhere there is none to write to. CI has it.
const onFullDisk = existsSync("/dev/full") ? it.concurrent : it.skip;

onFullDisk("says that the disk is full", async () => {
  const child = apay(["parse", "-", "--format", "ndjson"], openSync("/dev/full", "w"));
  const end = ended(child);
  child.stdin?.end(settlementText(100));
  const { status, err } = await end;
  expect(status).toBe(2);
  expect(err).toContain("the result cannot be written: the disk is full");
  expect(err).not.toContain("    at ");
});
