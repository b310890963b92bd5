import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { digest } from "../conformance/digest.ts";
import type { StatementOptions } from "../options.ts";

const CASES = new URL("../fixtures/cases/", import.meta.url);

const GERMAN = { separator: ";", decimal: ",", dateFormat: "dd.mm.yyyy" } as const;
const FRENCH = { separator: ";", decimal: ",", dateFormat: "dd/mm/yyyy" } as const;
const JAPANESE = { encoding: "shift_jis", currency: "JPY", dateFormat: "yyyy/mm/dd" } as const;
const ONE = "1 lines, 0 errors, 0 skipped";
const TWO = "2 lines, 0 errors, 0 skipped";
const EUR = "csv - EUR - -";
const X = (amount: string) => [EUR, `2: 2026-10-05 ${amount} EUR [] X`, ONE];

type Row = readonly [file: string, options: StatementOptions, reading: readonly string[]];

const DEUTSCHE_BANK = [
  EUR,
  "6: 2026-10-05 1250.07 EUR [] <AMAZON PAYMENTS EUROPE> SEPA-Gutschrift AMAZON PAYMENTS EUROPE REF AMZN9TEST7XYZ LU28 BIC",
  "7: 2026-10-06 -50.00 EUR [] <VERMIETER> SEPA-Lastschrift VERMIETER MIETE DE89 BIC",
  "8: skipped row of balances or totals",
  "2 lines, 0 errors, 1 skipped",
];
const DKB = [
  "csv DE02120300000000202051 EUR - -",
  "6: 2026-10-05 1250.07 EUR [] <AMAZON PAYMENTS EUROPE SCA> AMAZON PAYMENTS EUROPE SCA MUSTER GMBH REF AMZN9TEST7XYZ Eingang LU280019400644750000",
  "7: 2026-10-06 50.00 EUR [] <KUNDE A> KUNDE A MUSTER GMBH RG 17 Eingang DE89370400440532013000",
  TWO,
];
const ING_NL = [
  "csv NL18INGB0123459876 EUR - -",
  "2: 2026-10-05 1250.07 EUR [] <AMAZON PAYMENTS EUROPE> AMAZON PAYMENTS EUROPE LU28 OV Overschrijving REF AMZN9TEST7XYZ",
  "3: 2026-10-06 -50.00 EUR [] <VERHUURDER> VERHUURDER NL11 IC Incasso HUUR",
  TWO,
];
const SPARKASSE = [
  "csv DE02120300000000202051 EUR - -",
  "2: 2026-10-05 1250.07 EUR [] <AMAZON PAYMENTS EUROPE SCA> GUTSCHR. UEBERWEISUNG REF AMZN9TEST7XYZ AMAZON PAYMENTS EUROPE SCA LU123 BIC",
  ONE,
];
const LLOYDS = [
  "csv 12345678 GBP - -",
  "2: 2026-10-05 1250.07 GBP [] BGC AMAZON PAYMENTS UK AMZN9TEST7XYZ",
  "3: 2026-10-06 -50.00 GBP [] DD RENT",
  TWO,
];
const MUFG = ["csv - JPY - -", "2: 2026-10-05 125007 JPY [] 振込 ｶ)ｱﾏｿﾞﾝﾍﾟｲ", ONE];
const SBI = ["csv - JPY - -", "2: 2026-10-05 125007 JPY [] 振込＊ｱﾏｿﾞﾝ -", ONE];

