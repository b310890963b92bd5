import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger } from "@amazon-pay-kit/ledger";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadConfig } from "../../packages/cli/src/config/config.ts";
import { runProgram } from "../../packages/cli/src/program.ts";
import { testTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";
import { jobExports } from "../../packages/cli/src/workers/job-exports.ts";
import { reconcile } from "../../packages/ledger/src/reconcile/reconcile.ts";
import { capture, settlementFile, transfer } from "../../packages/ledger/src/reconcile/testing/books-fixture.ts";

const clock = manualClock(Date.UTC(2026, 5, 1));
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "apay-incremental-"));
  const ledger = await openLedger({ dataDir: join(folder, "books"), clock });
  for (const accountId of ["de", "us"]) {
    await ledger.accounts.add({ accountId, region: "na", environment: "live" });
    const file = settlementFile(`500000000${accountId.length}`, "2026-01-01T00:00:00", "2026-01-15T00:00:00", [
      capture("2026-01-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
      transfer("2026-01-14T10:00:00", "96.80"),
    ]);
    await ledger.loadFile({ accountId, file, fileName: "settlement.csv" });
  }
  await reconcile(ledger);
  await ledger.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function apay(...args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  const terminal = testTerminal(folder);
  const status = await runProgram(["export", ...args, "--data-dir", "books"], terminal, clock, systemRandom);
  return { status, ...terminal.written };
}

it("brings a folder up to date, and says what it has written", async () => {
  const first = await apay("--incremental", "--out", "lake", "--json");
  expect([first.status, first.err]).toEqual([0, expect.stringContaining("exporting de")]);
  const document = JSON.parse(first.out) as { out: string; accounts: { accountId: string; added: number }[] };
  expect(document.out).toBe("lake");
  expect(document.accounts.map(({ accountId, added }) => [accountId, added])).toEqual([
    ["de", 3],
    ["us", 3],
  ]);
  const again = await apay("--incremental", "--to", "lake");
  expect(again.out).toContain("lake: 0 files written, 0 of them in the place of others, 0 withdrawn; 6 files stand");
  expect((await apay("--incremental", "--out", "csv", "--format", "csv", "--what", "rows", "--full")).status).toBe(0);
  expect(readdirSync(join(folder, "csv")).sort()).toEqual(["manifest", "rows"]);
});

it.each([
  [["--incremental"], "--out"],
  [["--incremental", "--out", "lake", "--format", "datev"], "parquet or csv"],
  [["--incremental", "--out", "lake", "--from", "2026-01-01"], "--from"],
  [["--incremental", "--out", "lake", "--currency", "USD"], "--currency"],
  [["--incremental", "--out", "ftp://somewhere/else"], "s3://bucket/prefix"],
  [["--incremental", "--out", "lake", "--group", "../x"], "letters, digits"],
])("refuses %j, and says %s", async (args, words) => {
  const { status, err } = await apay(...args);
  expect(status).toBe(2);
  expect(err).toContain(words);
});

it("is carried out by workers, for the accounts and groups of the configuration", async () => {
  const config = join(folder, "apay.config.json");
  const lake = { format: "parquet", incremental: true, folder: "lake", accounts: ["de"], groups: { eu: ["de"] } };
  writeFileSync(config, JSON.stringify({ exports: { lake } }));
  const ledger = await openLedger({ dataDir: join(folder, "books"), clock });
  try {
    const { lake: job } = jobExports(loadConfig({ config }, {}, folder), ledger);
    const { signal } = new AbortController();
    expect(await job?.run({ accountId: "us", signal })).toEqual({ files: 0 });
    expect(await job?.run({ accountId: "de", signal })).toMatchObject({ accountId: "de", added: 3 });
    expect(readdirSync(join(folder, "lake/rows"))).toEqual(["account_group=eu"]);
    const manifest = readFileSync(join(folder, "lake/manifest/account_id=de/current.json"), "utf8");
    expect((JSON.parse(manifest) as { files: unknown[] }).files).toHaveLength(3);
  } finally {
    await ledger.close();
  }
});

it.each([
  [{ format: "parquet", incremental: true }, "either a folder or a bucket"],
  [{ format: "parquet", folder: "a", bucket: { bucket: "b" }, incremental: true }, "either a folder or a bucket"],
  [{ format: "csv", bucket: { bucket: "b" } }, "incremental: true"],
  [{ format: "datev", incremental: true, folder: "a" }, "parquet or csv"],
  [{ format: "csv", incremental: true, folder: "a", what: "rows" }, "tables in place of what"],
])("refuses the setting %j", (lake, words) => {
  const config = join(folder, "apay.config.json");
  writeFileSync(config, JSON.stringify({ exports: { lake } }));
  expect(() => loadConfig({ config }, {}, folder)).toThrowError(new RegExp(words));
});
