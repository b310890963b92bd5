import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../packages/cli/src/commands/index.ts";
import { widthOf } from "../../packages/cli/src/terminal/width.ts";
import { ROWS } from "./every-command/rows.ts";
import { TestShop, type How, type Went } from "./every-command/shop.ts";

it("has a row for every command, in an order in which they can be run", () => {
  expect(Object.keys(ROWS).sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
});

// `init` needs the key pair that `keys generate` makes.
const names = ["keys generate", ...Object.keys(ROWS).filter((name) => name !== "keys generate")];

/** Room for what a long word is: `private key  /…`. */
const LABEL = 16;

/** What is wider than the screen; a word that is wider by itself (a path, a hash) stays whole, so that it can be copied. */
function tooWide(text: string, columns: number): string[] {
  return stripVTControlCharacters(text)
    .split("\n")
    .filter((line) => {
      const longest = Math.max(...line.split(" ").map(widthOf));
      return widthOf(line) > columns && widthOf(line) - longest > LABEL;
    });
}

describe.each(names)("apay %s", (name) => {
  const row = ROWS[name]!;
  let run = 0;

  const go = async (how: How, ...more: string[]): Promise<Went> => {
    const args = [...name.split(" "), ...((await row.args?.(shop, run++)) ?? []), ...more];
    return shop.run(row.postgres === true ? shop.onPostgres(...args) : args, how);
  };

  it("gives one JSON document on standard output", async () => {
    const until = row.until?.json;
    const { status, out, err } = await go({ until }, "--json");
    expect([status, err]).toEqual([row.status ?? 0, err]);
    if (row.protocol === true) return expect(out).toBe("");
    expect(Object.keys(JSON.parse(out) as object).slice(0, row.members.length)).toEqual(row.members);
  });

  it.each(row.table === undefined ? [80] : [60, 80, 120])("tells a person, on %i columns", async (columns) => {
    const until = row.until?.person;
    const { status, out, err } = await go({ columns, isTTY: true, until });
    expect([status, err]).toEqual([row.status ?? 0, err]);
    if (row.table === undefined) return;
    for (const word of row.table(shop)) expect(out).toContain(word);
    expect(tooWide(out, columns)).toEqual([]);
  });

  it("has no colours under NO_COLOR, and says what it does where that takes long", async () => {
    const until = row.until?.person;
    const { out, err } = await go({
      env: { NO_COLOR: "1", FORCE_COLOR: "" },
      until,
    });
    expect(stripVTControlCharacters(out + err)).toBe(out + err);
    if (row.progress !== undefined) expect(err).toMatch(row.progress);
  });

  it(`ends with ${row.wrongStatus ?? 2} where it cannot be carried out, and says why`, async () => {
    const args = [...name.split(" "), ...row.wrong, "--json"];
    const { status, out, err } = await shop.run(row.postgres === true ? shop.onPostgres(...args) : args);
    expect([status, err]).toEqual([row.wrongStatus ?? 2, expect.stringMatching(/error/)]);
    const { error } = JSON.parse(out) as { error: { message: string } };
    expect(error.message).not.toBe("");
  });
});

const shop = new TestShop();
beforeAll(() => shop.open(), 60_000);
afterAll(() => shop.close());
