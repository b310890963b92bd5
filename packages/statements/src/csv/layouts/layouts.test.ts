import { readdirSync, readFileSync } from "node:fs";
import { plainName } from "@amazon-pay-kit/tabular";
import { describe, expect, it } from "vitest";
import { collect } from "../../conformance/collect.ts";
import type { BankLayout } from "../layout.ts";
import { layoutNamed, layoutOf } from "../recognise.ts";
import { evidenceOf, LAYOUTS_WITHOUT_FILE } from "./evidence.ts";
import { BANK_LAYOUTS } from "./index.ts";

const FIXTURES = new URL("../fixtures/layouts/", import.meta.url);
const OWN = "DE02120300000000202051";
const THEIRS = "LU280019400644750000";

const bytesOf = (name: string): Buffer => readFileSync(new URL(`${name}.csv`, FIXTURES));
const needsName = (layout: BankLayout): boolean => layout.named === true || layout.header.length === 0;
const options = (layout: BankLayout) => (needsName(layout) ? { bank: layout.name } : {});
const row = (cells: readonly string[]) => ({ line: 1, cells, problem: null });

describe("the table of layouts", () => {
  it("has at least forty, each with its own name, a public source and a fixture", () => {
    const names = BANK_LAYOUTS.map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(40);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(BANK_LAYOUTS.map(({ country }) => country))).toEqual(
      new Set(["de", "at", "ch", "fr", "nl", "be", "it", "es", "uk", "us", "jp", "eu"]),
    );
    for (const { source } of BANK_LAYOUTS) expect(source).toMatch(/^https:\/\/[\w.-]+\/\S+$/);
    expect(readdirSync(FIXTURES).toSorted()).toEqual(names.map((name) => `${name}.csv`).toSorted());
  });

  it("recognises each header as its own, by the names alone", () => {
    for (const layout of BANK_LAYOUTS) {
      if (!needsName(layout)) expect(layoutOf(row(layout.header))?.name).toBe(layout.name);
      expect(layoutNamed(layout.name.toUpperCase())).toBe(layout);
    }
    expect(layoutOf(row(["Date", "Description", "Amount", "Currency"]))).toBeNull();
    expect(layoutOf(row([]))).toBeNull();
  });

  it("has no two layouts that one header could be with as many names", () => {
    const sets = BANK_LAYOUTS.filter((layout) => !needsName(layout)).map((layout) => ({
      layout,
      names: new Set(layout.header.map((name) => plainName(name))),
    }));
    for (const left of sets) {
      for (const right of sets) {
        if (left === right || left.names.size !== right.names.size) continue;
        expect([...left.names].every((name) => right.names.has(name))).toBe(false);
      }
    }
  });

  it("says of each layout whether a page or file shows it, and the guide names those that none bears out", () => {
    const names = BANK_LAYOUTS.map(({ name }) => name);
    expect(LAYOUTS_WITHOUT_FILE.filter((name) => !names.includes(name))).toEqual([]);
    for (const { name, source } of BANK_LAYOUTS)
      if (source.includes("/search?")) expect([name, evidenceOf(name)]).toEqual([name, "searched"]);
    const guide = readFileSync(new URL("../../../../../docs/reconcile-a-month.md", import.meta.url), "utf8");
    const told = /No source shows the whole header of ([^;]*);/.exec(guide)?.[1] ?? "";
    const listed = [...told.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
    expect(listed).toEqual(names.filter((name) => evidenceOf(name) === "unverified").toSorted());
  });

  it("says which names there are where one is not known", () => {
    expect(() => layoutNamed("dkp")).toThrow(/--bank takes .*dkb/);
    expect(() => layoutNamed("ing-xx")).toThrow("ing-nl");
  });
});

describe("the export of each bank", () => {
  it.each(BANK_LAYOUTS.map((layout) => [layout.name, layout] as const))("%s", async (name, layout) => {
    const events = await collect([bytesOf(name)], options(layout));
    const lines = events.filter((event) => event.type === "line");
    const starts = events.filter((event) => event.type === "statement");
    const yen = layout.currency === "JPY";
    expect(events.filter(({ type }) => type === "error" || type === "note")).toEqual([]);
    expect(lines.map(({ bookedAt }) => bookedAt)).toEqual(["2026-10-05", "2026-10-06"]);
    expect(lines.map(({ amount }) => amount)).toEqual([125007n, -5000n]);
    const currency = yen ? "JPY" : { ch: "CHF", uk: "GBP", us: "USD" }[layout.country as string];
    expect(new Set(lines.map((line) => line.currency))).toEqual(new Set([currency ?? "EUR"]));
    const [payout] = lines;
    expect(payout?.text).toContain("AMZN9TEST7XYZ");
    const content = bytesOf(name).toString("latin1");
    if (content.includes("AMAZON PAYMENTS EUROPE SCA"))
      expect(payout?.counterparty ?? payout?.text).toContain("AMAZON");
    // The payer's account is never the own one, and what the bank wrote of it is in the text.
    const swiss = /CH93 ?0076 ?2011 ?6238 ?5295 ?7/.test(content) ? "CH9300762011623852957" : null;
    expect(starts.map(({ account }) => account)).toEqual([content.includes(OWN) ? OWN : swiss]);
    if (content.includes(THEIRS)) expect(payout?.text).toContain(THEIRS);
  });

  it.each(["sparkasse-camt", "deutsche-bank", "mufg", "rabobank", "boursorama"])(
    "%s, saved anew as UTF-8 with another separator, reads the same",
    async (name) => {
      const layout = layoutNamed(name);
      const text = new TextDecoder(layout.encoding ?? "utf-8").decode(bytesOf(name), { stream: true });
      const read = async (bytes: Buffer) =>
        (await collect([bytes])).flatMap((event) => (event.type === "line" ? [{ ...event, line: 0 }] : []));
      const anew = Buffer.from(`\ufeff${text}`);
      expect(await read(anew)).toEqual(await read(bytesOf(name)));
      if (layout.separator === ";" && !text.includes("\t"))
        expect(await read(Buffer.from(text.replaceAll(";", "\t")))).toEqual(await read(bytesOf(name)));
    },
  );

  it("reads pending rows, balances and parts of a batch as left out, each with its reason", async () => {
    const reasons = async (name: string) => {
      const summary = (await collect([bytesOf(name)])).at(-1);
      return summary?.type === "summary" ? summary.skippedBecause : {};
    };
    expect(await reasons("sparkasse-camt")).toEqual({ "not booked (Umsatz vorgemerkt)": 1 });
    expect(await reasons("comdirect")).toEqual({ "not booked (offen)": 1 });
    expect(await reasons("volksbank-2018")).toEqual({ "row of balances or totals": 2 });
    expect(await reasons("bancoposta")).toEqual({ "row of balances or totals": 2 });
    expect(await reasons("ubs")).toEqual({ "part of the entry above": 2 });
    expect(await reasons("postfinance")).toEqual({ "text beside the table": 2 });
  });
});