const READ: readonly Row[] = [
  ["csv-amount-1.000.csv", { decimal: "," }, [EUR, "2: 2026-10-05 1000.00 EUR [] AMAZON", ONE]],
  ["csv-amount-1.000.csv", { decimal: "." }, [EUR, "2: 2026-10-05 1.00 EUR [] AMAZON", ONE]],
  ["csv-amount-cr.csv", {}, X("25.00")],
  ["csv-amount-eur-suffix.csv", {}, X("25.00")],
  ["csv-amount-parens.csv", {}, X("-25.00")],
  ["csv-date-mon.csv", {}, X("25.00")],
  ["csv-date-yymmdd.csv", { dateFormat: "yymmdd" }, X("25.00")],
  ["csv-deutschebank.csv", {}, DEUTSCHE_BANK],
  ["csv-deutschebank.csv", { ...GERMAN, skipLines: 4, encoding: "windows-1252" }, DEUTSCHE_BANK],
  ["csv-dkb-4digit.csv", {}, DKB],
  // The option cuts off the line that names the account.
  ["csv-dkb-4digit.csv", { ...GERMAN, skipLines: 4, currency: "EUR" }, [EUR, ...DKB.slice(1)]],
  ["csv-es.csv", FRENCH, [EUR, "2: 2026-10-05 1250.07 EUR [] TRANSF AMAZON PAYMENTS AMZN9TEST7XYZ", ONE]],
  [
    "csv-fr.csv",
    FRENCH,
    [
      EUR,
      "2: 2026-10-05 1250.07 EUR [] VIR AMAZON PAYMENTS EUROPE AMZN9TEST7XYZ",
      "3: 2026-10-06 -50.00 EUR [] LOYER",
      TWO,
    ],
  ],
  ["csv-ing-nl.csv", {}, ING_NL],
  ["csv-ing-nl.csv", { separator: ";", decimal: ",", dateFormat: "yyyymmdd", currency: "EUR" }, ING_NL],
  ["csv-ing-nl.csv", { map: { amount: "Bedrag (EUR)" } }, ING_NL],
  ["csv-lloyds.csv", {}, LLOYDS],
  ["csv-lloyds.csv", { dateFormat: "dd/mm/yyyy", currency: "GBP" }, LLOYDS],
  ["csv-mufg.csv", {}, MUFG],
  ["csv-mufg.csv", JAPANESE, MUFG],
  ["csv-sbi.csv", {}, SBI],
  ["csv-sbi.csv", JAPANESE, SBI],
  ["csv-semicolon-undeclared.csv", {}, X("25.00")],
  ["csv-sep-line.csv", {}, [EUR, "3: 2026-10-05 25.00 EUR [] X", ONE]],
  ["csv-signs-negative-credit.csv", {}, [EUR, "2: 2026-10-05 -25.00 EUR [] REVERSED PAYOUT", ONE]],
  ["csv-sparkasse-camt.csv", {}, SPARKASSE],
  ["csv-sparkasse-camt.csv", { separator: ";", decimal: ",", dateFormat: "dd.mm.yy" }, SPARKASSE],
  [
    "csv-total-row.csv",
    {},
    [EUR, "2: 2026-10-05 25.00 EUR [] X", "3: skipped row of balances or totals", "1 lines, 0 errors, 1 skipped"],
  ],
  ["right/csv-amount-dr.csv", {}, X("-25.00")],
  ["right/csv-amount-eur-prefix.csv", {}, X("25.00")],
  ["right/csv-amount-euro-sign.csv", {}, X("25.00")],
  ["right/csv-amount-fullwidth.csv", {}, X("25.00")],
  ["right/csv-amount-neg-euro.csv", {}, X("-25.00")],
  ["right/csv-amount-plus.csv", {}, X("25.00")],
  ["right/csv-amount-space-sign.csv", {}, X("-25.00")],
  ["right/csv-amount-trailing-minus.csv", {}, X("-25.00")],
  [
    "right/csv-barclays.csv",
    {},
    ["csv 20000012345678 GBP - -", "2: 2026-10-05 1250.07 GBP [] Counter Credit AMAZON PAYMENTS UK AMZN9TEST7XYZ", ONE],
  ],
  [
    "right/csv-cp1252-euro-sign.csv",
    { ...GERMAN, encoding: "windows-1252" },
    [EUR, "2: 2026-10-05 1250.07 EUR [] AMAZON PAYMENTS – München", ONE],
  ],
  ["right/csv-date-iso-space.csv", {}, X("25.00")],
  ["right/csv-date-iso-time.csv", {}, X("25.00")],
  ["right/csv-date-quoted.csv", {}, X("25.00")],
  ["right/csv-date-us-dash.csv", { dateFormat: "mm-dd-yyyy" }, X("25.00")],
  ["right/csv-fr-narrow-nbsp.csv", FRENCH, [EUR, "2: 2026-10-05 1250.07 EUR [] VIR AMAZON", ONE]],
  [
    "right/csv-rabo.csv",
    {},
    [
      "csv NL18RABO0123459876 EUR - -",
      "2: 2026-10-05 1250.07 EUR [] <AMAZON PAYMENTS EUROPE> 000000000000000001 LU28 AMAZON PAYMENTS EUROPE REF AMZN9TEST7XYZ",
      ONE,
    ],
  ],
  ["right/csv-signs-both.csv", {}, X("-25.00")],
  ["right/csv-signs-trailing-minus-credit.csv", {}, [EUR, "2: 2026-10-05 -25.00 EUR [] FEE", ONE]],
  [
    "right/csv-two-header.csv",
    {},
    [
      EUR,
      "2: 2026-10-05 25.00 EUR [] X",
      "3: skipped column names, once more",
      "4: 2026-10-06 25.00 EUR [] Y",
      "2 lines, 0 errors, 1 skipped",
    ],
  ],
  ["right/csv-utf8-bom.csv", {}, X("25.00")],
];

