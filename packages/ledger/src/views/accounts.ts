import type { ViewContext } from "./view.ts";

/** An account with a summary of its data. */
export interface AccountSummary {
  readonly accountId: string;
  readonly sellerId: string | null;
  readonly region: string;
  readonly environment: string;
  readonly currency: string | null;
  readonly reports: number;
  readonly settlements: number;
  readonly openExceptions: number;
  readonly lastFetchedAt: number | null;
}

/** Every account, by name. */
export async function listAccounts(context: ViewContext): Promise<readonly AccountSummary[]> {
  const { db } = context.store;
  const rows = await db
    .selectFrom("account as a")
    .select((eb) => [
      "a.account_id",
      "a.seller_id",
      "a.region",
      "a.environment",
      "a.currency",
      eb
        .selectFrom("report as r")
        .whereRef("r.account_id", "=", "a.account_id")
        .select(eb.fn.countAll<number>().as("n"))
        .as("reports"),
      eb
        .selectFrom("settlement as s")
        .whereRef("s.account_id", "=", "a.account_id")
        .select(eb.fn.countAll<number>().as("n"))
        .as("settlements"),
      eb
        .selectFrom("exception as e")
        .whereRef("e.account_id", "=", "a.account_id")
        .where("e.status", "in", ["open", "reopened"])
        .select(eb.fn.countAll<number>().as("n"))
        .as("open_exceptions"),
      eb
        .selectFrom("report_file as f")
        .whereRef("f.account_id", "=", "a.account_id")
        .select((inner) => inner.fn.max("f.fetched_at").as("n"))
        .as("last_fetched_at"),
    ])
    .orderBy("a.account_id")
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    sellerId: row.seller_id,
    region: row.region,
    environment: row.environment,
    currency: row.currency,
    reports: row.reports ?? 0,
    settlements: row.settlements ?? 0,
    openExceptions: row.open_exceptions ?? 0,
    lastFetchedAt: row.last_fetched_at ?? null,
  }));
}
