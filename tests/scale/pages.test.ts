/**
 * No page of the dashboard reads a table of rows from one end to the other, and none is larger than 200 KB. SQLite's planner has
 * fixed statistics here, so its plans for these small books are those for books of any size: what `npm run scale-pages` times.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openSqliteStore, type Store } from "@amazon-pay-kit/ledger/store";
import { createDashboardApp } from "../../packages/dashboard/src/server/app.tsx";
import { SqliteDatabase } from "../../packages/ledger/src/store/sqlite/database.ts";
import { fillLargeBooks, lastMoment } from "./large-books.ts";
import { LARGE_PAGES } from "./page-list.ts";

const SHAPES = [
  { accounts: 3, settlements: 130, rows: 40, exceptionEvery: 8 },
  // So many that none of them is named in a query: what is over all accounts has indexes of its own, and sums that are kept.
  { accounts: 230, settlements: 4, rows: 20, exceptionEvery: 8 },
] as const;
const MOST_BYTES = 200_000;

/** Tables that grow with every sale. */
const ROWS = new Set(["settlement_row", "superseded_row", "transaction_row", "record", "row_match", "bank_line"]);
/** A step over all of an account, or over all from or up to some value. */
const WHOLE = /^SCAN |\(((account_id=\?)?( AND )?(\w+[<>]\?)?)\)$/;
/** The parts of a day with which a period begins and ends; the days between are kept as sums. */
const PART_OF_DAY = "1 as row_count from settlement_row";

/** With very many accounts a table with a row a settlement is large, and what one of them has is little. */
const OF_MANY = new Set([...ROWS, "settlement"]);
const WHOLE_OF_MANY = /^SCAN /;

describe.each(SHAPES)("books of $accounts accounts", (shape) => {
  const many = shape.accounts > 20;
  let store: Store;
  let app: ReturnType<typeof createDashboardApp>;
  beforeAll(async () => {
    store = await openSqliteStore(":memory:");
    await fillLargeBooks(store, shape);
    app = createDashboardApp({
      views: { store },
      books: {
        fileLines: () => Promise.resolve({ contentHash: "", archivePath: "", lines: [] }),
        explain: () => Promise.resolve(),
        reopen: () => Promise.resolve(),
      },
      access: { isHost: () => true, localUser: "mara" },
      secret: "s",
      now: () => lastMoment(shape),
    });
  });
  afterAll(() => store.close());
  afterEach(() => vi.restoreAllMocks());

  const get = async (path: string): Promise<Response> => app.request(`http://127.0.0.1:8581${path}`);

  /** Every page, and the second one of each list: its cursor makes another query. */
  async function eachPage(seen: (path: string, html: string) => void): Promise<void> {
    const paths = [...LARGE_PAGES];
    const known = new Set<string>(paths);
    for (const path of paths) {
      const answer = await get(path);
      const html = await answer.text();
      expect([path, answer.status]).toEqual([path, 200]);
      seen(path, html);
      for (const [, link = ""] of html.matchAll(/<a (?:rel="next" )?href="([^"]*(?:cursor|rows)=[^"]*)"/g)) {
        const next = link.replaceAll("&amp;", "&");
        const shape = next.replace(/cursor=[^&]*/, "cursor");
        if (known.has(shape) || path.includes("cursor=") || next.includes("lang=")) continue;
        known.add(shape);
        paths.push(next);
      }
    }
    expect(paths.length).toBeGreaterThan(LARGE_PAGES.length + 30);
  }

  /** Table of each name that a query gives one. */
  function tablesOf(sql: string): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const [, table = "", alias] of sql.matchAll(/\b(?:from|join)\s+"?(\w+)"?(?:\s+(?:as\s+)?"?(\w+)"?)?/gi)) {
      names.set(table, table);
      if (alias !== undefined) names.set(alias, table);
    }
    return names;
  }

  it("reads no table of rows from end to end, and makes no page larger than 200 KB", async () => {
    const asked = new Map<string, { readonly database: SqliteDatabase; readonly path: string }>();
    const { statement } = SqliteDatabase.prototype;
    let current = "";
    vi.spyOn(SqliteDatabase.prototype, "statement").mockImplementation(function (this: SqliteDatabase, sql: string) {
      if (!asked.has(sql)) asked.set(sql, { database: this, path: current });
      return statement.call(this, sql);
    });
    const large: string[] = [];
    await eachPage((path, html) => {
      current = path;
      const bytes = Buffer.byteLength(html);
      if (bytes > MOST_BYTES) large.push(`${Math.round(bytes / 1000)} KB: ${path}`);
    });
    expect(large).toEqual([]);

    const walks: string[] = [];
    let looked = 0;
    for (const [sql, { database, path }] of asked) {
      if (!/^\s*(select|with)\b/i.test(sql) || sql.includes(PART_OF_DAY)) continue;
      const tables = tablesOf(sql);
      const plan = statement
        .call(database, `explain query plan ${sql}`)
        .all()
        .map((step) => String(step["detail"]));
      const sorts = plan.includes("USE TEMP B-TREE FOR ORDER BY");
      // What takes the first of many from an index that is in their order needs no end.
      const first = /\blimit\b/i.test(sql) && !sorts;
      for (const step of plan) {
        const [, name = ""] = /^(?:SCAN|SEARCH) (\w+)/.exec(step) ?? [];
        if (!(many ? OF_MANY : ROWS).has(tables.get(name) ?? name)) continue;
        looked += 1;
        if ((many ? WHOLE_OF_MANY : WHOLE).test(step) && !first)
          walks.push(`${step} on the page after ${path}: ${sql.replaceAll(/\s+/g, " ")}`);
      }
    }
    expect(looked).toBeGreaterThan(40);
    expect(walks).toEqual([]);
  });
});
