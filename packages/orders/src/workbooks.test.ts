import { gzipSync } from "node:zlib";
import writeExcelFile, { type Cell } from "write-excel-file/node";
import { describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { buffer } from "node:stream/consumers";
import { printed, refusalOf, seen } from "./testing/read-text.ts";

const text = (value: string): Cell => ({ value, type: String });
const number = (value: number): Cell => ({ value, type: Number });
const moment = (value: string): Cell => ({ value: new Date(value), type: Date, format: "dd.mm.yyyy hh:mm:ss" });

const HEADER = [
  "order_number",
  "order_status",
  "order_date",
  "order_total",
  "order_currency",
  "payment_method",
  "transaction_id",
].map(text);

async function workbook(...sheets: (readonly (readonly Cell[])[])[]): Promise<Uint8Array> {
  const made = sheets.map((data, at) => ({ data: data.map((row) => [...row]), sheet: `Sheet ${at + 1}` }));
  return new Uint8Array(await writeExcelFile(made).toBuffer());
}

const row = (order: Cell, total: Cell, paid = "amazon_payments_advanced", id = text("P02-1234567-1234567-C000001")) => [
  order,
  text("completed"),
  moment("2026-10-05T10:33:02Z"),
  total,
  text("EUR"),
  text(paid),
  id,
];

describe("workbooks as spreadsheets save them", () => {
  it("reads days as days, numbers as numbers, texts as texts", async () => {
    const file = await workbook([HEADER, row(number(101), number(1049.9)), row(text("00102"), text("49.90"))]);
    const lines = await printed(file);
    expect(lines[0]).toMatchObject({ orderId: "101", amount: "1049.90", occurredAt: "2026-10-05T10:33:02Z", line: 2 });
    expect(lines[1]).toMatchObject({ orderId: "00102", amount: "49.90", transactionId: "P02-1234567-1234567-C000001" });
    expect(lines.at(-1)).toMatchObject({ type: "summary", lines: 2, format: "woocommerce" });
    expect((await printed(file, { utcOffset: "+02:00" }))[0]?.["occurredAt"]).toBe("2026-10-05T08:33:02Z");
  });

  it("reads texts with a decimal comma beside numbers, and a cover before the sheet of orders", async () => {
    const cover = [[text("Orders of October")], [text("Customer"), number(12)]];
    const orders = [HEADER, row(text("1"), text("1.049,90")), row(text("2"), number(3.5))];
    expect(await seen(await workbook(cover, orders), { decimal: "," })).toEqual([
      "2 charge captured 1049.90 EUR 1",
      "3 charge captured 3.50 EUR 2",
    ]);
  });

  it("refuses ids of which a spreadsheet has kept fifteen digits, once for the file", async () => {
    const file = await workbook([
      HEADER,
      row(number(1234567890123456), number(1)),
      row(number(2234567890123456), number(1)),
      row(number(3234567890123456), number(1), "paypal"),
      row(number(123456789012345), number(1)),
    ]);
    expect(await seen(file)).toEqual([
      "4 skipped paid-otherwise",
      "5 charge captured 1.00 EUR 123456789012345",
      "2 record.unreadable",
    ]);
    const error = (await printed(file)).find(({ type }) => type === "error");
    expect(error).toMatchObject({ rows: 2, message: expect.stringMatching(/spreadsheet.*fifteen digits/) as unknown });
  });

  it.each(["8.03228E+18", "8,03228E+18", "1E+16", "1.5E15", "'8032276654432210046"])(
    "refuses %s, which a spreadsheet has written into a CSV",
    async (id) => {
      const csv = `transactionId,amount,currency,date\n"${id}",1.00,USD,2026-10-05\nP01-1E5-C1,2.00,USD,2026-10-05\n`;
      expect(await seen(csv)).toEqual(["3 charge captured 2.00 USD P01-1E5-C1", "2 record.unreadable"]);
    },
  );

  it("says what is missing in a workbook without orders", async () => {
    const error = await refusalOf(await workbook([[text("one"), text("two")]]));
    expect(error).toMatchObject({ code: "records.unusable-file", option: "map" });
    expect(error.message).toContain("The file has: one, two");
    const mapped = await workbook([
      ["When", "Sum", "No"].map(text),
      [moment("2026-10-05T00:00:00Z"), number(5), text("A1")],
    ]);
    expect(await seen(mapped, { currency: "EUR", map: { occurredAt: "When", amount: "Sum", orderId: "No" } })).toEqual([
      "2 charge captured 5.00 EUR A1",
    ]);
  });
});

async function zipped(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

describe("packed files", () => {
  const csv = "transactionId,amount,currency,date\nP01-1-C1,2.00,USD,2026-10-05\n";

  it("reads the one file that a gzip or zip file holds", async () => {
    const reading = ["2 charge captured 2.00 USD P01-1-C1"];
    expect(await seen(new Uint8Array(gzipSync(csv)))).toEqual(reading);
    expect(await seen(await zipped({ "__MACOSX/._a.csv": "x", "a.csv": csv }))).toEqual(reading);
  });

  it.each<[string, () => Promise<Uint8Array>, string]>([
    ["several files", () => zipped({ "a.csv": csv, "b.csv": csv }), "several files (a.csv, b.csv"],
    ["no file", () => zipped({ "__MACOSX/._a": "x" }), "holds no file"],
    ["half a gzip file", async () => new Uint8Array(gzipSync(csv).subarray(0, 30)), "damaged"],
    ["half a zip file", async () => (await zipped({ "a.csv": csv })).subarray(0, 60), "damaged"],
  ])("refuses %s", async (_what, file, message) => {
    expect((await refusalOf(await file())).message).toContain(message);
  });
});
