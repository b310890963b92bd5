import { sql, type SqlBool } from "kysely";
import { accountIds, scopeOf, type AccountFilter, type ViewContext } from "./view.ts";

/** A stretch of one report type and whether it is there. */
export interface CoverageView {
  readonly accountId: string;
  readonly reportType: string;
  readonly fromAt: number;
  readonly toAt: number;
  readonly status: string;
}

/** Which stretches of time are covered, by account, type and time. */
export async function listCoverage(
  context: ViewContext,
  request: AccountFilter & {
    readonly sinceAt?: number | undefined;
    /** Those of these accounts alone. */
    readonly only?: readonly string[] | undefined;
  } = {},
): Promise<readonly CoverageView[]> {
  let query = context.store.db
    .selectFrom("coverage")
    .selectAll()
    .where((await scopeOf(context, request)).of());
  if (request.sinceAt !== undefined) query = query.where("to_at", ">", request.sinceAt);
  if (request.only !== undefined) query = query.where("account_id", "in", [...request.only]);
  const rows = await query.orderBy("account_id").orderBy("report_type").orderBy("from_at").execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    reportType: row.report_type,
    fromAt: row.from_at,
    toAt: row.to_at,
    status: row.status,
  }));
}

/**
 * The accounts in which most stretches are missing or late since a moment, most first; where nothing is missing, the first by name.
 *
 * @param limit at most so many
 */
export async function accountsInTrouble(
  context: ViewContext,
  { sinceAt, limit }: { readonly sinceAt: number; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await context.store.db
    .selectFrom("coverage")
    .select(({ fn }) => ["account_id", fn.countAll<number>().as("stretches")])
    // As literals: an index of some rows is no way to those that a parameter names.
    .where(sql<SqlBool>`status in ('missing', 'late')`)
    .where("to_at", ">", sinceAt)
    .groupBy("account_id")
    .orderBy("stretches", "desc")
    .orderBy("account_id")
    .limit(limit)
    .execute();
  const found = rows.map((row) => row.account_id);
  if (found.length >= limit) return found;
  const others = await accountIds(context, {}, 2 * limit);
  return [...found, ...others.filter((one) => !found.includes(one))].slice(0, limit);
}
