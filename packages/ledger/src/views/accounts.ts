import {
  accountIds,
  anyContains,
  limitOf,
  type Page,
  pageOf,
  type PageRequest,
  readCursor,
  type ViewContext,
} from "./view.ts";

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

function summaries({ store }: ViewContext) {
  return store.db
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
    .orderBy("a.account_id");
}

type SummaryRow = Awaited<ReturnType<ReturnType<typeof summaries>["execute"]>>[number];

function summaryOf(row: SummaryRow): AccountSummary {
  return {
    accountId: row.account_id,
    sellerId: row.seller_id,
    region: row.region,
    environment: row.environment,
    currency: row.currency,
    reports: row.reports ?? 0,
    settlements: row.settlements ?? 0,
    openExceptions: row.open_exceptions ?? 0,
    lastFetchedAt: row.last_fetched_at ?? null,
  };
}

/** Every account, by name. With thousands of accounts {@link pageAccounts} is for people. */
export async function listAccounts(context: ViewContext): Promise<readonly AccountSummary[]> {
  return (await summaries(context).execute()).map(summaryOf);
}

/**
 * A page of the accounts, by name. Only those of the page are counted through.
 *
 * @param request with `only`, those of them alone
 * @throws ViewError `view.limit`, `view.cursor`
 */
export async function pageAccounts(
  context: ViewContext,
  request: PageRequest & {
    readonly only?: readonly string[] | undefined;
    /** Those alone whose name or seller id contains this; upper and lower case are the same. */
    readonly text?: string | undefined;
  },
): Promise<Page<AccountSummary>> {
  const limit = limitOf(request);
  const cursor = readCursor(request, ["string"]);
  let query = summaries(context);
  if (cursor !== null) query = query.where("a.account_id", ">", cursor[0] as string);
  if (request.only !== undefined) query = query.where("a.account_id", "in", [...request.only]);
  const text = request.text?.trim() ?? "";
  if (text !== "") query = query.where(anyContains(["a.account_id", "a.seller_id"], text));
  const rows = await query.limit(limit + 1).execute();
  return pageOf(rows.map(summaryOf), limit, ({ accountId }) => [accountId]);
}

/**
 * The names of all accounts, without counting what each has.
 *
 * @param request with `limit`, the first so many alone
 */
export function listAccountIds(
  context: ViewContext,
  request: { readonly limit?: number | undefined } = {},
): Promise<readonly string[]> {
  return accountIds(context, {}, request.limit);
}

/**
 * Names of accounts that contain a text, upper and lower case alike: what somebody may have meant who wrote a part of one.
 *
 * @param limit at most so many. Default 10
 */
export async function accountsLike({ store }: ViewContext, text: string, limit = 10): Promise<readonly string[]> {
  const rows = await store.db
    .selectFrom("account")
    .select("account_id")
    .where(anyContains(["account_id"], text))
    .orderBy("account_id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.account_id);
}

/** Whether the ledger has an account of this name. */
export async function hasAccount({ store }: ViewContext, accountId: string): Promise<boolean> {
  const row = await store.db
    .selectFrom("account")
    .select("account_id")
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return row !== undefined;
}
