import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { digest } from "../../conformance/digest.ts";

const CASES = new URL("../../fixtures/cases/", import.meta.url);

const ACCOUNT = "DE02120300000000202051";
const PLAIN = "AMAZON PAYMENTS EUROPE REF AMZN9TEST7XYZ";
const ONE = "1 lines, 0 errors, 0 skipped";
const start = (format = "camt.053", closing = "1250.00", opening = "1000.00"): string =>
  `${format} ${ACCOUNT} EUR ${opening} ${closing}`;
const entry = (line: number, text = PLAIN, references = "", amount = "250.00"): string =>
  `${line}: 2026-10-05 ${amount} EUR [${references}] ${text}`;
const usual = (line = 2): readonly string[] => [start(), entry(line), ONE];
const off = (line: number, sum: string, reached: string, closing: string, difference: string, hint = ""): string =>
  `${line}: statement.balance the statement of ${ACCOUNT} opens with 1000.00 EUR, its booked entries come to ${sum} EUR, and it ` +
  `should close with ${reached} EUR but closes with ${closing} EUR, a difference of ${difference} EUR: an entry is missing or wrong.${hint} ` +
  "Fetch it again from the bank; if the bank's own balances are wrong, import it with --accept-balance-difference";

it.each<readonly [file: string, reading: readonly string[]]>([
  ["camt-052.xml", [start("camt.052"), entry(2), ONE]],
  ["camt-bah-envelope.xml", usual(3)],
  [
    "camt-batch.xml",
    [
      start("camt.053", "1429.56"),
      entry(2),
      entry(2, "OTHER CUSTOMER 4711", "", "179.56"),
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  ["camt-cdata.xml", usual()],
  ["camt-iso8859.xml", [start(), entry(2, "AMAZON PAYMENTS MÜNCHEN REF AMZN9TEST7XYZ"), ONE]],
  ["camt-leading-newline.xml", usual(3)],
  ["camt-one.zip", usual()],
  [
    "camt-two.zip",
    [
      ...usual().slice(0, 2),
      start("camt.053", "1500.00", "1250.00"),
      entry(2).replace("10-05", "10-06"),
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "camt-reversal-debit.xml",
    [
      start(),
      entry(2, PLAIN, "", "-250.00"),
      off(
        2,
        "-250.00",
        "750.00",
        "1250.00",
        "500.00",
        " The entry of line 2 carries RvslInd, with which some banks state the direction of the entry that is taken back instead of its own: " +
          "counted the other way round, the balances agree.",
      ),
      "1 lines, 1 errors, 0 skipped",
    ],
  ],
  ["camt-strd-addtl.xml", [start(), entry(2, `AMZN9TEST7XYZ ${PLAIN}`, "AMZN9TEST7XYZ"), ONE]],
  [
    "camt-ultmtdbtr.xml",
    [
      start(),
      "2: 2026-10-05 250.00 EUR [] <CITIBANK EUROPE, AMAZON PAYMENTS EUROPE SCA> PAYOUT CITIBANK EUROPE AMAZON PAYMENTS EUROPE SCA",
      ONE,
    ],
  ],
  ["camt-utf16.xml", usual()],
  [
    "e2e/bank-addtl.xml",
    [
      `camt.053 ${ACCOUNT} USD - -`,
      "2: 2026-10-16 65.00 USD [] AMAZON PAYMENTS SETTLEMENT",
      "2: 2026-11-10 -10.00 USD [] RENT",
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "right/camt-balance-off.xml",
    [
      start("camt.053", "1300.00"),
      entry(2),
      off(2, "250.00", "1250.00", "1300.00", "50.00"),
      "1 lines, 1 errors, 0 skipped",
    ],
  ],
  ["right/camt-comment-before.xml", usual()],
  ["right/camt-date-with-tz.xml", usual()],
  ["right/camt-leading-zeros.xml", usual()],
  ["right/camt-no-date.xml", [start(), "2: line.date there is no booking date", "0 lines, 1 errors, 0 skipped"]],
  ["right/camt-no-decimals.xml", usual()],
  ["right/camt-one-decimal.xml", [start("camt.053", "1250.50"), entry(2, PLAIN, "", "250.50"), ONE]],
  ["right/camt-plain.xml", usual()],
  ["right/camt-prtry-status.xml", usual()],
  ["right/camt-value-only.xml", usual()],
])("%s", async (file, reading) => {
  expect(await digest(readFileSync(new URL(file, CASES)))).toEqual(reading);
});

it.each([
  ["right/camt-amp-unescaped.xml", /cut off, or an & is not written as &amp;/],
  ["right/camt-two-docs-concatenated.xml", /no well-formed XML: 3:/],
])("%s is refused", async (file, why) => {
  const [code, message] = await digest(readFileSync(new URL(file, CASES)));
  expect(code).toBe("file.damaged");
  expect(message).toMatch(why);
});
