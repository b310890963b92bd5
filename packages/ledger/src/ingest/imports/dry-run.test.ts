import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { optionsOf as orderOptions } from "../../../../orders/src/testing/option-words.ts";
import { optionsOf as statementOptions } from "../../../../statements/src/conformance/option-words.ts";
import { readStatement, UnusableStatementError } from "@amazon-pay-kit/statements";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BooksContext } from "../../books/context.ts";
import { importStatement } from "../bank/index.ts";
import { importRecords } from "../records/index.ts";
import { emptyBooks, inPieces } from "./testing/empty-books.ts";

const STATEMENTS = new URL("../../../../statements/src/", import.meta.url);
const ORDERS = new URL("../../../../orders/src/fixtures/", import.meta.url);

function filesIn(folder: URL): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:expected|md)$|^options\.json$/.test(entry.name))
    .map(({ parentPath, name }) => relative(fileURLToPath(folder), join(parentPath, name)).replaceAll("\\", "/"))
    .toSorted();
}

const optionsIn = (folder: URL): Readonly<Record<string, readonly string[]>> =>
  JSON.parse(readFileSync(new URL("options.json", folder), "utf8")) as Record<string, readonly string[]>;

let books: BooksContext;
beforeAll(async () => {
  books = await emptyBooks(Date.UTC(2026, 10, 1));
});
afterAll(() => books.store.close());
beforeEach(async () => {
  for (const table of ["bank_line", "record", "import"] as const) await books.store.db.deleteFrom(table).execute();
});

/** What an import says, or why it refuses: all of it but the number under which it is kept. */
async function outcomeOf(run: () => Promise<object>): Promise<unknown> {
  try {
    return { ...(await run()), importId: undefined };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    return { ...error, message: error.message };
  }
}

const count = async (table: "bank_line" | "record"): Promise<number> =>
  (await books.store.db.selectFrom(table).selectAll().execute()).length;

describe("a dry run says what the real one says: statements", () => {
  const folder = new URL("fixtures/", STATEMENTS);
  const options = optionsIn(new URL("exports/", folder));
  it.each(filesIn(folder))("%s", async (name) => {
    const bytes = readFileSync(new URL(name, folder));
    const asked = { ...statementOptions(options[name.replace(/^exports\//, "")] ?? []), fileName: name };
    const take = (dryRun: boolean) => () => importStatement(books, inPieces(bytes, 64 * 1024), { ...asked, dryRun });
    const dry = await outcomeOf(take(true));
    expect(await count("bank_line")).toBe(0);
    const real = await outcomeOf(take(false));
    expect(dry).toEqual(real);
    const { added, leftOut } = real as { added?: number; leftOut?: Record<string, number> };
    expect(await count("bank_line")).toBe(added ?? 0);
    if (added === undefined) return;
    // What is stored is what the reader reads; a second import finds all of it.
    let [lines, sum] = [0, 0n];
    try {
      for await (const event of readStatement(bytes, asked))
        if (event.type === "line") [lines, sum] = [lines + 1, sum + event.amount];
    } catch (error) {
      if (!(error instanceof UnusableStatementError)) throw error;
    }
    const stored = await books.store.db.selectFrom("bank_line").select("amount_minor").execute();
    const others = Object.values(leftOut ?? {}).reduce((all, some) => all + some, 0);
    expect(added + others).toBe(lines);
    if (others === 0) expect(stored.reduce((all, { amount_minor: minor }) => all + BigInt(minor), 0n)).toBe(sum);
    expect(await outcomeOf(take(true))).toMatchObject({ added: 0, repeated: added });
  });
});

describe("a dry run says what the real one says: records", () => {
  const options = optionsIn(new URL("exports/", ORDERS));
  it.each(filesIn(ORDERS))("%s", async (name) => {
    const bytes = readFileSync(new URL(name, ORDERS));
    const asked = { ...orderOptions(options[name.replace(/^exports\//, "")] ?? []), fileName: name };
    const take = (dryRun: boolean) => () => importRecords(books, inPieces(bytes, 64 * 1024), { ...asked, dryRun });
    const dry = await outcomeOf(take(true));
    expect(await count("record")).toBe(0);
    const real = await outcomeOf(take(false));
    expect(dry).toEqual(real);
    expect(await count("record")).toBe((real as { added?: number }).added ?? 0);
  });
});