describe("bank CSV that reads", () => {
  it.each(READ)("%s %j", async (file, options, reading) => {
    expect(await digest(readFileSync(new URL(file, CASES)), options)).toEqual(reading);
  });
});

describe("bank CSV that is refused, with the option that decides", () => {
  it.each<readonly [file: string, options: StatementOptions, code: string, message: RegExp]>([
    ["csv-amount-1.000.csv", {}, "option.needed --decimal", /1\.000 EUR with .* and 1000 EUR with .*--decimal/],
    ["csv-date-yymmdd.csv", {}, "option.needed --date-format", /2026-10-05 as yymmdd.*--date-format/],
    ["csv-es.csv", {}, "option.needed --date-format", /2026-10-05 as dd\/mm\/yyyy, 2026-05-10 as mm\/dd\/yyyy/],
    ["csv-fr.csv", { separator: ",", dateFormat: "dd/mm/yyyy" }, "option.needed --separator", /--separator ';'/],
    ["csv-sparkasse-camt.csv", GERMAN, "option.needed --date-format", /with --date-format dd\.mm\.yy it is 2026-10-05/],
    ["csv-mufg.csv", { encoding: "utf-8" }, "file.encoding --encoding", /not utf-8: name another with --encoding/],
    ["right/csv-cp1252-euro-sign.csv", {}, "file.encoding --encoding", /line 2: .*--encoding windows-1252/],
    ["right/csv-date-us-dash.csv", {}, "option.needed --date-format", /dd-mm-yyyy.*mm-dd-yyyy/],
  ])("%s %j", async (file, options, code, message) => {
    const [refusal, given = ""] = await digest(readFileSync(new URL(file, CASES)), options);
    expect(refusal).toBe(code);
    expect(given).toMatch(message);
  });

  it.each([
    ["right/csv-amount-lakh.csv", "2: line.amount"],
    ["right/csv-amount-leading-apostrophe.csv", "2: line.amount"],
    ["right/csv-amount-sci.csv", "2: line.amount"],
    ["right/csv-amount-trailing-plus.csv", "2: line.amount"],
    ["right/csv-date-serial.csv", "2: line.date"],
  ])("%s is an error at its line", async (file, error) => {
    const reading = await digest(readFileSync(new URL(file, CASES)));
    expect(reading[0]).toContain(error);
    expect(reading.at(-1)).toBe("0 lines, 1 errors, 0 skipped");
  });
});
