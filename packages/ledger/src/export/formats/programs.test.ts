import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { exportBooks, type ExportOptions } from "../export-books.ts";
import { DATEV_COLUMNS } from "./datev-columns.ts";

let ledger: Ledger;
beforeAll(async () => {
  ledger = await booksFixture();
  await load(
    ledger,
    settlementFile("5000000001", "2026-02-01T00:00:00", "2026-02-03T00:00:00", [
      {
        ...capture("2026-02-02T10:00:00", "P01-1111111-1000001-C100001", "1234.50", "-35.80"),
        sellerOrder: "Größe–1 ✓",
      },
      transfer("2026-02-02T23:59:00", "1198.40"),
    ]),
  );
  await reconcile(ledger);
});
afterAll(() => ledger.close());

/** The lines of a journal, without the report's hash. */
async function linesOf(options: ExportOptions, encoding: BufferEncoding = "utf-8"): Promise<readonly string[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of exportBooks(ledger, { what: "journal", ...options })) pieces.push(piece);
  const text = Buffer.concat(pieces).toString(encoding);
  return text
    .replaceAll(/report [0-9a-f]{12}/g, "report HASH")
    .trimEnd()
    .split(/\r?\n/);
}

describe("a settlement of 1,234.50 less 36.10 fees, of which 1,198.40 was paid out", () => {
  it("is one manual journal for Xero, debits above zero, the month by its name", async () => {
    const place = '"settlement 5000000001, report HASH, lines 7-8"';
    const entry = `Amazon Pay settlement 5000000001 shop USD,03 Feb 2026,${place}`;
    expect(await linesOf({ format: "xero" })).toEqual([
      "*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount",
      `${entry},Amazon Pay in transit,Tax Exempt,1198.40`,
      `${entry},Accounts Receivable,Tax Exempt,-1234.50`,
      `${entry},Amazon Pay fees,Tax Exempt,36.10`,
    ]);
    const [, line] = await linesOf({ format: "xero", settings: { xero: { taxRate: "BAS Excluded" } } });
    expect(line).toBe(`${entry},Amazon Pay in transit,BAS Excluded,1198.40`);
  });

  it("is one journal for QuickBooks, or one a row, debits and credits apart, the month first", async () => {
    const entry = "5000000001,02/03/2026,USD,Amazon Pay settlement 5000000001";
    expect(await linesOf({ format: "quickbooks" })).toEqual([
      "JournalNo,JournalDate,Currency,Memo,AccountName,Debits,Credits,Description",
      `${entry},Amazon Pay in transit,1198.40,,"shop, report HASH, lines 7-8"`,
      `${entry},Accounts Receivable,,1234.50,"shop, report HASH, lines 7-8"`,
      `${entry},Amazon Pay fees,36.10,,"shop, report HASH, lines 7-8"`,
    ]);
    const rows = await linesOf({ format: "quickbooks", detail: "row" });
    expect(rows.slice(1).map((line) => line.split(",").slice(0, 2).join(" "))).toEqual([
      ...Array.from({ length: 3 }, () => "5000000001-7 02/02/2026"),
      ...Array.from({ length: 2 }, () => "5000000001-8 02/02/2026"),
    ]);
  });

  it("is lines against the clearing account for DATEV: S where it gets, H where it gives", async () => {
    const of = async (options: Partial<ExportOptions>) => {
      const [head = "", , ...lines] = await linesOf({ format: "datev", ...options }, "latin1");
      const cells = [
        "Umsatz (ohne Soll/Haben-Kz)",
        "Soll/Haben-Kennzeichen",
        "Konto",
        "Gegenkonto (ohne BU-Schlüssel)",
      ];
      const names = [...cells, "Belegdatum", "Buchungstext", "Auftragsnummer"];
      const places = names.map((name) => DATEV_COLUMNS.indexOf(name as (typeof DATEV_COLUMNS)[number]));
      const shown = lines.map((line) => places.map((place) => line.split(";")[place]).join(" "));
      return { shown, days: head.split(";").slice(12, 16) };
    };
    expect(await of({})).toEqual({
      shown: [
        '1198,40 "H" 1500 1360 0302 "Amazon Pay settlement 5000000001 transit" ',
        '1234,50 "S" 1500 1400 0302 "Amazon Pay settlement 5000000001 receivable" ',
        '36,10 "H" 1500 4970 0302 "Amazon Pay settlement 5000000001 fees" ',
      ],
      days: ["20260101", "4", "20260203", "20260203"],
    });
    // Windows-1252 has the dash at 96; what it has no letter for is a question mark.
    expect((await of({ detail: "row" })).shown[0]).toBe(
      '1234,50 "S" 1500 1400 0202 "Capture Größe\u00961 ? receivable" "Größe\u00961 ?"',
    );
    // A fiscal year begins on its first day: that day is not of the year before.
    for (const [start, year] of [
      ["02-03", "20260203"],
      ["02-04", "20250204"],
    ] as const)
      expect((await of({ settings: { datev: { fiscalYearStart: start } } })).days[0]).toBe(year);
  });

  it("is where it was paid out, or where it began, when it has no end", async () => {
    const days = async (): Promise<(string | undefined)[]> =>
      (await linesOf({ format: "csv" })).slice(1).map((line) => line.split(",")[1]);
    const set = (changes: { end_at?: number | null; payout_at?: number | null }) =>
      ledger.store.db.updateTable("settlement").set(changes).execute();
    const before = await ledger.store.db.selectFrom("settlement").select(["end_at", "payout_at"]).executeTakeFirst();
    await set({ end_at: null });
    expect(new Set(await days())).toEqual(new Set(["2026-02-02"]));
    await set({ payout_at: null });
    expect(new Set(await days())).toEqual(new Set(["2026-02-01"]));
    await set(before ?? {});
    expect(new Set(await days())).toEqual(new Set(["2026-02-03"]));
  });
});
