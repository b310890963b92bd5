import { accountIds, type AccountFilter, type ViewContext } from "./view.ts";

/** Trouble that nobody has cleared yet. */
export async function listAlerts(
  context: ViewContext,
  filter: AccountFilter = {},
): Promise<
  readonly { readonly accountId: string; readonly code: string; readonly message: string; readonly raisedAt: number }[]
> {
  const rows = await context.store.db
    .selectFrom("alert")
    .select(["account_id", "code", "message", "raised_at"])
    .where("account_id", "in", await accountIds(context, filter))
    .where("cleared_at", "is", null)
    .orderBy("raised_at", "desc")
    .orderBy("account_id")
    .orderBy("code")
    .orderBy("message")
    .limit(200)
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    code: row.code,
    message: row.message,
    raisedAt: row.raised_at,
  }));
}
