import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger, reconcile } from "@amazon-pay-kit/ledger";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";

const clock = manualClock(Date.UTC(2026, 0, 20));
const folder = mkdtempSync(join(tmpdir(), "apay-time-zone-"));

const COLUMNS =
  "TransactionPostedDate,SettlementId,AmazonTransactionId,SellerReferenceId,TransactionType,AmazonOrderReferenceId,SellerOrderId,StoreName,CurrencyCode,TransactionDescription,TransactionAmount,TransactionPercentageFee,TransactionFixedFee,TotalTransactionFee,NetTransactionAmount";

/** A settlement in yen that ends with 2025 in UTC, and so at nine on New Year's morning in Tokyo. */
function settlementFile(): Uint8Array {
  const capture = (time: string, id: string): string => `${time} +0000,77,${id},,Capture,,,,JPY,,1000,-40,0,-40,960`;
  return new TextEncoder().encode(
    [
      '"Amazon Payments Advanced",',
      '"Settlement Report",',
      '"SellerId","S"',
      '"SettlementStartDate","2025-12-20T00:00:00 +0000"',
      '"SettlementEndDate","2026-01-01T00:00:00 +0000"',
      COLUMNS,
      capture("2025-12-30T12:00:00", "P03-1-1-C1"),
      capture("2025-12-31T15:00:00", "P03-1-1-C2"),
      "2025-12-31T23:00:00 +0000,77,,,Transfer,,,,JPY,,-1920,0,0,0,-1920",
      "",
    ].join("\n"),
  );
}

beforeAll(async () => {
  const ledger = await openLedger({ dataDir: join(folder, ".apay"), clock });
  await ledger.accounts.add({ accountId: "tokyo", region: "jp", environment: "live" });
  await ledger.loadFile({ accountId: "tokyo", file: settlementFile(), fileName: "settlement.csv" });
  await reconcile(ledger);
  await ledger.close();
  writeFileSync(join(folder, "tokyo.json"), '{ "timeZone": "Asia/Tokyo" }');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function given(...args: string[]): Promise<string> {
  const terminal = testTerminal(folder, { columns: 200 });
  const status = await runProgram([...args, "--data-dir", ".apay"], terminal, clock, systemRandom);
  expect(status, terminal.written.err).toBe(0);
  return terminal.written.out;
}

const ZONES = { utc: [], tokyo: ["--time-zone", "Asia/Tokyo"], set: ["--config", "tokyo.json"] } as const;

describe("a time zone", () => {
  it("is refused when there is none such", async () => {
    const terminal = testTerminal(folder);
    const args = ["fees", "--time-zone", "Tokyo", "--by", "month", "--data-dir", ".apay"];
    expect(await runProgram(args, terminal, clock, systemRandom)).toBe(2);
    expect(terminal.written.err).toContain('--time-zone: unknown time zone "Tokyo"');
    expect(terminal.written.err).toContain("Asia/Tokyo");
  });

  it.each([
    [ZONES.utc, { "2025-12": 2 }],
    [ZONES.tokyo, { "2025-12": 1, "2026-01": 1 }],
    [ZONES.set, { "2025-12": 1, "2026-01": 1 }],
  ] as const)("with %j divides fees by month", async (zone, months) => {
    const { fees } = JSON.parse(await given("fees", "--by", "month", "--json", ...zone)) as {
      fees: { period: string; type: string; rows: number }[];
    };
    const captures = fees.filter(({ type }) => type === "Capture").map(({ period, rows }) => [period, rows] as const);
    expect(Object.fromEntries(captures)).toEqual(months);
  });

  it("says where days typed begin and end", async () => {
    const rows = async (...args: string[]): Promise<number> =>
      (await given("export", "--format", "csv", ...args)).trim().split("\n").length - 1;
    const terminal = testTerminal(folder);
    const nothing = ["export", "--format", "csv", "--from", "2026-01-01", "--data-dir", ".apay"];
    expect(await runProgram([...nothing, "--json", "--out", "nothing.csv"], terminal, clock, systemRandom)).toBe(2);
    expect(JSON.parse(terminal.written.out)).toMatchObject({ error: { code: "export.nothing" } });
    expect(existsSync(join(folder, "nothing.csv"))).toBe(false);
    expect(await rows("--from", "2026-01-01", ...ZONES.tokyo)).toBe(2);
    expect(await rows("--to", "2025-12-31")).toBe(3);
    expect(await rows("--to", "2025-12-31", ...ZONES.tokyo)).toBe(1);
    const { at } = JSON.parse(await given("balance", "--at", "2025-12-31", "--json", ...ZONES.tokyo)) as { at: string };
    expect(at).toBe("2025-12-31T15:00:00Z");
    const berlin = await given("balance", "--at", "2026-03-29", "--json", "--time-zone", "Europe/Berlin");
    expect((JSON.parse(berlin) as { at: string }).at).toBe("2026-03-29T22:00:00Z");
  });

  it("dates journals, and the settlements that are shown", async () => {
    const journal = ["export", "--format", "hledger", "--detail", "row"];
    expect(await given(...journal)).not.toContain("2026-01-01 *");
    expect(await given(...journal, ...ZONES.tokyo)).toContain("2026-01-01 * Amazon Pay | Capture");
    expect(await given("settlements", "list", ...ZONES.utc)).toMatch(/2025-12-20 +2026-01-01/);
    expect(await given("settlements", "list", "--time-zone", "America/New_York")).toMatch(/2025-12-19 +2025-12-31/);
  });
});
