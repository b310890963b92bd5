import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { digest } from "../../conformance/digest.ts";

const CASES = new URL("../../fixtures/cases/", import.meta.url);

const RABO = "mt940 NL18RABO0123459876 EUR 1000.00 1250.00";
const PLAIN = "AMAZON PAYMENTS EUROPE SCA REF AMZN9TEST7XYZ";
const ONE = "1 lines, 0 errors, 0 skipped";
const usual = (line: number): readonly string[] => [RABO, `${line}: 2026-10-05 250.00 EUR [] ${PLAIN}`, ONE];

it.each<readonly [file: string, reading: readonly string[]]>([
  ["mt940-25-with-currency.sta", usual(5)],
  ["mt940-28-empty.sta", usual(5)],
  [
    "mt940-61-amount-comma-only.sta",
    ["mt940 NL18RABO0123459876 EUR 1000.00 1000.50", `5: 2026-10-05 0.50 EUR [] ${PLAIN}`, ONE],
  ],
  ["mt940-61-supp-ref-slash.sta", [RABO, "5: 2026-10-05 250.00 EUR [AMZN/9TEST7XYZ | B4G30] AMAZON PAYMENTS", ONE]],
  ["mt940-61-type-nonswift.sta", [RABO, `5: 2026-10-05 250.00 EUR [] S X ${PLAIN}`, ONE]],
  ["mt940-90C-summary.sta", usual(5)],
  ["mt940-abn-header.sta", usual(8)],
  ["mt940-cr-only.sta", usual(5)],
  ["mt940-entry-date-blank.sta", usual(5)],
  ["mt940-long-86.sta", [RABO, `5: 2026-10-05 250.00 EUR [] ${`${"X".repeat(60)} `.repeat(7)}REF AMZN9TEST7XYZ`, ONE]],
  [
    "mt940-no-20.sta",
    [
      RABO,
      "4: 2026-10-05 250.00 EUR [26643593505] <AMAZON PAYMENTS> LU280019400644750000 /TRTP/SEPA OVERBOEKING/NAME/AMAZON PAYMENTS",
      ONE,
    ],
  ],
  ["mt940-ns-after-86.sta", [RABO, "5: 2026-10-05 250.00 EUR [] 01 AMAZON PAYMENTS 02 REF AMZN9TEST7XYZ", ONE]],
  [
    "mt940-qmark-in-text.sta",
    [
      RABO,
      "5: 2026-10-05 250.00 EUR [26643593505] LU280019400644750000 166 GUTSCHRIFT PAID? YES REF AMZN9TEST7XYZ ?40 LOST FIELD AMAZON ?70 MORE",
      ONE,
    ],
  ],
  ["mt940-rabo-header.sta", usual(6)],
  [
    "mt940-slash-duplicate-tag.sta",
    [
      RABO,
      "5: 2026-10-05 250.00 EUR [26643593505] <AMAZON> LU280019400644750000 /REMI/AMZN9TEST7XYZ/NAME/AMAZON/REMI/SECOND",
      ONE,
    ],
  ],
  [
    "mt940-slash-two-letter.sta",
    [RABO, "5: 2026-10-05 250.00 EUR [] /PT/FT/PY/AMAZON PAYMENTS REF AMZN9TEST7XYZ", ONE],
  ],
  ["mt940-soh-framed.sta", usual(6)],
  ["mt940-two-86.sta", [RABO, "5: 2026-10-05 250.00 EUR [] OVERBOEKING AMAZON PAYMENTS EUROPE REF AMZN9TEST7XYZ", ONE]],
  [
    "mt940-two-accounts.sta",
    [
      RABO,
      `5: 2026-10-05 250.00 EUR [] ${PLAIN}`,
      "mt940 NL20INGB0001234567 EUR 1000.00 1250.00",
      `13: 2026-10-05 250.00 EUR [] ${PLAIN}`,
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "mt940-wrapped-time.sta",
    [RABO, "5: 2026-10-05 250.00 EUR [] AMAZON PAYMENTS 05-10-2026 10:12 :30:12 REF AMZN9TEST7XYZ", ONE],
  ],
  [
    "e2e/bank-two86.sta",
    [
      "mt940 DE12030000/0000202051 USD 1000.00 1055.00",
      "5: 2026-10-16 65.00 USD [] OVERBOEKING AMAZON PAYMENTS SETTLEMENT",
      "8: 2026-11-10 -10.00 USD [] RENT",
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  ["right/mt940-28-long.sta", usual(5)],
  ["right/mt940-61-amount-dot.sta", usual(5)],
  ["right/mt940-61-lowercase.sta", usual(5)],
  ["right/mt940-61-type-3.sta", usual(5)],
  [
    "right/mt940-62-missing-truncated.sta",
    [
      "mt940 NL18RABO0123459876 EUR 1000.00 -",
      `5: 2026-10-05 250.00 EUR [] ${PLAIN.slice(0, -1)}`,
      "5: statement.balance the statement ends without its closing balance (:62F:), so that it cannot be told whether entries are missing: " +
        "fetch it again from the bank, or import it with --accept-balance-difference",
      "1 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "right/mt940-86-line-starts-dash.sta",
    [RABO, "5: 2026-10-05 250.00 EUR [] AMAZON PAYMENTS -REF AMZN9TEST7XYZ", ONE],
  ],
  ["right/mt940-crlf.sta", usual(5)],
  ["right/mt940-leading-crlf.sta", usual(6)],
  ["right/mt940-plain.sta", usual(5)],
  [
    "right/mt940-slash-free-text.sta",
    [RABO, "5: 2026-10-05 250.00 EUR [26643593505] LU280019400644750000 /AMAZON PAYMENTS REF AMZN9TEST7XYZ", ONE],
  ],
  [
    "right/mt940-slash-unknown-lower.sta",
    [RABO, "5: 2026-10-05 250.00 EUR [26643593505] LU280019400644750000 /REMI/amzn/ab12/AMZN9TEST7XYZ", ONE],
  ],
  ["right/mt940-swift-envelope.sta", usual(6)],
  [
    "right/mt940-swift-header-own-lines.sta",
    [RABO, "8: 2026-10-05 250.00 EUR [26643593505] LU280019400644750000 AMAZON PAYMENTS", ONE],
  ],
  ["right/mt940-utf16.sta", usual(5)],
])("%s", async (file, reading) => {
  expect(await digest(readFileSync(new URL(file, CASES)))).toEqual(reading);
});
