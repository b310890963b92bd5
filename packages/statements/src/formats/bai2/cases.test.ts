import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { digest } from "../../conformance/digest.ts";

const sample = readFileSync(new URL("../../fixtures/cases/bai2-sample.bai", import.meta.url));

/** A file of one account, with trailers that agree with it. */
function file(account: string, details: readonly string[], total: string, currency = "USD"): Buffer {
  const records = 2 + account.split("\n").length - 1 + details.length;
  return Buffer.from(
    [
      "01,BANK,MERCH,261005,0600,1,80,1,2/",
      `02,MERCH,BANK,1,261005,,${currency},2/`,
      account,
      ...details,
      `49,${total},${records}/`,
      `98,${total},1,${records + 2}/`,
      `99,${total},1,${records + 4}/`,
    ].join("\n"),
  );
}

it("bai2-sample.bai", async () => {
  expect(await digest(sample)).toEqual([
    "bai2 123456789 USD - 2250.07",
    "4: 2026-10-05 1250.07 USD [AMZN9TEST7XYZ] AMAZON PAYMENTS",
    "1 lines, 0 errors, 0 skipped",
  ]);
});

it("continuations in accounts and texts, types of funds, texts with commas, opening and closing balance", async () => {
  const bytes = file(
    "03,00-11,,010,100000,,/\n88,015,+143000,,,100,50000,2,V,261005,,400,7000,1,/",
    [
      "16,165,30000,V,261006,1200,BREF,CREF,PAYER, INC. PAYS 1,250",
      "88,AND MORE, MUCH MORE/",
      "16,142,20000,S,10000,5000,5000,B2,,ACH/",
      "16,475,5000,D,2,0,2000,1,3000,CHECK9,/",
      "16,495,2000,,,WIRE OUT",
      "16,890,,,,,NOTE OF THE BANK/",
    ],
    "357000",
  );
  const text = bytes
    .toString()
    .replace(/^49,357000,8/m, "49,357000,9")
    .replace(/^98,357000,1,10/m, "98,357000,1,11");
  expect(await digest(Buffer.from(text))).toEqual([
    "bai2 0011 USD 1000.00 1430.00",
    "5: 2026-10-05 300.00 USD [BREF | CREF] PAYER, INC. PAYS 1,250 AND MORE, MUCH MORE",
    "7: 2026-10-05 200.00 USD [B2] ACH",
    "8: 2026-10-05 -50.00 USD [CHECK9] -",
    "9: 2026-10-05 -20.00 USD [WIRE OUT] -",
    "10: skipped type 890 (non-monetary)",
    "4 lines, 0 errors, 1 skipped",
  ]);
});

describe("amounts follow the currency", () => {
  it.each([
    ["JPY", "1250 JPY"],
    ["KWD", "1.250 KWD"],
    ["", "12.50 USD"],
  ])("%s", async (currency, amount) => {
    const [, line] = await digest(file("03,1,,/", ["16,165,1250,Z,,,X/"], "1250", currency));
    expect(line).toContain(` ${amount} `);
  });
});

describe("errors", () => {
  it.each([
    ["a type code of no kind", "16,812,100,Z,,,X/", /line\.direction .*812/],
    ["an amount with a point", "16,165,1.00,Z,,,X/", /line\.amount .*1\.00/],
    ["an amount with a sign", "16,165,-100,Z,,,X/", /line\.amount .*-100/],
    ["no amount", "16,165,,Z,,,X/", /line\.amount/],
  ])("%s", async (_what, detail, why) => {
    expect((await digest(file("03,1,,/", [detail], "100")))[1]).toMatch(why);
  });

  it("totals, counts and balances that do not agree", async () => {
    const detail = "16,165,100,Z,,,X/";
    expect((await digest(file("03,1,,/", [detail], "150")))[2]).toMatch(
      /control-total .*1\.00 USD.*1\.50.*difference of 0\.50/,
    );
    const counted = file("03,1,,/", [detail], "100").toString().replace("49,100,3", "49,100,4");
    expect((await digest(Buffer.from(counted)))[2]).toMatch(/3 records, .*says 4/);
    const cut = file("03,1,,/", [detail], "100").toString().replace(/99,.*/, "");
    expect((await digest(Buffer.from(cut))).at(-2)).toMatch(/without its trailer \(99\)/);
    expect((await digest(file("03,1,,010,500,,,015,700,,/", [detail], "1300")))[2]).toMatch(
      /statement\.balance .*--accept-balance-difference/,
    );
  });

  it("groups that are deleted or a test bring no entries", async () => {
    const bytes = file("03,1,,/", ["16,165,100,Z,,,X/"], "100").toString().replace("BANK,1,261005", "BANK,4,261005");
    expect((await digest(Buffer.from(bytes)))[1]).toBe("4: skipped group is a test");
  });

  it("a line that is no record", async () => {
    const bytes = file("03,1,,/\nhello", [], "0");
    expect((await digest(bytes))[0]).toBe("file.damaged");
  });
});
