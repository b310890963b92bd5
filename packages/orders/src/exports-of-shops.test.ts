import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OrdersError } from "./errors.ts";
import { optionsOf } from "./testing/option-words.ts";
import { seen } from "./testing/read-text.ts";

const EXPORTS = new URL("fixtures/exports/", import.meta.url);

/** What a person has to say of a file, as words of the command line; files that are not named need nothing. */
const OPTIONS = JSON.parse(readFileSync(new URL("options.json", EXPORTS), "utf8")) as Readonly<
  Record<string, readonly string[]>
>;

const files = readdirSync(EXPORTS).filter((name) => !/\.(?:expected|md)$|^options\.json$/.test(name));

async function reading(name: string): Promise<readonly string[]> {
  try {
    return await seen(new Uint8Array(readFileSync(new URL(name, EXPORTS))), optionsOf(OPTIONS[name] ?? []));
  } catch (error) {
    if (!(error instanceof OrdersError)) throw error;
    return [`${error.code} ${error.option ?? ""}`.trim(), error.message];
  }
}

describe("exports in the form that shops give", () => {
  it("has options for its own files only", () => {
    expect(Object.keys(OPTIONS).filter((name) => !files.includes(name))).toEqual([]);
    expect(files.length).toBeGreaterThan(45);
  });

  it.each(files)("%s", async (name) => {
    const expected = readFileSync(new URL(`${name}.expected`, EXPORTS), "utf8");
    expect(`${(await reading(name)).join("\n")}\n`).toBe(expected);
  });
});
