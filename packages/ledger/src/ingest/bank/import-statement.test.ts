import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BooksContext } from "../../books/context.ts";
import { emptyBooks, inPieces } from "../imports/testing/empty-books.ts";
import { BankError } from "./errors.ts";
import { importStatement, type ImportStatementOptions } from "./import-statement.ts";

let context: BooksContext;

beforeEach(async () => {
  context = await emptyBooks(Date.UTC(2026, 1, 1));
});

afterEach(() => context.store.close());

const take = (text: string | Uint8Array, options: ImportStatementOptions = {}) =>
  importStatement(context, inPieces(text, 11), options);
const kept = () => context.store.db.selectFrom("bank_line").selectAll().orderBy("bank_line_id").execute();

async function refusedFor(text: string, options: ImportStatementOptions = {}): Promise<BankError> {
  const before = await kept();
  const error: unknown = await take(text, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BankError);
  expect(await kept()).toEqual(before);
  return error as BankError;
}

const CAMT = (account = "DE02120300000000202051", entries = "") => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>${account}</IBAN></Id></Acct>
<Ntry><Amt Ccy="EUR">8107.22</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-01-05</Dt></BookgDt>
<NtryDtls><TxDtls><Refs><EndToEndId>AMZ-REF-0001</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">8107.22</Amt></TxAmt></AmtDtls>
<RmtInf><Ustrd>AMAZON PAYMENTS</Ustrd><Ustrd>EUROPE</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">3.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-01-06T08:00:00</DtTm></BookgDt></Ntry>
<Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><BookgDt><Dt>2026-01-07</Dt></BookgDt></Ntry>
${entries}</Stmt></BkToCstmrStmt></Document>`;

const MT940 = `:20:STARTUMS
:25:12030000/0000202051
:28C:00001/001
:60F:C260104EUR1000,00
:61:2601050105C8107,22NTRFAMZ-REF-0001//BANKREF1
:86:166?00GUTSCHRIFT?20AMAZON PAYMENTS?21EUROPE S.C.A.?32AMAZON PAYMENTS EUROPE
:61:2601060106D3,NTRFNONREF
:86:808?00ENTGELT?20KONTOFUEHRUNG
:62F:C260106EUR9104,22
-
`;

describe("statements that cannot be taken", () => {
  it.each([
    ["", /file is empty/],
    ['[{"amount":1}]', /a JSON document/],
    ["<html>", /a web page/],
    ["%PDF-1.7 x", /a PDF/],
    ['a"b,c', /line 1: no column holds the date \(--map bookedAt=COLUMN\)/],
  ])("says what %j is instead", async (text, what) => {
    expect((await refusedFor(text)).message).toMatch(what);
  });

  it("takes UTF-16 that its mark says, and refuses another encoding then", async () => {
    const utf16 = Buffer.from("\ufeffDate,Amount,Currency\n2026-01-05,10.00,EUR\n", "utf16le");
    await expect(take(utf16, { encoding: "windows-1252" })).rejects.toMatchObject({ option: "--encoding" });
    expect(await take(utf16)).toMatchObject({ added: 1, notes: [expect.stringContaining("--map text=COLUMN")] });
  });

  it("names each line of a CSV, and keeps nothing", async () => {
    const text = [
      "Date,Amount,Currency,Description",
      "2026-01-05,10.00,EUR,ok",
      "2026-01-05junk,10.00,EUR,day",
      "2026-01-05,10.00.00,EUR,points",
      "2026-01-05,10.00,XXQ,currency",
      "2026-01-05,,EUR,nothing",
    ].join("\n");
    const { problems } = await refusedFor(text);
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      "3 bank.date",
      "4 bank.amount",
      "5 bank.currency",
      "6 bank.amount",
    ]);
  });

  it.each([
    ["", "bank.unusable-file"],
    ["a,b\n1,2\n", "bank.unusable-file"],
    ["<Document><Other/></Document>", "bank.unusable-file"],
    ["<Document><broken></Document>", "bank.unusable-file"],
    ['<!DOCTYPE x [<!ENTITY a "b">]><Document/>', "bank.unusable-file"],
    ["<Document><Ntry>&nbsp;</Ntry></Document>", "bank.unusable-file"],
    [MT940.replace("9104,22", "9104,23"), "bank.refused"],
  ])("refuses %j", async (text, code) => {
    expect((await refusedFor(text)).code).toBe(code);
  });

  it.each([
    ["elements without end", CAMT(undefined, "<a>".repeat(100_000)), /nested more than/],
    ["a text without end", CAMT(undefined, "x".repeat(6_000_000)), /more than 4194304 characters/],
    ["an attribute without end", CAMT(undefined, `<a b="${"x".repeat(6_000_000)}"/>`), /more than 4194304 characters/],
    ["a name without end", CAMT(undefined, `<${"x".repeat(6_000_000)}/>`), /more than 4194304 characters/],
    ["a comment without end", CAMT(undefined, `<!--${"x".repeat(6_000_000)}-->`), /more than 4194304 characters/],
    ["a tag without end", MT940.replace("C8107,22", `C${"1".repeat(100_000)},22`), /line 5: .{1,300}…/],
  ])("refuses %s, in few words", async (_name, text, message) => {
    const error: unknown = await importStatement(context, inPieces(text, 65_536)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(message) as string });
    expect((error as Error).message.length).toBeLessThan(600);
    expect(await kept()).toEqual([]);
  });

  it("refuses a mapping to a column that is not there, and another encoding", async () => {
    expect((await refusedFor("Date,Amount\n", { map: { amount: "Betrag" } })).code).toBe("bank.mapping");
    expect((await refusedFor("Date,Amount\n", { encoding: "klingon" })).code).toBe("bank.mapping");
  });

  it("refuses the statement of another bank account, unless it is named", async () => {
    await take(CAMT());
    const other = CAMT("DE99999999999999999999", "");
    expect((await refusedFor(other)).code).toBe("bank.other-account");
    const named = await refusedFor(other, { bankAccount: "DE02 1203 0000 0000 2020 51" });
    expect(named).toMatchObject({ code: "bank.other-account", option: "--bank-account" });
    expect(named.message).toContain("it is of DE99999999999999999999");
    expect(await take(other, { bankAccount: "DE99999999999999999999" })).toMatchObject({ added: 2, repeated: 0 });
    expect(await take(other)).toMatchObject({ added: 0, repeated: 2 });
    expect((await refusedFor(CAMT("DE88888888888888888888"))).message).toContain(
      "DE02120300000000202051, DE99999999999999999999",
    );
  });
});

describe("statements", () => {
  describe("the balances of a camt.053 statement", () => {
    const balance = (kind: string, amount: string, mark = "CRDT", currency = "EUR") =>
      `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${mark}</CdtDbtInd></Bal>`;
    const statement = (...balances: readonly string[]) => CAMT(undefined, balances.join(""));

    it("refuses one whose entries do not lead from the opening to the closing balance", async () => {
      const error = await refusedFor(statement(balance("OPBD", "1000.00"), balance("CLBD", "9104.21")));
      expect(error).toMatchObject({ code: "bank.refused", option: "--accept-balance-difference" });
      expect(error.problems.map(({ code }) => code)).toEqual(["bank.balance"]);
      expect(error.message).toContain("closes with 9104.21 EUR, a difference of -0.01 EUR");
    });

    it.each([
      ["agreeing", [balance("OPBD", "1000.00"), balance("CLBD", "9104.22")]],
      ["from an overdraft", [balance("PRCD", "9000.00", "DBIT"), balance("CLBD", "895.78", "DBIT")]],
      ["with only one end", [balance("OPBD", "1000.00")]],
      ["of a page in the middle", [balance("ITBD", "1.00"), balance("ITBD", "2.00")]],
      ["of what is available, not booked", [balance("OPBD", "1000.00"), balance("CLAV", "7.00")]],
    ])("takes balances %s", async (_, balances) => {
      expect((await take(statement(...balances))).added).toBe(2);
    });

    it("reports the line that cannot be read, not the sum that lacks it", async () => {
      const broken = `<Ntry><Amt Ccy="EUR">1,x</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-01-05</Dt></BookgDt></Ntry>`;
      const error = await refusedFor(statement(broken, balance("OPBD", "0.00"), balance("CLBD", "5.00")));
      expect(error.problems.map((problem) => problem.code)).toEqual(["bank.amount"]);
    });

    it("judges each statement of a file by its own balances", async () => {
      const [first = "", second = ""] = [
        statement(balance("OPBD", "1.00"), balance("CLBD", "8105.22")),
        statement(balance("OPBD", "8105.22"), balance("CLBD", "16209.44")),
      ];
      const inner = /<Stmt>[^]*<\/Stmt>/.exec(second)?.[0] ?? "";
      expect((await take(first.replace("</BkToCstmrStmt>", `${inner}</BkToCstmrStmt>`))).added).toBe(4);
    });
  });

  it("takes in balances that do not agree when it is said why, and keeps that on record", async () => {
    const wrong = MT940.replace("9104,22", "9101,42");
    expect((await refusedFor(wrong, { acceptBalanceDifference: " " })).code).toBe("bank.note");
    const options = { acceptBalanceDifference: "the bank left a page out" };
    const dry = await take(wrong, { ...options, dryRun: true });
    const imported = await take(wrong, options);
    expect(imported).toMatchObject({ added: 2, accepted: [{ line: expect.any(Number), difference: "-2.80 EUR" }] });
    expect({ ...dry, importId: null }).toEqual({ ...imported, importId: null });
    const notes = await context.store.db.selectFrom("import").select("note").execute();
    expect(notes).toEqual([{ note: "the bank left a page out (difference -2.80 EUR)" }]);
    expect(await take(MT940, options)).toMatchObject({ added: 0, repeated: 2, accepted: [] });
  });

  it("takes the account that is meant out of a file of several, and counts the others", async () => {
    const other = MT940.replace("0000202051", "0000999999").replaceAll("AMZ-REF", "OTHER-REF");
    const both = `${MT940}${other}`;
    const unsure = await refusedFor(both);
    expect(unsure).toMatchObject({ code: "bank.several-accounts", option: "--bank-account" });
    expect(unsure.message).toContain("12030000/0000202051, 12030000/0000999999");
    expect((await refusedFor(both, { bankAccount: "111" })).code).toBe("bank.other-account");
    const mine = await take(both, { bankAccount: "DE02120300000000202051" });
    expect(mine).toMatchObject({ added: 2, leftOut: { "12030000/0000999999": 2 } });
    expect((await kept()).map(({ reference }) => reference)).toEqual(["AMZ-REF-0001 BANKREF1", null]);
    // The books know the account by now; what is wrong in the statement of another one is not theirs.
    const broken = `${MT940}${other.replace("9104,22", "1,00")}`;
    expect(await take(broken)).toMatchObject({ added: 0, repeated: 2, leftOut: { "12030000/0000999999": 2 } });
  });

  it("refuses an amount beyond 64 bits at its line, on a dry run too", async () => {
    const text = "Date,Amount,Currency\n2026-01-05,9223372036854775807.00,EUR\n2026-01-05,1.00,EUR\n";
    for (const dryRun of [true, false])
      expect((await refusedFor(text, { dryRun })).problems).toMatchObject([{ line: 2, code: "bank.amount" }]);
  });

  it("counts what is no entry, and says which option a file lacks, once", async () => {
    const rows = Array.from({ length: 37 }, (_, at) => `0${(at % 9) + 1}/10/2026,1.${at + 10}`);
    const error = await refusedFor(`Date,Amount\n${rows.join("\n")}\n`);
    expect(error).toMatchObject({ code: "bank.unusable-file", problems: [] });
    expect(error.message).toContain("--currency");
    expect(error.message).toContain("--date-format");
    expect(error.message.match(/--currency EUR/g)).toHaveLength(1);
    const total = await take("Date,Amount,Currency,Text\n2026-01-05,1.00,EUR,x\nTotal,1.00,EUR,\n");
    expect(total).toMatchObject({ added: 1, skippedBecause: { "row of balances or totals": 1 } });
  });

  it("reads camt.053: booked entries only, with the reference that both sides know", async () => {
    expect(await take(CAMT(), { fileName: "a.xml" })).toMatchObject({
      added: 2,
      bankAccount: "DE02120300000000202051",
      from: Date.UTC(2026, 0, 5),
      to: Date.UTC(2026, 0, 6),
    });
    expect(await kept()).toMatchObject([
      { line: 4, amount_minor: 810722n, currency: "EUR", reference: "AMZ-REF-0001", text: "AMAZON PAYMENTS EUROPE" },
      { line: 8, amount_minor: -300n, booked_at: Date.UTC(2026, 0, 6) },
    ]);
  });

  it("reads MT940: exact amounts, signs, references, the words of its parts", async () => {
    expect(await take(MT940)).toMatchObject({ added: 2, bankAccount: "12030000/0000202051" });
    expect(await kept()).toMatchObject([
      {
        line: 5,
        amount_minor: 810722n,
        booked_at: Date.UTC(2026, 0, 5),
        reference: "AMZ-REF-0001 BANKREF1",
        counterparty: "AMAZON PAYMENTS EUROPE",
        text: "166 GUTSCHRIFT AMAZON PAYMENTS EUROPE S.C.A. AMAZON PAYMENTS EUROPE",
      },
      { line: 7, amount_minor: -300n, reference: null, text: "808 ENTGELT KONTOFUEHRUNG" },
    ]);
  });

  it("reads amounts of MT940 from their digits, up to the longest that there can be", async () => {
    const huge = MT940.replace("8107,22", "9007199254740,99").replace("9104,22", "9007199255737,99");
    await take(huge);
    expect((await kept())[0]?.amount_minor).toBe(900_719_925_474_099n);
  });

  it("reads a German CSV when it is told its forms", async () => {
    const text =
      'Auftragskonto;Buchungstag;Verwendungszweck;Betrag;Währung\nDE02;05.01.2026;AMAZON;"8.107,22";EUR\nDE02;06.01.2026;GEBÜHR;-3,00;EUR\n';
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const options = { separator: ";", decimal: ",", dateFormat: "dd.mm.yyyy", encoding: "windows-1252" } as const;
    expect(await take(bytes, options)).toMatchObject({ added: 2, bankAccount: "DE02" });
    expect(await kept()).toMatchObject([
      { amount_minor: 810722n, booked_at: Date.UTC(2026, 0, 5), text: "AMAZON" },
      { amount_minor: -300n, text: "GEBÜHR" },
    ]);
  });

  it("reads columns for money in and out", async () => {
    await take("Date,Paid in,Paid out,Details\n2026-01-05,12.00,,in\n2026-01-06,,2.50,out\n", { currency: "GBP" });
    expect(await kept()).toMatchObject([{ amount_minor: 1200n }, { amount_minor: -250n }]);
  });

  it.each([
    ["by their names", {}],
    ["by a mapping", { map: { bookedAt: "日付", text: "お取引内容", debit: "お引出し", credit: "お預入れ" } }],
  ])("reads a Japanese bank's columns %s", async (_how, options) => {
    const text =
      '日付,お取引内容,お引出し,お預入れ\r\n2025/10/20,アマゾンペイ,,"279,167"\r\n2025/10/21,手数料,330,\r\n';
    expect(await take(text, { ...options, currency: "JPY", dateFormat: "yyyy/mm/dd" })).toMatchObject({ added: 2 });
    expect(await kept()).toMatchObject([
      { amount_minor: 279167n, booked_at: Date.UTC(2025, 9, 20), text: "アマゾンペイ" },
      { amount_minor: -330n, text: "手数料" },
    ]);
  });

  it.each([
    ["¥279,167", "JPY", ".", 279167n],
    ["-279,167円", "JPY", ".", -279167n],
    ["$1,234.50", "USD", ".", 123450n],
    ["-£3.00", "GBP", ".", -300n],
    ["1.234,50 €", "EUR", ",", 123450n],
  ] as const)("reads %s with the sign of its currency", async (amount, currency, decimal, minor) => {
    await take(`Date;Amount\n2026-01-05;${amount}\n`, { separator: ";", currency, decimal });
    expect(await kept()).toMatchObject([{ amount_minor: minor }]);
  });

  it("reads lines in currencies that Amazon Pay does not know, in every format", async () => {
    await take(
      "Date,Amount,Currency\n2026-01-05,120.00,EUR\n2026-01-05,-42.10,PLN\n2026-01-06,1.234,KWD\n2026-01-06,5000,krw\n",
      { decimal: "." },
    );
    expect((await kept()).map(({ amount_minor: minor, currency }) => `${minor} ${currency}`)).toEqual([
      "12000 EUR",
      "-4210 PLN",
      "1234 KWD",
      "5000 KRW",
    ]);
    const entry =
      '<Ntry><Amt Ccy="HUF">9000.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-01-06</Dt></BookgDt></Ntry>';
    expect(await take(CAMT("DE02120300000000202051", entry))).toMatchObject({ added: 3 });
    expect(await take(MT940.replaceAll("EUR", "BHD"))).toMatchObject({ added: 2 });
    expect((await kept()).slice(-3)).toMatchObject([
      { amount_minor: -900000n, currency: "HUF" },
      { amount_minor: 8107220n, currency: "BHD" },
      { amount_minor: -3000n, currency: "BHD" },
    ]);
  });

  it("says what to do with a line in no currency", async () => {
    const { problems } = await refusedFor("Date,Amount,Currency\n2026-01-05,1.00,EUR\n2026-01-05,1.00,BTC\n");
    expect(problems).toMatchObject([{ line: 3, code: "bank.currency" }]);
    expect(problems[0]?.message).toContain("take the line out of the file");
  });

  it("refuses the sign of another currency", async () => {
    const error = await refusedFor("Date,Amount\n2026-01-05,€3.00\n", { currency: "USD" });
    expect(error.problems.map(({ code }) => code)).toEqual(["bank.currency"]);
  });

  it("recognises lines of overlapping statements, and keeps what the bank booked twice", async () => {
    const head = "Date,Amount,Currency,Description\n";
    const twice = "2026-01-05,10.00,EUR,same\n2026-01-05,10.00,EUR,same\n";
    expect(await take(head + twice)).toMatchObject({ added: 2, repeated: 0 });
    expect(await take(`${head}${twice}2026-01-06,1.00,EUR,new\n`)).toMatchObject({ added: 1, repeated: 2 });
    expect(await take(`${head}${twice}${twice}`)).toMatchObject({ added: 2, repeated: 2 });
    expect(await take(head + twice)).toMatchObject({ added: 0, repeated: 2, importId: null });
    expect(await kept()).toHaveLength(5);
  });

  it("knows the account whether it is written as IBAN, with its bank code, or as a number alone", async () => {
    await take(CAMT());
    expect(await take(MT940)).toMatchObject({ added: 2 });
    const csv = (account: string) => `Account number,Date,Amount,Currency\n${account},2026-01-09,1.00,EUR\n`;
    expect(await take(csv("202051"))).toMatchObject({ added: 1 });
    expect((await refusedFor(csv("202052"))).code).toBe("bank.other-account");
    expect((await refusedFor(csv("2051"))).code).toBe("bank.other-account");
    expect((await refusedFor(MT940.replace("12030000/", "12030001/"))).code).toBe("bank.other-account");
  });

  it("knows the lines of a statement that names no account again in one that does", async () => {
    const lines = "2026-01-05,10.00,EUR,same\n";
    await take(`Date,Amount,Currency,Description\n${lines}`);
    const named = `IBAN,Date,Amount,Currency,Description\nDE02120300000000202051,${lines}`;
    expect(await take(named)).toMatchObject({ added: 0, repeated: 1 });
  });

  it("keeps the hash of the file itself, so that a deposit leads back to it", async () => {
    const text = "Date,Amount,Currency\n05/06/2026,10.00,EUR\n";
    const hashes = () => context.store.db.selectFrom("import").select("content_hash").orderBy("import_id").execute();
    await take(text, { dateFormat: "dd/mm/yyyy" });
    const file = createHash("sha256").update(text).digest("hex");
    expect(await hashes()).toEqual([{ content_hash: file }]);
    await take(text, { dateFormat: "mm/dd/yyyy" });
    const [first, second] = await hashes();
    expect(first).toEqual({ content_hash: file });
    expect(second?.content_hash).not.toBe(file);
  });

  it("keeps nothing on a dry run", async () => {
    expect(await take(CAMT(), { dryRun: true })).toMatchObject({ added: 2, importId: null });
    expect(await kept()).toEqual([]);
  });
});
