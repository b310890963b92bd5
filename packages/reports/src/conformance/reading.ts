import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { collect, latin1, valuesOf, type ReadBatches, type ReadReport } from "./collect.ts";
import { DAMAGED_ROWS } from "./damaged-rows.ts";
import { rowText, settlementText } from "./settlement-text.ts";

const GOOD_BEFORE = rowText({ SellerReferenceId: "BEFORE" });
const GOOD_AFTER = rowText({ SellerReferenceId: "AFTER" });

function referencesOf(report: ReadReport): unknown[] {
  return valuesOf(report, "sellerReferenceId");
}

/** What every way to read a report must do. `read` reads in batches. */
export function readingConformance(name: string, read: ReadBatches): void {
  const readText = (text: string): Promise<ReadReport> => collect(read(latin1(text)));

  describe(`${name}: damaged rows`, () => {
    for (const lineEnd of ["\n", "\r\n", "\r"]) {
      it.each(DAMAGED_ROWS.map((damage) => ({ ...damage, lineEnd })))(
        `reports $what (line end ${JSON.stringify(lineEnd)}) and reads the rows around it`,
        async ({ row, code, expected = [], errors = 1 }) => {
          const text = settlementText([GOOD_BEFORE, row.replaceAll("\n", lineEnd), GOOD_AFTER], lineEnd);
          const report = await readText(text);
          expect(referencesOf(report)).toEqual(["BEFORE", "AFTER"]);
          expect(report.errors.map((error) => [error.line, error.code])[0]).toEqual([8, code]);
          expect(report.errors).toHaveLength(errors);
          expect(report.lines).toEqual([7, 8 + errors]);
          for (const part of expected) expect(report.errors[0]?.message).toContain(part);
          expect(report.summary).toMatchObject({
            rows: 2,
            errors,
            totals: { USD: { transactionAmount: 2000n, totalTransactionFee: -118n, netTransactionAmount: 1882n } },
            lines: { total: 8 + errors, header: 6, rows: 2, errors, blank: 0 },
          });
        },
      );
    }

    it("names every problem of a row, each with its column", async () => {
      const bad = rowText({ TransactionPostedDate: "yesterday", CurrencyCode: "EURO", TransactionType: "" });
      const { errors } = await readText(settlementText([bad]));
      expect(errors).toHaveLength(1);
      expect(errors[0]?.problems.map((problem) => [problem.code, problem.column])).toEqual([
        ["cell.instant", "TransactionPostedDate"],
        ["cell.required", "TransactionType"],
        ["cell.currency", "CurrencyCode"],
      ]);
      expect(errors[0]?.message).toMatch(/^line 7: TransactionPostedDate: .*; TransactionType: .*; CurrencyCode: /);
    });

    it("bounds a quote that nothing ends, and reads what follows", async () => {
      const many = Array.from({ length: 50 }, (_, index) =>
        rowText({ SellerReferenceId: `R${index}` })
          .replaceAll('"', "")
          .replace("Cherry, Inc.", "Cherry"),
      );
      const report = await readText(settlementText([GOOD_BEFORE, '"2026-01-01', ...many]));
      expect(report.errors.map((error) => [error.line, error.code, error.lines])).toEqual([
        [8, "row.unterminated-quote", 1],
      ]);
      expect(report.summary.rows).toBe(51);
    });

    it("gives a record that swallowed a good row its first line only", async () => {
      const report = await readText(settlementText([GOOD_BEFORE, '"a","b', `x","y"`, GOOD_AFTER]));
      expect(referencesOf(report)).toEqual(["BEFORE", "AFTER"]);
      expect(report.errors.map((error) => [error.line, error.lines, error.code])).toEqual([[8, 2, "row.cell-count"]]);
      const bare = rowText({ SellerReferenceId: "BARE", StoreName: "" }).replaceAll('"', "");
      const hiding = await readText(settlementText([GOOD_BEFORE, '"a","b', bare, 'x"', GOOD_AFTER]));
      expect(referencesOf(hiding)).toEqual(["BEFORE", "BARE", "AFTER"]);
      expect(hiding.errors.map((error) => error.line)).toEqual([8, 10]);
    });

    it("gives up an endless line without holding it, and goes on behind it", async () => {
      const endless = `"${"x".repeat(5000)}`;
      const text = settlementText([GOOD_BEFORE, endless, GOOD_AFTER], "\r\n");
      for (const blockBytes of [1, 64, 1000, 100_000]) {
        const report = await collect(read(latin1(text), { limits: { rowBytes: 1000 }, blockBytes }));
        expect(referencesOf(report)).toEqual(["BEFORE", "AFTER"]);
        expect(report.errors.map((error) => [error.line, error.length])).toEqual([[8, endless.length + 2]]);
        expect(report.errors[0]?.code).toMatch(/row\.too-long|row\.quote/);
      }
    });
  });

  describe(`${name}: rows`, () => {
    it("reads every form of line end, blank lines and a last line without end", async () => {
      const text = `${settlementText([GOOD_BEFORE], "\r\n")}\n\r\r\n  \n${GOOD_AFTER}`;
      const report = await readText(text);
      expect(report.lines).toEqual([7, 12]);
      expect(report.summary.lines).toEqual({ total: 12, header: 6, rows: 2, errors: 0, blank: 4 });
    });

    it("counts physical lines inside of cells, and keeps them", async () => {
      const broken = rowText({ TransactionDescription: "one\r\ntwo\nthree\rfour" });
      const report = await readText(settlementText([broken, GOOD_AFTER]));
      expect(report.lines).toEqual([7, 11]);
      expect(valuesOf(report, "transactionDescription")[0]).toBe("one\r\ntwo\nthree\rfour");
      expect(report.summary.lines).toMatchObject({ total: 11, rows: 5 });
    });

    it("takes commas, doubled quotes, tabs and every script as they are", async () => {
      const texts = ['a, "b"', "tab\there", "裁判所とさくらんぼ", "🍒", "Café", "=1+1"];
      const rows = texts.map((text) =>
        rowText({ StoreName: text.replaceAll('"', '""'), TransactionDescription: text.replaceAll('"', '""') }),
      );
      const report = await collect(read(Buffer.from(settlementText(rows))));
      expect(report.errors).toEqual([]);
      expect(valuesOf(report, "storeName")).toEqual(texts);
      expect(valuesOf(report, "transactionDescription")).toEqual(texts);
    });

    it("takes a 16th cell that is empty, quoted or not", async () => {
      const report = await readText(settlementText([`${GOOD_BEFORE},`, `${GOOD_AFTER},""`]));
      expect(referencesOf(report)).toEqual(["BEFORE", "AFTER"]);
      const strict = await collect(read(latin1(settlementText([`${GOOD_BEFORE},`])), { strict: true }));
      expect(strict.errors.map((error) => error.code)).toEqual(["row.cell-count"]);
    });

    it("takes rows without quotes", async () => {
      const bare = rowText({ StoreName: "Court" }).replaceAll('"', "");
      const report = await readText(settlementText([bare, GOOD_AFTER, bare], "\r\n"));
      expect(report.errors).toEqual([]);
      expect(valuesOf(report, "netTransactionAmount")).toEqual([941n, 941n, 941n]);
      expect(valuesOf(report, "transactionDescription")).toEqual([null, null, null]);
    });

    it("reads amounts exactly", async () => {
      const cases: [text: string, currency: string, minor: bigint][] = [
        ["0", "USD", 0n],
        ["-0.00", "USD", 0n],
        ["+5.00", "USD", 500n],
        ["5", "USD", 500n],
        ["5.5", "EUR", 550n],
        ["007.00", "EUR", 700n],
        ["1,000.00", "USD", 100_000n],
        ["-1,234,567.89", "USD", -123_456_789n],
        ["1,234", "USD", 123_400n],
        ["1,234.00", "JPY", 1234n],
        ["-1234", "JPY", -1234n],
        ["1234.0", "JPY", 1234n],
        ["21474836.47", "USD", 2_147_483_647n],
        ["21474836.48", "USD", 2_147_483_648n],
        ["-21474836.48", "USD", -2_147_483_648n],
        ["90071992547409.93", "USD", 9_007_199_254_740_993n],
        ["9999999999999.99", "GBP", 999_999_999_999_999n],
        ["-9999999999999999.99", "USD", -999_999_999_999_999_999n],
      ];
      const fees = { TransactionPercentageFee: "0", TransactionFixedFee: "0", TotalTransactionFee: "0" };
      const rows = cases.map(([text, currency]) =>
        rowText({ ...fees, NetTransactionAmount: text, TransactionAmount: "0", CurrencyCode: currency }),
      );
      const report = await readText(settlementText(rows));
      expect(report.errors).toEqual([]);
      expect(valuesOf(report, "netTransactionAmount")).toEqual(cases.map(([, , minor]) => minor));
      for (const currency of ["USD", "EUR", "JPY", "GBP"]) {
        const sum = cases.filter((entry) => entry[1] === currency).reduce((total, entry) => total + entry[2], 0n);
        expect(report.summary.totals[currency]).toEqual({
          transactionAmount: 0n,
          totalTransactionFee: 0n,
          netTransactionAmount: sum,
        });
      }
    });

    it("reads every form of time as the same moment", async () => {
      const moment = Date.UTC(2015, 9, 1, 14, 6, 47);
      const forms = [
        "2015-10-01T07:06:47 -0700",
        "2015-10-01T07:06:47-0700",
        "2015-10-01T14:06:47+00:00",
        "2015-10-01T14:06:47 -0000",
        "2015-10-01T14:06:47 +0000",
        "2015-10-01T19:36:47 +0530",
        "20151001T140647Z",
        "2015-10-01T14:06:47Z",
        "2015-10-01T14:06:47.000Z",
      ];
      const report = await readText(settlementText(forms.map((form) => rowText({ TransactionPostedDate: form }))));
      expect(report.errors).toEqual([]);
      expect(valuesOf(report, "transactionPostedDate")).toEqual(forms.map(() => moment));
    });

    it("reads each day from 1970 on", async () => {
      const days = [
        "1970-01-01",
        "1972-02-29",
        "1999-12-31",
        "2000-02-29",
        "2000-03-01",
        "2024-02-29",
        "2024-12-31",
        "2100-03-01",
        "2400-02-29",
      ];
      const report = await readText(
        settlementText(days.map((day) => rowText({ TransactionPostedDate: `${day}T00:00:00 +0000` }))),
      );
      expect(valuesOf(report, "transactionPostedDate")).toEqual(days.map((day) => Date.parse(`${day}T00:00:00Z`)));
    });

    it("says where each row begins, in bytes", async () => {
      const text = `\u00ef\u00bb\u00bf${settlementText([GOOD_BEFORE, "damage", GOOD_AFTER], "\r\n")}`;
      const report = await readText(text);
      expect(report.offsets).toEqual([text.indexOf(GOOD_BEFORE), text.indexOf(GOOD_AFTER)]);
      expect(report.errors[0]).toMatchObject({ offset: text.indexOf("damage"), length: 8, lines: 1 });
      expect(report.summary.bytes).toBe(text.length);
    });
  });
}
