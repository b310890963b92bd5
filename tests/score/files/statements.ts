import { dayText } from "../calendar.ts";
import { amountText, total } from "../money.ts";
import type { AccountFacts } from "../account-facts.ts";
import type { BankLine } from "../movements.ts";

/** A file of a bank, and how many of them there are. */
export interface StatementFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const text = (name: string, lines: readonly string[]): StatementFile => ({
  name,
  bytes: new TextEncoder().encode(`${lines.join("\n")}\n`),
});

const OPENING = 5_000_000n;

function usCsv(lines: readonly BankLine[]): StatementFile[] {
  let balance = OPENING;
  const rows = lines.map(({ day, amount, currency, text: words }) => {
    const [year = "", month = "", date = ""] = dayText(day).split("-");
    balance += amount;
    return `${month}/${date}/${year},${words},${amountText(amount, currency)},${amountText(balance, currency)}`;
  });
  return [text("statement.csv", ["Date,Description,Amount,Balance", ...rows])];
}

/** The half-width katakana and kanji of the texts, in Shift_JIS: no library of the product writes it. */
const SHIFT_JIS: Readonly<Record<string, readonly number[]>> = {
  日: [0x93, 0xfa],
  付: [0x95, 0x74],
  摘: [0x93, 0x45],
  要: [0x97, 0x76],
  内: [0x93, 0xe0],
  容: [0x97, 0x65],
  支: [0x8e, 0x78],
  払: [0x95, 0xa5],
  い: [0x82, 0xa2],
  金: [0x8b, 0xe0],
  額: [0x8a, 0x7a],
  預: [0x97, 0x61],
  か: [0x82, 0xa9],
  り: [0x82, 0xe8],
  差: [0x8d, 0xb7],
  引: [0x88, 0xf8],
  残: [0x8e, 0x63],
  高: [0x8d, 0x82],
  振: [0x90, 0x55],
  込: [0x8d, 0x9e],
  ア: [0x83, 0x41],
  マ: [0x83, 0x7d],
  ゾ: [0x83, 0x5d],
  ン: [0x83, 0x93],
  ペ: [0x83, 0x79],
  イ: [0x83, 0x43],
  メ: [0x83, 0x81],
  ト: [0x83, 0x67],
};

function shiftJis(words: string): Uint8Array {
  return Uint8Array.from(
    [...words].flatMap((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (code < 0x80) return [code];
      const bytes = SHIFT_JIS[letter];
      if (bytes === undefined) throw new TypeError(`the test cannot write ${letter} in Shift_JIS`);
      return [...bytes];
    }),
  );
}

function jpCsv(lines: readonly BankLine[]): StatementFile[] {
  let balance = OPENING;
  const rows = lines.map(({ day, amount, text: words }) => {
    const [year = "", month = "", date = ""] = dayText(day).split("-");
    balance += amount;
    const size = String(amount < 0n ? -amount : amount).replaceAll(/\B(?=(\d{3})+$)/g, ",");
    const [out, into] = amount < 0n ? [size, ""] : ["", size];
    return [`${year}/${Number(month)}/${Number(date)}`, "", words, out, into, String(balance)]
      .map((cell) => `"${cell}"`)
      .join(",");
  });
  const head = '"日付","摘要","摘要内容","支払い金額","預かり金額","差引残高"';
  return [{ name: "meisai.csv", bytes: shiftJis(`${[head, ...rows].join("\r\n")}\r\n`) }];
}

function mt940(lines: readonly BankLine[]): StatementFile[] {
  const amount = (minor: bigint, currency: string): string =>
    amountText(minor < 0n ? -minor : minor, currency).replace(".", ",");
  const short = (day: number): string => dayText(day).replaceAll("-", "").slice(2);
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return [];
  const closing = OPENING + total(lines.map((one) => one.amount));
  const entries = lines.flatMap((one) => [
    `:61:${short(one.day)}${short(one.day).slice(2)}${one.amount < 0n ? "D" : "C"}${amount(one.amount, one.currency)}NTRFNONREF`,
    `:86:${one.text}`,
  ]);
  return [
    text("statement.sta", [
      ":20:STATEMENT",
      ":25:GB33BUKB20201555555555",
      ":28C:1/1",
      `:60F:C${short(first.day)}${first.currency}${amount(OPENING, first.currency)}`,
      ...entries,
      `:62F:C${short(last.day)}${last.currency}${amount(closing, last.currency)}`,
      "-",
    ]),
  ];
}

/** A file a month, as banks send them. */
function camt(lines: readonly BankLine[]): StatementFile[] {
  const months = [...new Set(lines.map(({ day }) => dayText(day).slice(0, 7)))];
  return months.map((month) => {
    const entries = lines
      .filter(({ day }) => dayText(day).startsWith(month))
      .map(
        ({ day, amount, currency, text: words }) =>
          `<Ntry><Amt Ccy="${currency}">${amountText(amount < 0n ? -amount : amount, currency)}</Amt><CdtDbtInd>${
            amount < 0n ? "DBIT" : "CRDT"
          }</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${dayText(day)}</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>${words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
      );
    return text(`camt-${month}.xml`, [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>',
      "<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>",
      ...entries,
      "</Stmt></BkToCstmrStmt></Document>",
    ]);
  });
}

/** The statements of an account's bank, from its first line to its last. */
export function statementFiles(facts: AccountFacts, lines: readonly BankLine[]): readonly StatementFile[] {
  const sorted = lines.toSorted((one, other) => one.day - other.day);
  return { "us-csv": usCsv, "jp-csv": jpCsv, mt940, "camt.053": camt }[facts.statement](sorted);
}

/** The bank settings of an account's configuration: what its files do not say. */
export function statementSettings({ statement, currency }: AccountFacts): Readonly<Record<string, string>> {
  if (statement === "us-csv") return { dateFormat: "mm/dd/yyyy", currency };
  return statement === "jp-csv" ? { encoding: "shift_jis", dateFormat: "yyyy/mm/dd", currency } : {};
}
