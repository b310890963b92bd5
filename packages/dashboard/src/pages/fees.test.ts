import { openLedger, reconcile, type Ledger } from "@amazon-pay-kit/ledger";
import { readCsv } from "@amazon-pay-kit/reports/csv";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDashboardApp } from "../server/app.tsx";

const NOW = Date.UTC(2026, 5, 1);

/** A settlement file of one capture and its transfer. */
function settlement(id: string, from: string, to: string, at: string, cells: readonly string[]): Uint8Array {
  const head =
    "TransactionPostedDate,SettlementId,AmazonTransactionId,SellerReferenceId,TransactionType,AmazonOrderReferenceId,SellerOrderId,StoreName,CurrencyCode,TransactionDescription,TransactionAmount,TransactionPercentageFee,TransactionFixedFee,TotalTransactionFee,NetTransactionAmount";
  const row = (time: string, type: string, ...amounts: readonly string[]): string =>
    [
      `${time}T00:00:00 +0000`,
      id,
      type === "Capture" ? `P01-1-1-C${id}` : "",
      "",
      type,
      "",
      "",
      "",
      "USD",
      "",
      ...amounts,
    ]
      .map((cell) => `"${cell}"`)
      .join(",");
  const lines = [
    '"Amazon Payments Advanced",',
    '"Settlement Report",',
    '"SellerId","S"',
    `"SettlementStartDate","${from}T00:00:00 +0000"`,
    `"SettlementEndDate","${to}T00:00:00 +0000"`,
    `${head},`,
    row(at, "Capture", ...cells),
    row(to, "Transfer", `-${cells.at(-1)}`, "0", "0", "0", `-${cells.at(-1)}`),
  ];
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger({ dataDir: ":memory:", clock: manualClock(NOW) });
  await ledger.accounts.add({ accountId: "us", region: "na", environment: "live" });
  // The first lies more than a year back; the second is settled in April and was captured in March.
  for (const file of [
    settlement("1000000001", "2024-03-01", "2024-03-10", "2024-03-05", ["100.00", "-2.90", "-0.30", "-3.20", "96.80"]),
    settlement("1000000002", "2026-03-28", "2026-04-02", "2026-03-31", ["284.83", "-8.26", "-0.30", "-8.56", "276.27"]),
  ])
    await ledger.loadFile({ accountId: "us", file, fileName: "settlement.csv" });
  await reconcile(ledger);
});
afterAll(() => ledger.close());

const get = async (path: string, timeZone?: string): Promise<string> => {
  const app = createDashboardApp({
    views: ledger,
    books: {
      fileLines: () => Promise.reject(new Error("unused")),
      explain: () => Promise.resolve(),
      reopen: () => Promise.resolve(),
    },
    access: { isHost: () => true, localUser: "me" },
    secret: "s",
    timeZone,
    now: () => NOW,
  });
  return (await app.request(`http://127.0.0.1:8581${path}`)).text();
};
const csv = async (path: string, timeZone?: string): Promise<(readonly string[])[]> => {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of readCsv(new Blob([await get(path, timeZone)]).stream())) rows.push(cells);
  return rows.slice(1);
};

it("has every settlement on the page, as the file has it, however long ago", async () => {
  const page = await get("/fees?account=us");
  for (const id of ["1000000001", "1000000002"]) expect(page).toContain(id);
  expect((await csv("/fees.csv?account=us")).map(([id]) => id)).toEqual(["1000000002", "1000000001"]);
});

it("adds up by type what was posted in a period, whichever settlement has it", async () => {
  const march = "account=us&from=2026-03-01&to=2026-03-31";
  expect(await csv(`/fees/types.csv?${march}`)).toEqual([
    ["Capture", "1", "284.83", "-8.26", "-0.30", "-8.56", "0.00", "0.0301", "USD", "us"],
  ]);
  // The settlement ended in April, so that no chart or list of settlements has it in March.
  expect(await csv(`/fees.csv?${march}`)).toEqual([]);
  const page = await get(`/fees?${march}`);
  expect(page).toContain(
    "/transactions?account=us&amp;type=capture&amp;currency=USD&amp;from=2026-03-01&amp;to=2026-03-31",
  );
  expect(page).not.toContain("1000000001");
  expect(page).not.toContain("No row fits");
  expect(await get("/fees?from=2001-01-01&to=2001-01-31")).toContain("No row fits");
});

it("has days and months of its time zone", async () => {
  const zone = "America/Los_Angeles";
  // Captured at midnight UTC of 31 March, settled at midnight of 2 April: each the evening before in California.
  const evening = "account=us&from=2026-03-30&to=2026-03-30";
  expect((await csv(`/fees/types.csv?${evening}`, zone)).map(([type]) => type)).toEqual(["Capture"]);
  expect(await csv(`/fees/types.csv?${evening}`)).toEqual([]);
  expect((await csv("/fees.csv?account=us&from=2026-04-01&to=2026-04-01", zone)).map(([id]) => id)).toEqual([
    "1000000002",
  ]);
  const page = await get("/settlements?account=us", zone);
  expect(page).toContain("1 Apr 2026");
  expect(page).toContain("Times are in America/Los_Angeles.");
  // Midnight UTC of 1 June is in May there.
  expect(await get("/fees?account=us", zone)).toContain("from=2026-05-01&amp;to=2026-05-31");
});
