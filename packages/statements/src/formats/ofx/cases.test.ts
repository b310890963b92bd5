import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { digest } from "../../conformance/digest.ts";
import { readStatement } from "../../index.ts";

const sample = (file: string): Buffer => readFileSync(new URL(`../../fixtures/cases/${file}`, import.meta.url));

const statement = (transactions: string, rest = ""): string =>
  `<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>021<ACCTID>00 12-34<ACCTTYPE>CHECKING</BANKACCTFROM>` +
  `<BANKTRANLIST><DTSTART>20261001${transactions}</BANKTRANLIST>${rest}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
const head = (charset: string): string =>
  `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:${charset}\n\n`;
const entry = (amount: string, rest = ""): string =>
  `<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261005120000[-5:EST]<TRNAMT>${amount}<FITID>F1${rest}</STMTTRN>`;

it("ofx-sample.ofx", async () => {
  expect(await digest(sample("ofx-sample.ofx"))).toEqual([
    "ofx - USD - -",
    "5: 2026-10-05 1250.07 USD [1] <AMAZON PAYMENTS> AMAZON PAYMENTS",
    "1 lines, 0 errors, 0 skipped",
  ]);
});

it("OFX 1: a balance behind the entries, escapes, a lone <, a code page that the head names", async () => {
  const text = `${head("1252")}${statement(
    `${entry("-12.50", "<NAME>M\u00fcller &amp; S\u00f6hne<MEMO>A < B & C")}\n${entry("+3", "<CHECKNUM>77<PAYEE><NAME>Caf\u00e9<CITY>Bonn</PAYEE>")}`,
    "<LEDGERBAL><BALAMT>100.00<DTASOF>20261005</LEDGERBAL>",
  )}`;
  expect(await digest(Buffer.from(text, "latin1"))).toEqual([
    "ofx 001234 USD - 100.00",
    "7: 2026-10-05 -12.50 USD [F1] <Müller & Söhne> Müller & Söhne A < B & C",
    "8: 2026-10-05 3.00 USD [F1 | 77] <Café> Café Bonn",
    "2 lines, 0 errors, 0 skipped",
  ]);
});

it("OFX 1: a head that says windows-1252 above a text in UTF-8", async () => {
  const lines = await digest(Buffer.from(head("1252") + statement(entry("1.00", "<NAME>Caf\u00e9 Z\u00fcrich"))));
  expect(lines[1]).toContain("<Café Zürich>");
});

it("OFX 1: a code page that is none is asked for where it matters", async () => {
  const bytes = Buffer.from(head("KLINGON") + statement(entry("1.00", "<NAME>Caf\u00e9")), "latin1");
  const [code, message] = await digest(bytes);
  expect(code).toBe("option.invalid --encoding");
  expect(message).toMatch(/klingon/);
});

it("OFX 2: XML with a declaration, CDATA, closed elements, one of them empty", async () => {
  const text =
    '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR</CURDEF>' +
    "<CCACCTFROM><ACCTID>4111</ACCTID></CCACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261005</DTPOSTED>" +
    "<TRNAMT>-49,90</TRNAMT><FITID>9</FITID><NAME/><MEMO><![CDATA[A & <B>]]></MEMO></STMTTRN></BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>";
  expect(await digest(Buffer.from(text))).toEqual([
    "ofx 4111 EUR - -",
    "3: 2026-10-05 -49.90 EUR [9] A & <B>",
    "1 lines, 0 errors, 0 skipped",
  ]);
});

describe("reads the same whatever the pieces", () => {
  const inPieces = async function* (bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
  };
  const eventsOf = async (source: AsyncIterable<Uint8Array>): Promise<unknown[]> => {
    const events: unknown[] = [];
    for await (const event of readStatement(source)) events.push(event);
    return events;
  };

  it.each([
    ["a tag that is longer than any", `<${"NAME".repeat(60)}>shop`],
    ["a tag so long that it is text", `<MEMO>x <${"N".repeat(5000)}> y`],
    ["attributes of hundreds of characters", `<MEMO note="${"n".repeat(700)}">shop`],
    ["a comment and CDATA with tags inside", "<MEMO>a<!-- <NAME>b --> c<![CDATA[<NAME>d]]> e"],
    ["a comment that nothing ends", "<MEMO>a <!-- b"],
    ["what looks like a short comment", "<MEMO>a <!--> b <!-> c <!---> d <!--x--> e"],
    ["a byte order mark in the middle", "<MEMO>a \uFEFFb \uFEFF"],
  ])("%s", async (_, rest) => {
    const bytes = Buffer.from(statement(entry("1.00", rest) + entry("2.00")));
    const whole = await eventsOf(inPieces(bytes, bytes.length));
    for (const length of [1, 7, 100, 210, 1000]) expect(await eventsOf(inPieces(bytes, length))).toEqual(whole);
  });

  it("and lets go of comments and CDATA that are over, in a file of megabytes", async () => {
    const many = Array.from({ length: 12_000 }, () =>
      entry("1.00", "<MEMO><![CDATA[A & B]]> of a long year with many words"),
    );
    const bytes = Buffer.from(`${head("1252")}<!-- made by a bank -->${statement(many.join("\n"))}`);
    expect(bytes.length).toBeGreaterThan(1024 * 1024);
    expect((await digest(bytes)).at(-1)).toBe("12000 lines, 0 errors, 0 skipped");
  });
});

describe("what is ambiguous or not booked", () => {
  it("an amount with two readings is an error that names --decimal; with it, it is read", async () => {
    const bytes = Buffer.from(head("NONE") + statement(entry("1.000")));
    const [, line] = await digest(bytes);
    expect(line).toMatch(/^7: line\.amount .*--decimal/);
    expect((await digest(bytes, { decimal: "," }))[1]).toContain("1000.00 USD");
  });

  it("pending entries are counted, corrections are errors", async () => {
    const pending = "<STMTTRNP><TRNTYPE>DEBIT<DTTRAN>20261006<TRNAMT>-5.00</STMTTRNP>";
    const correction = entry("5.00", "<CORRECTFITID>F0<CORRECTACTION>DELETE");
    expect(await digest(Buffer.from(head("NONE") + statement(pending + correction)))).toEqual([
      "ofx 001234 USD - -",
      "7: skipped pending",
      expect.stringMatching(/^7: line\.status .*DELETE.*F0/) as string,
      "0 lines, 1 errors, 1 skipped",
    ]);
  });

  it("a day that is none, an amount that is none", async () => {
    const bad = entry("abc") + entry("1.00").replace("20261005120000[-5:EST]", "20261332");
    const [, amount, day] = await digest(Buffer.from(head("NONE") + statement(bad)));
    expect(amount).toMatch(/line\.amount.*abc/);
    expect(day).toMatch(/line\.date.*20261332/);
  });
});

describe("files that cannot be used", () => {
  it.each([
    ["cut off", head("NONE") + statement(entry("1.00")).slice(0, -20), "file.damaged", /cut off/],
    [
      "an error of the bank",
      `${head("NONE")}<OFX><BANKMSGSRSV1><STMTTRNRS><STATUS><CODE>2003<SEVERITY>ERROR<MESSAGE>Account not found</STATUS></STMTTRNRS></BANKMSGSRSV1></OFX>`,
      "file.not-a-statement",
      /error 2003 Account not found/,
    ],
    [
      "investments",
      `${head("NONE")}<OFX><INVSTMTMSGSRSV1></INVSTMTMSGSRSV1></OFX>`,
      "file.not-a-statement",
      /investment/,
    ],
    [
      "no currency",
      head("NONE") + statement(entry("1.00")).replace("<CURDEF>USD", ""),
      "option.needed --currency",
      /CURDEF/,
    ],
  ])("%s", async (_what, text, code, message) => {
    const refused = (await digest(Buffer.from(text))).slice(-2);
    expect(refused[0]).toBe(code);
    expect(refused[1]).toMatch(message);
  });
});
