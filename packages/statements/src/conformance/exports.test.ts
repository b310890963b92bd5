import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { digest } from "./digest.ts";
import { optionsOf } from "./option-words.ts";

const EXPORTS = new URL("../fixtures/exports/", import.meta.url);

/** What a person has to say of a file, as words of the command line; files that are not named need nothing. */
const OPTIONS = JSON.parse(readFileSync(new URL("options.json", EXPORTS), "utf8")) as Readonly<
  Record<string, readonly string[]>
>;

const files = readdirSync(EXPORTS, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(?:expected|md)$|^options\.json$/.test(entry.name))
  .map(({ parentPath, name }) => relative(fileURLToPath(EXPORTS), join(parentPath, name)).replaceAll("\\", "/"))
  .toSorted();

describe("files in the form that banks give", () => {
  it("has options for its own files only", () => {
    expect(Object.keys(OPTIONS).filter((name) => !files.includes(name))).toEqual([]);
    expect(files.length).toBeGreaterThan(300);
  });

  it.each(files)("%s", async (name) => {
    const lines = await digest([readFileSync(new URL(name, EXPORTS))], optionsOf(OPTIONS[name] ?? []));
    expect(`${lines.join("\n")}\n`).toBe(readFileSync(new URL(`${name}.expected`, EXPORTS), "utf8"));
  });
});
