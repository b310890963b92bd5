import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox, trade, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeBooksConfig } from "../../examples/storefront/books-config.ts";
import { clockOf } from "../../packages/cli/src/demo/demo-clock.ts";
import { runProgram } from "../../packages/cli/src/program.ts";
import { testTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";

// Windows has no such modes: there a user's folders are the user's own.
describe.skipIf(process.platform === "win32")("files that hold books", () => {
  let folder = "";
  let config = "";
  let started: StartedSandbox;
  // What every machine has that nobody has changed: others may read.
  const before = process.umask(0o022);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "apay-private-"));
    started = await startSandbox({ port: 0, httpsPort: 0, seed: "private", processing: "straight" });
    const { sandbox, ready } = started;
    const [merchant] = ready.merchants;
    if (merchant === undefined) throw new TypeError("the sandbox has no merchant");
    config = writeBooksConfig(folder, ready, merchant);
    await sandbox.clock.advance(-12 * 86_400_000);
    const books = { firstSettlementAfter: "P3D", settlementEvery: "P3D" };
    await trade(sandbox, { merchantId: merchant.merchantId, days: 12, orders: 20, books });
    await apay("sync");
    await apay("reconcile");
  });
  afterAll(async () => {
    process.umask(before);
    await started.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function apay(...args: readonly string[]): Promise<string> {
    const terminal = testTerminal(folder);
    const clock = clockOf(started.sandbox, systemClock);
    const status = await runProgram([...args, "--config", config], terminal, clock, systemRandom);
    expect([0, 1], `${args.join(" ")}: ${terminal.written.err}`).toContain(status);
    return terminal.written.out;
  }

  /** Files below a folder that somebody else may read or write. */
  const open = (below: string): string[] =>
    readdirSync(join(folder, below), { recursive: true, encoding: "utf8" })
      .map((name) => join(below, name))
      .filter((path) => statSync(join(folder, path)).isFile() && (statSync(join(folder, path)).mode & 0o077) !== 0);

  const dataDir = (): string => (JSON.parse(readFileSync(config, "utf8")) as { dataDir: string }).dataDir;

  it("are their owner's alone: database and archive", () => {
    expect(open(dataDir())).toEqual([]);
    expect(readdirSync(join(folder, dataDir(), "archive")).length).toBeGreaterThan(0);
  });

  it("are their owner's alone: exports, in one file and in a folder", async () => {
    for (const format of ["csv", "xlsx", "hledger"]) await apay("export", "--format", format, "--out", `out/${format}`);
    await apay("export", "--format", "parquet", "--out", "out/parquet");
    expect(open("out")).toEqual([]);
  });

  it("are their owner's alone: a report that was downloaded", async () => {
    const { reports } = JSON.parse(await apay("reports", "list", "--json")) as {
      readonly reports: readonly { readonly reportId: string; readonly reportDocumentId: string | null }[];
    };
    const report = reports.find(({ reportDocumentId }) => reportDocumentId !== null);
    await apay("reports", "download", report?.reportId ?? "", "--out", "report.csv");
    expect(statSync(join(folder, "report.csv")).mode & 0o777).toBe(0o600);
  });

  it("are their owner's alone: the pack of a month, which follows no link that was put there", async () => {
    const month = new Date(started.sandbox.clock.now() - 6 * 86_400_000).toISOString().slice(0, 7);
    await apay("close", month, "--dry-run", "--pack", "pack");
    const names = readdirSync(join(folder, "pack"));
    expect(names.length).toBeGreaterThan(0);
    expect(open("pack")).toEqual([]);
    writeFileSync(join(folder, "victim"), "untouched");
    for (const name of names) symlinkSync(join(folder, "victim"), join(folder, "pack", `${name}.part`));
    await apay("close", month, "--dry-run", "--pack", "pack");
    expect(readFileSync(join(folder, "victim"), "utf8")).toBe("untouched");
    expect(readdirSync(join(folder, "pack")).filter((name) => /\.[0-9a-f]{16}\.part$/.test(name))).toEqual([]);
  });
});
