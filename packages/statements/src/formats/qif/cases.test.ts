import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { digest } from "../../conformance/digest.ts";

const sample = readFileSync(new URL("../../fixtures/cases/qif-sample.qif", import.meta.url));

describe("qif-sample.qif", () => {
  it("is read with the options", async () => {
    expect(await digest(sample, { currency: "USD", dateFormat: "mm/dd/yyyy" })).toEqual([
      "qif - USD - -",
      "2: 2026-10-05 1250.07 USD [] <AMAZON PAYMENTS> AMAZON PAYMENTS",
      "1 lines, 0 errors, 0 skipped",
    ]);
  });

  it("without them each is named", async () => {
    const [code, message] = await digest(sample);
    expect(code).toBe("option.needed --currency");
    expect(message).toMatch(/--currency USD.*--date-format/);
    expect((await digest(sample, { currency: "USD" }))[0]).toBe("option.needed --date-format");
  });
});

it("years behind an apostrophe, splits, an account's name, its opening balance, lists that are none", async () => {
  const text = [
    "!Option:AutoSwitch",
    "!Account",
    "N12345678",
    "TBank",
    "^",
    "!Type:Bank",
    "D10/ 1'26",
    "T1,000.00",
    "POpening Balance",
    "L[Checking]",
    "^",
    "D10/ 5'26",
    "U-1,049.90",
    "T-1,049.90",
    "N1042",
    "PPayee",
    "MMemo",
    "AStreet 1",
    "SFees",
    "EPart one",
    "$-1,000.00",
    "^",
    "!Type:Cat",
    "NFees",
    "D10/10/2026",
    "^",
  ].join("\r\n");
  expect(await digest(Buffer.from(text), { currency: "usd", dateFormat: "mm/dd/yyyy" })).toEqual([
    "qif 12345678 USD 1000.00 -",
    "7: skipped opening balance",
    "12: 2026-10-05 -1049.90 USD [1042] <Payee> Payee Memo Street 1 Fees Part one",
    "1 lines, 0 errors, 1 skipped",
  ]);
});

it("days with one reading need no form; amounts with two do", async () => {
  const text = "!Type:CCard\nD2026-10-05\nT1.000\nPX\n^\nD13/10/2026\nT2.50\n";
  const [, amount, second] = await digest(Buffer.from(text), { currency: "EUR" });
  expect(amount).toMatch(/line\.amount .*--decimal/);
  expect(second).toBe("6: 2026-10-13 2.50 EUR [] -");
});

it("investments are no statement", async () => {
  expect((await digest(Buffer.from("!Type:Invst\nD1\n^\n")))[0]).toBe("file.not-a-statement");
  expect((await digest(Buffer.from("!Type:Cat\nNFees\n^\n")))[0]).toBe("file.not-a-statement");
});
