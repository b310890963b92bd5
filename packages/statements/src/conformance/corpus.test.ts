import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { StatementOptions } from "../options.ts";
import { digest } from "./digest.ts";

const CORPUS = new URL("../fixtures/corpus/", import.meta.url);

/** What a person has to say of a file that leaves something open. */
const OPTIONS: Readonly<Record<string, StatementOptions>> = {
  "quicken-us.qif": { currency: "USD", dateFormat: "mm/dd/yyyy" },
  "qif-uk.qif": { currency: "GBP", dateFormat: "dd/mm/yyyy" },
};

const files = readdirSync(CORPUS).filter((name) => !/\.(?:expected|md)$/.test(name));

it.each(files)("%s", async (name) => {
  const lines = await digest(readFileSync(new URL(name, CORPUS)), OPTIONS[name]);
  expect(`${lines.join("\n")}\n`).toBe(readFileSync(new URL(`${name}.expected`, CORPUS), "utf8"));
});
