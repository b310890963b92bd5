import { accountIds, type AccountFilter, type ViewContext } from "./view.ts";

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
  request: AccountFilter & { readonly sinceAt?: number | undefined } = {},
): Promise<readonly CoverageView[]> {
  let query = context.store.db
    .selectFrom("coverage")
    .selectAll()
    .where("account_id", "in", await accountIds(context, request));
  if (request.sinceAt !== undefined) query = query.where("to_at", ">", request.sinceAt);
  const rows = await query.orderBy("account_id").orderBy("report_type").orderBy("from_at").execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    reportType: row.report_type,
    fromAt: row.from_at,
    toAt: row.to_at,
    status: row.status,
  }));
}
