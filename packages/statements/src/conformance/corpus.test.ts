import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { StatementOptions } from "../options.ts";
import { digest } from "./digest.ts";

const CORPUS = new URL("../fixtures/corpus/", import.meta.url);

/** What a person has to say of a file that leaves something open. */
const OPTIONS: Readonly<Record<string, StatementOptions>> = {
  "quicken-us.qif": { currency: "USD", dateFormat: "mm/dd/yyyy" },
  "mt940-no-currency.sta": { currency: "EUR" },
  "written-by-sheetjs.xlsx": { currency: "GBP" },
  "qif-uk.qif": { currency: "GBP", dateFormat: "dd/mm/yyyy" },
};

const files = readdirSync(CORPUS).filter((name) => !/\.(?:expected|md)$/.test(name));

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

// A file comes in pieces of any size: where one ends, within a letter, a line's end or a tag, must not matter.
it.each(files)("%s", async (name) => {
  const bytes = readFileSync(new URL(name, CORPUS));
  const expected = readFileSync(new URL(`${name}.expected`, CORPUS), "utf8");
  for (const size of [bytes.length, 1, 7]) {
    const lines = await digest(pieces(bytes, size), OPTIONS[name]);
    expect(`${lines.join("\n")}\n`, `pieces of ${size}`).toBe(expected);
  }
});
