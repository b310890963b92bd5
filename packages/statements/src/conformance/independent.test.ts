import { Buffer } from "node:buffer";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { formatAmount } from "@amazon-pay-kit/money";
import fc from "fast-check";
import Papa from "papaparse";
import { readSheet } from "read-excel-file/node";
import writeExcelFile from "write-excel-file/node";
import { expect, it } from "vitest";
import type { StatementLine } from "../events.ts";
import { collect } from "./collect.ts";

const RUNS = { seed: 20_261_201, numRuns: 200 };

async function linesOf(text: string): Promise<readonly StatementLine[]> {
  const events = await collect(Buffer.from(text));
  expect(events.filter(({ type }) => type === "error")).toEqual([]);
  return events.filter((event) => event.type === "line");
}

const word = fc.stringMatching(/^[A-Za-zÄÖÜäöüß漢字<>&"'()+,./:;?-]{1,12}$/);
const day = fc
  .integer({ min: 0, max: 700 })
  .map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10));
const minor = fc.bigInt({ min: 1n, max: 10n ** 12n });

const entry = fc.record({
  day,
  minor,
  debit: fc.boolean(),
  booked: fc.constantFrom("BOOK", "BOOK", "BOOK", "PDNG", "INFO"),
  nested: fc.boolean(),
  reference: fc.stringMatching(/^[A-Z0-9]{1,20}$/),
  words: fc.array(word, { minLength: 1, maxLength: 4 }),
  party: word,
  cdata: fc.boolean(),
});

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A camt.053 of any of its forms: with a prefix, statuses in either version, texts as CDATA. */
function camtOf(entries: readonly (typeof entry extends fc.Arbitrary<infer E> ? E : never)[], prefix: string): string {
  const x = (name: string): string => (prefix === "" ? name : `${prefix}:${name}`);
  const tag = (name: string, content: string, attributes = ""): string =>
    `<${x(name)}${attributes}>${content}</${x(name)}>`;
  const made = entries.map((one) => {
    const texts = one.words.map((text) =>
      tag("Ustrd", one.cdata ? `<![CDATA[${text.replaceAll("]]>", "")}]]>` : escaped(text)),
    );
    const party = tag(one.debit ? "Cdtr" : "Dbtr", tag("Nm", escaped(one.party)));
    return tag(
      "Ntry",
      tag("Amt", formatAmount(one.minor, "EUR"), ' Ccy="EUR"') +
        tag("CdtDbtInd", one.debit ? "DBIT" : "CRDT") +
        tag("Sts", one.nested ? tag("Cd", one.booked) : one.booked) +
        tag("BookgDt", tag("Dt", one.day)) +
        tag(
          "NtryDtls",
          tag(
            "TxDtls",
            tag("Refs", tag("EndToEndId", one.reference)) + tag("RltdPties", party) + tag("RmtInf", texts.join("")),
          ),
        ),
    );
  });
  const namespace = `xmlns${prefix === "" ? "" : `:${prefix}`}="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"`;
  const account = tag("Acct", tag("Id", tag("IBAN", "DE02120300000000202051")));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${x("Document")} ${namespace}>${tag("BkToCstmrStmt", tag("Stmt", account + made.join("\n")))}</${x("Document")}>`;
}

/** The same, as a tree of another XML reader says it. */
function readByTree(xml: string): readonly string[] {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const all = (parent: Element, name: string): readonly Element[] => [...parent.getElementsByTagNameNS("*", name)];
  const one = (parent: Element, name: string): string => all(parent, name)[0]?.textContent ?? "";
  return [...document.getElementsByTagNameNS("*", "Ntry")]
    .filter((node) => one(node, "Sts") === "BOOK")
    .map((node) => {
      const sign = one(node, "CdtDbtInd") === "DBIT" ? "-" : "";
      const words = all(node, "Ustrd").map((text) => text.textContent ?? "");
      return [one(node, "Dt"), `${sign}${one(node, "Amt")}`, one(node, "EndToEndId"), one(node, "Nm"), ...words].join(
        " | ",
      );
    });
}

it("camt.053 reads as the tree of another XML reader", async () => {
  const property = fc.asyncProperty(
    fc.array(entry, { maxLength: 6 }),
    fc.constantFrom("", "n", "ns2"),
    async (entries, prefix) => {
      const xml = camtOf(entries, prefix);
      const lines = await linesOf(xml);
      const theirs = readByTree(xml);
      expect(lines.length).toBe(theirs.length);
      for (const [at, line] of lines.entries()) {
        const [when = "", amount = "", reference = "", party = "", ...words] = theirs[at]?.split(" | ") ?? [];
        expect([line.bookedAt, formatAmount(line.amount, "EUR")]).toEqual([when, amount]);
        expect(line.references).toContain(reference);
        expect(line.counterparty).toBe(party);
        for (const text of words) expect(line.text).toContain(text);
      }
    },
  );
  await fc.assert(property, RUNS);
});

const cell = fc
  .array(fc.constantFrom("a", "ü", "振", "1", " ", '"', ",", ";", "|", "\n", "\r\n", "AMAZON"), { maxLength: 6 })
  .map((parts) => parts.join(""))
  .filter((text) => !(text.startsWith('"') && /[\r\n]/.test(text)));

it("CSV reads as Papa Parse cuts it", async () => {
  const row = fc.record({ day, minor, debit: fc.boolean(), text: cell });
  const property = fc.asyncProperty(
    fc.array(row, { minLength: 1, maxLength: 8 }),
    fc.constantFrom(",", ";", "\t", "|"),
    fc.constantFrom("\n", "\r\n"),
    fc.constantFrom("", "\ufeff"),
    async (rows, delimiter, newline, mark) => {
      const data = rows.map((one) => [
        one.day,
        one.text,
        `${one.debit ? "-" : ""}${formatAmount(one.minor, "EUR")}`,
        "EUR",
      ]);
      const csv = mark + Papa.unparse([["Date", "Text", "Amount", "Currency"], ...data], { delimiter, newline });
      const [, ...theirs] = Papa.parse<string[]>(csv.replace(/^\ufeff/, ""), { delimiter }).data;
      const lines = await linesOf(csv);
      const plain = (text: string | null | undefined): string => (text ?? "").replaceAll(/\s+/g, " ").trim();
      expect(lines.map((line) => [line.bookedAt, plain(line.text), formatAmount(line.amount, "EUR")])).toEqual(
        theirs.map(([when, text, amount]) => [when, plain(text), amount]),
      );
    },
  );
  await fc.assert(property, RUNS);
});

it("a workbook written by one program reads as another program reads it", async () => {
  const row = fc.record({
    day: fc.integer({ min: 0, max: 700 }),
    minor: fc.integer({ min: -(10 ** 11), max: 10 ** 11 }),
    text: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" ")),
    asText: fc.boolean(),
  });
  const property = fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
    const names = ["Date", "Text", "Amount", "Currency"].map((value) => ({ value, type: String }));
    const data = rows.map((one) => [
      { value: new Date(Date.UTC(2026, 0, 1 + one.day)), type: Date, format: "dd/mm/yyyy" },
      { value: one.text, type: String },
      one.asText
        ? { value: formatAmount(BigInt(one.minor), "EUR"), type: String }
        : { value: one.minor / 100, type: Number },
      { value: "EUR", type: String },
    ]);
    const bytes = await writeExcelFile([names, ...data]).toBuffer();
    const [, ...theirs] = await readSheet(bytes);
    const events = await collect(bytes);
    const lines = events.filter((event) => event.type === "line");
    expect(lines.length).toBe(rows.length);
    for (const [at, line] of lines.entries()) {
      const [when, text, amount] = theirs[at] ?? [];
      expect(line.bookedAt).toBe(when instanceof Date ? when.toISOString().slice(0, 10) : when);
      expect(line.text).toBe(String(text).replaceAll(/\s+/g, " ").trim());
      expect(Number(line.amount)).toBe(Math.round(Number(amount) * 100));
      expect(Number(line.amount)).toBe(rows[at]?.minor);
    }
  });
  await fc.assert(property, { ...RUNS, numRuns: 40 });
});
