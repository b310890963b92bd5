import { sql } from "kysely";
import type { StatementView } from "../ingest/bank/statements.ts";
import {
  scopeOf,
  type AccountFilter,
  behindCursor,
  limitOf,
  type Page,
  pageOf,
  type PageRequest,
  readCursor,
  type ViewContext,
} from "./view.ts";

interface Lines {
  readonly account_id: string;
  readonly import_id: number;
  readonly lines: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A page of the bank statements, newest first; those that were withdrawn too. Only the lines of its own statements are counted.
 *
 * @param request with `importId`, that statement alone
 * @throws ViewError `view.limit`, `view.cursor`
 *
 * @example
 * const { items } = await pageStatements({ store }, { accountId: "shop", limit: 6 });
 */
export async function pageStatements(
  context: ViewContext,
  request: AccountFilter & PageRequest & { readonly importId?: number | undefined } = {},
): Promise<Page<StatementView>> {
  const { db } = context.store;
  const limit = limitOf(request);
  const cursor = readCursor(request, ["number", "string", "number"]);
  const scope = await scopeOf(context, request);
  let query = db
    .selectFrom("import")
    .select(["account_id", "import_id", "file_name", "imported_at", "row_count"])
    .where(scope.of())
    .where("what", "=", "bank");
  if (request.importId !== undefined) query = query.where("import_id", "=", request.importId);
  if (cursor !== null) query = query.where(behindCursor(cursor, "imported_at", ["account_id", "import_id"]));
  const rows = await query
    .orderBy(scope.sorted(sql`imported_at`), "desc")
    .orderBy("account_id", "desc")
    .orderBy("import_id", "desc")
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (row) => [row.imported_at, row.account_id, row.import_id]);
  if (page.items.length === 0) return { items: [], next: null };
  const accounts = [...new Set(page.items.map((row) => row.account_id))];
  const imports = page.items.map((row) => row.import_id);
  const linesIn = (table: "bank_line" | "withdrawn_bank_line"): Promise<readonly Lines[]> =>
    db
      .selectFrom(table)
      .select(({ fn }) => [
        "account_id",
        "import_id",
        fn.countAll<number>().as("lines"),
        fn.min<number>("booked_at").as("from"),
        fn.max<number>("booked_at").as("to"),
      ])
      .where("account_id", "in", accounts)
      .where("import_id", "in", imports)
      .groupBy(["account_id", "import_id"])
      .execute();
  const lines = [...(await linesIn("bank_line")), ...(await linesIn("withdrawn_bank_line"))];
  const withdrawals = await db
    .selectFrom("statement_withdrawal")
    .select(["account_id", "import_id", "withdrawn_at", "who", "note"])
    .where("account_id", "in", accounts)
    .where("import_id", "in", imports)
    .execute();
  return {
    next: page.next,
    items: page.items.map((row) => {
      const ofRow = (one: { readonly account_id: string; readonly import_id: number }): boolean =>
        one.account_id === row.account_id && one.import_id === row.import_id;
      const own = lines.filter(ofRow);
      const withdrawn = withdrawals.find(ofRow);
      return {
        accountId: row.account_id,
        importId: row.import_id,
        fileName: row.file_name,
        importedAt: row.imported_at,
        fileLines: row.row_count,
        lines: own.reduce((sum, one) => sum + Number(one.lines), 0),
        from: own.length === 0 ? null : Math.min(...own.map((one) => one.from)),
        to: own.length === 0 ? null : Math.max(...own.map((one) => one.to)),
        withdrawn:
          withdrawn === undefined ? null : { at: withdrawn.withdrawn_at, who: withdrawn.who, note: withdrawn.note },
      };
    }),
  };
}
