import { Buffer } from "node:buffer";
import fc from "fast-check";
import mt940js from "mt940js";
import { parse as parseOfx } from "ofx-js";
import { describe, expect, it } from "vitest";
import type { StatementLine } from "../events.ts";
import { collect } from "./collect.ts";
import { bai2Of, camtOf, germanMt940Of, type MadeEntry, madeEntries, mt940Of, ofxOf, qifOf } from "./made-statement.ts";

const RUNS = { seed: 20_261_130, numRuns: 150 };

async function linesOf(text: string, currency?: string): Promise<readonly StatementLine[]> {
  const events = await collect(Buffer.from(text), currency === undefined ? {} : { currency });
  expect(events.filter((event) => event.type === "error")).toEqual([]);
  return events.filter((event) => event.type === "line");
}

const bare = (text: string): string => text.replaceAll(/\s/g, "");

/** Amount, day and reference exactly; every word somewhere in what is said of the entry, blanks aside. */
function expectKept(line: StatementLine | undefined, entry: MadeEntry, day = entry.day): void {
  expect(line).toMatchObject({ amount: entry.minor, bookedAt: day, currency: "EUR" });
  if (line === undefined) return;
  expect(line.references).toContain(entry.reference);
  const given = bare([line.text ?? "", line.counterparty ?? "", ...line.references].join(" "));
  for (const text of entry.words) expect(given).toContain(bare(text));
}

const FORMATS = { mt940: mt940Of, camt: camtOf, ofx: ofxOf, qif: qifOf };

describe("no word of an entry is lost", () => {
  it.each(Object.entries(FORMATS))("%s", async (_format, write) => {
    const property = fc.asyncProperty(madeEntries, async (entries) => {
      const lines = await linesOf(write(entries), "EUR");
      expect(lines).toHaveLength(entries.length);
      for (const [at, entry] of entries.entries()) expectKept(lines[at], entry);
    });
    await fc.assert(property, RUNS);
  });

  it("mt940 with subfields, as long as they are", async () => {
    const property = fc.asyncProperty(madeEntries, async (made) => {
      const entries = made.map((entry): MadeEntry => {
        // A mark of a subfield within a word is a mark.
        const words = entry.words.map((text) => text.replaceAll(/\?(?=\d|$)/g, "?x"));
        return { ...entry, words: words.slice(0, 20) };
      });
      const lines = await linesOf(germanMt940Of(entries));
      expect(lines).toHaveLength(entries.length);
      for (const [at, entry] of entries.entries()) expectKept(lines[at], entry);
    });
    await fc.assert(property, RUNS);
  });

  it("bai2, whose entries have the day of their group", async () => {
    const property = fc.asyncProperty(madeEntries, async (entries) => {
      const lines = await linesOf(bai2Of(entries));
      expect(lines).toHaveLength(entries.length);
      for (const [at, entry] of entries.entries()) {
        const words = entry.words.map((text) => text.replace(/\/+$/, ""));
        expectKept(lines[at], { ...entry, words }, entries[0]?.day);
      }
    });
    await fc.assert(property, RUNS);
  });
});

describe("independent readers agree on days and amounts", () => {
  const simple = madeEntries.map((entries) =>
    entries.map((entry): MadeEntry => ({
      ...entry,
      words: entry.words.map((text) => text.replaceAll(/[^a-zA-Z0-9]/g, "x")),
    })),
  );

  it("mt940js", async () => {
    const property = fc.asyncProperty(simple, async (entries) => {
      const text = mt940Of(entries.map((entry) => ({ ...entry, words: entry.words.slice(0, 20) })));
      const lines = await linesOf(text);
      const [statement] = new mt940js.Parser().parse(text, false);
      const theirs = statement?.transactions.map(({ amount, date }) => ({
        minor: BigInt(Math.round(amount * 100)),
        day: date.toISOString().slice(0, 10),
      }));
      expect(lines.map(({ amount, valueAt }) => ({ minor: amount, day: valueAt }))).toEqual(theirs);
    });
    await fc.assert(property, RUNS);
  });

  it("ofx-js", async () => {
    const property = fc.asyncProperty(simple, async (entries) => {
      const text = ofxOf(entries)
        .replace("<STMTRS>", "<BANKMSGSRSV1><STMTTRNRS><STMTRS>")
        .replace("</STMTRS>", "</STMTRS></STMTTRNRS></BANKMSGSRSV1>");
      const lines = await linesOf(text);
      const read = await parseOfx(text);
      const found: unknown = read.OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN;
      const theirs = (Array.isArray(found) ? found : [found]).map((one: { TRNAMT: string; DTPOSTED: string }) => ({
        minor: BigInt(Math.round(Number(one.TRNAMT) * 100)),
        day: one.DTPOSTED,
      }));
      expect(lines.map(({ amount, bookedAt }) => ({ minor: amount, day: bookedAt.replaceAll("-", "") }))).toEqual(
        theirs,
      );
    });
    await fc.assert(property, RUNS);
  });
});
