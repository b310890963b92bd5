import fc from "fast-check";

/** An entry that is written in each format and must come back. */
export interface MadeEntry {
  /** `2026-10-05` */
  readonly day: string;
  /** Minor units, never 0. */
  readonly minor: bigint;
  readonly reference: string;
  readonly words: readonly string[];
}

const two = (value: number): string => String(value).padStart(2, "0");

/** Signs that stand in the texts of banks, also those that a format gives a meaning. */
const SIGNS = [..."abcdefgXYZ0123456789ÄÖüß?/:-+.,'()&<>{}~^@|*%#\"!;=_"];

const word = fc
  .array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 14 })
  .map((signs) => signs.join(""))
  // A blank in place of a word, and the words that stand for no reference, are nobody's text.
  .filter((text) => !/^(?:NOTPROVIDED|NONREF)$/i.test(text));

const entry: fc.Arbitrary<MadeEntry> = fc.record({
  day: fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([month, day]) => `2026-${two(month)}-${two(day)}`),
  minor: fc.bigInt({ min: -99_999_999n, max: 99_999_999n }).map((minor) => (minor === 0n ? 1n : minor)),
  reference: fc.stringMatching(/^[A-Z0-9]{5,12}$/),
  words: fc.array(word, { minLength: 1, maxLength: 40 }),
});

/** A statement of some entries. */
export const madeEntries: fc.Arbitrary<readonly MadeEntry[]> = fc.array(entry, { minLength: 1, maxLength: 6 });

const digits = (minor: bigint, sign: string): string => {
  const text = String(minor < 0n ? -minor : minor).padStart(3, "0");
  return `${text.slice(0, -2)}${sign}${text.slice(-2)}`;
};

const plain = (minor: bigint): string => `${minor < 0n ? "-" : ""}${digits(minor, ".")}`;
const short = (day: string): string => day.slice(2).replaceAll("-", "");

/** Words in lines of a width, broken anywhere, as SWIFT does. */
function wrapped(text: string, width: number): readonly string[] {
  return text.match(new RegExp(`.{1,${width}}`, "gu")) ?? [];
}

const OPENING = 100_000n;

function statementOf(entries: readonly MadeEntry[], textOf: (words: readonly string[]) => string): string {
  const balance = (minor: bigint): string => `${minor < 0n ? "D" : "C"}261231EUR${digits(minor, ",")}`;
  const lines = entries.flatMap(({ day, minor, reference, words }) => [
    `:61:${short(day)}${day.slice(5).replace("-", "")}${minor < 0n ? "D" : "C"}${digits(minor, ",")}NTRF${reference}`,
    // A line of an entry that begins with a tag of its own is no text in any reading.
    ...wrapped(`:86:${textOf(words)}`, 65).map((line, at) => (at > 0 && /^[:{-]/.test(line) ? ` ${line}` : line)),
  ]);
  const closing = entries.reduce((sum, { minor }) => sum + minor, OPENING);
  const head = [":20:X", ":25:DE02120300000000202051", ":28C:1/1", `:60F:${balance(OPENING)}`];
  return [...head, ...lines, `:62F:${balance(closing)}`, "-"].join("\r\n");
}

/** MT940 whose texts are broken at 65 characters. */
export function mt940Of(entries: readonly MadeEntry[]): string {
  return statementOf(entries, (words) => `X ${words.join(" ")}`);
}

/** MT940 with the subfields of German banks, 27 characters each. */
export function germanMt940Of(entries: readonly MadeEntry[]): string {
  return statementOf(entries, (words) => {
    const fields = wrapped(words.join(" "), 27).map((field, at) => `?${at < 10 ? 20 + at : 50 + at}${field}`);
    return `166?00GUTSCHRIFT?109310${fields.join("")}`;
  });
}

const xml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** camt.053 with texts in several elements. */
export function camtOf(entries: readonly MadeEntry[]): string {
  const parts = entries.map(({ day, minor, reference, words }) => {
    const texts = words.map((text, at) =>
      at % 3 === 0
        ? `<RmtInf><Ustrd>${xml(text)}</Ustrd></RmtInf>`
        : at % 3 === 1
          ? `<AddtlTxInf><![CDATA[${text.replaceAll("]]>", "]]")}]]></AddtlTxInf>`
          : `<RltdPties><UltmtDbtr><Nm>${xml(text)}</Nm></UltmtDbtr></RltdPties>`,
    );
    return (
      `<Ntry><Amt Ccy="EUR">${digits(minor, ".")}</Amt><CdtDbtInd>${minor < 0n ? "DBIT" : "CRDT"}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>` +
      `<BookgDt><Dt>${day}</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs>${texts.join("")}</TxDtls></NtryDtls></Ntry>`
    );
  });
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>' +
    `<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>${parts.join("\n")}</Stmt></BkToCstmrStmt></Document>`
  );
}

/** OFX 1 with every second element closed. */
export function ofxOf(entries: readonly MadeEntry[]): string {
  const parts = entries.map(
    ({ day, minor, reference, words }, at) =>
      `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>${day.replaceAll("-", "")}<TRNAMT>${plain(minor)}<FITID>${reference}${at % 2 === 0 ? "</FITID>" : ""}\n` +
      `<NAME>${xml(words[0] ?? "")}\n<MEMO>${xml(words.slice(1).join(" "))}</MEMO></STMTTRN>`,
  );
  return `OFXHEADER:100\nCHARSET:NONE\n\n<OFX><STMTRS><CURDEF>EUR<BANKTRANLIST>${parts.join("\n")}</BANKTRANLIST></STMTRS></OFX>`;
}

/** BAI2 with texts that go on in records of 88. */
export function bai2Of(entries: readonly MadeEntry[]): string {
  const lines = entries.flatMap(({ minor, reference, words }) => [
    `16,${minor < 0n ? "475" : "165"},${String(minor < 0n ? -minor : minor)},Z,${reference},,${words[0]?.replace(/\/+$/, "") ?? ""}`,
    ...words.slice(1).map((text) => `88,${text.replace(/\/+$/, "")}`),
  ]);
  const total = entries.reduce((sum, { minor }) => sum + (minor < 0n ? -minor : minor), 0n);
  return [
    "01,A,B,261005,0600,1,,,2/",
    `02,B,A,1,${short(entries[0]?.day ?? "2026-10-05")},,EUR,2/`,
    "03,1,,,,,/",
    ...lines,
    `49,${total},${lines.length + 2}/`,
    `98,${total},1,${lines.length + 4}/`,
    `99,${total},1,${lines.length + 6}/`,
  ].join("\n");
}

/** QIF with days as ISO 8601. */
export function qifOf(entries: readonly MadeEntry[]): string {
  const parts = entries.map(
    ({ day, minor, reference, words }) =>
      `D${day}\nT${plain(minor)}\nN${reference}\nP${words[0] ?? ""}\n${words
        .slice(1)
        .map((text) => `M${text}\n`)
        .join("")}^`,
  );
  return `!Type:Bank\n${parts.join("\n")}\n`;
}
