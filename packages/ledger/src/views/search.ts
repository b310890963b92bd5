import { type Expression, type ExpressionBuilder, sql, type SqlBool } from "kysely";
import { CHUNK } from "../store/chunks.ts";
import { SUM_DAY } from "../store/rows/fee-sums.ts";
import type { Schema } from "../store/schema/index.ts";
import { amountsIn } from "./amount-text.ts";
import { rowOf, type SettlementRowView } from "./rows.ts";
import {
  behindCursor,
  accountIds,
  scopeOf,
  type CursorKey,
  cursorOf,
  limitOf,
  pageOf,
  readCursor,
  type AccountFilter,
  type Page,
  type PageRequest,
  type PeriodFilter,
  type ViewContext,
} from "./view.ts";

const ID_COLUMNS = ["transaction_id", "reference_id", "permission_id", "order_id"] as const;

/** Of so many accounts that have a settlement of one id rows are looked for. */
const MOST_OF_ID = 100;

/** Among this many newest rows a type or a currency is looked for first. */
const NEWEST_ROWS = 5000;

/** Lists of so many accounts are merged from their own ones. */
const FEW_ACCOUNTS = 20;

/** Which rows. */
export interface RowFilter extends AccountFilter, PeriodFilter {
  /** An id of any kind, or an amount. */
  readonly text?: string | undefined;
  readonly typeKey?: string | undefined;
  readonly currency?: string | undefined;
}

/**
 * Rows by any id (charge, refund, charge permission, order, reference, settlement) or by amount; newest first.
 *
 * Ids are compared exactly, amounts with and without their sign, so each look-up uses an index whatever the size of the ledger.
 * An empty text lists everything.
 *
 * @param newest among how many of the newest rows a type or currency is looked for before the sums of files are asked where it is.
 *   Default 5000
 */
export async function searchRows(
  context: ViewContext,
  request: RowFilter & PageRequest,
  newest: number = NEWEST_ROWS,
): Promise<Page<SettlementRowView>> {
  const limit = limitOf(request);
  const cursor = readCursor(request, ["number", "number", "string", "number"]);
  const text = (request.text ?? "").trim();
  const { all, apart } = await scopeOf(context, request);
  const parts = text === "" ? null : conditions(text, all);
  const own = all ? await accountIds(context, request, FEW_ACCOUNTS + 1) : await accountIds(context, request);
  if (own.length > 1 && own.length <= FEW_ACCOUNTS) return mergedOf(context, request, { accounts: own, limit, newest });
  // Ids and amounts lead their indexes, and so does the time: none of very many accounts needs to be named.
  const accounts = all ? null : own;
  const before = cursor === null ? null : Number(cursor[0]);
  const narrow = request.typeKey !== undefined || request.currency !== undefined;
  const count = narrow ? Math.max(newest, limit + 1) : limit + 1;
  const since = text === "" ? await timeOfLast(context, request, { accounts, before, count }) : null;
  const found = new Map<string, SettlementRowView>();
  const lookFor = async (filter: RowFilter, part: Condition | null, places?: Places): Promise<number> => {
    let query = chosenRows(context, filter, places?.accounts ?? accounts).selectAll();
    if (places !== undefined) query = query.where("file_id", "in", [...places.files]);
    if (part !== null) query = query.where(part);
    if (cursor !== null) {
      query = query
        .where("posted_at", "<=", Number(cursor[0]))
        .where(behindCursor(cursor, "posted_at", ["file_id", "account_id", "line"]));
    }
    const rows = await query
      .orderBy("posted_at", "desc")
      .orderBy("file_id", "desc")
      .orderBy("account_id", "desc")
      .orderBy("line", "desc")
      .limit(limit + 1)
      .execute();
    for (const row of rows) found.set(`${row.account_id} ${row.file_id} ${row.line}`, rowOf(row));
    return rows.length;
  };
  const look = async (filter: RowFilter, places?: Places): Promise<void> => {
    if (parts === null) await lookFor(filter, null, places);
    // A price that every third row has stands among the newest of an account; what does not is rare, and its own index has it.
    const late =
      parts !== null && apart ? await timeOfLast(context, filter, { accounts, before, count: newest }) : null;
    for (const { find, among } of parts ?? []) {
      if (late !== null && among !== undefined && (await lookFor({ ...filter, from: late }, among)) > limit) continue;
      await lookFor(filter, find);
    }
  };
  await look(since === null ? request : { ...request, from: since });
  if (narrow && since !== null && found.size <= limit) {
    const rare = await placesOf(context, request, { accounts, before, count: limit + 1 });
    const few = rare.files.length <= CHUNK ? rare : undefined;
    if (rare.files.length > 0) await look({ ...request, ...rare.period }, few);
  }
  const items = Array.from(found.values()).sort(newestFirst);
  return pageOf(items.slice(0, limit + 1), limit, keyOf);
}

function keyOf(item: SettlementRowView): CursorKey {
  return [item.postedAt, item.fileId, item.accountId, item.line];
}

/** The newest rows of a few accounts, each from its own index: of several together a database sorts all rows first. */
async function mergedOf(
  context: ViewContext,
  request: RowFilter & PageRequest,
  {
    accounts,
    limit,
    newest,
  }: { readonly accounts: readonly string[]; readonly limit: number; readonly newest: number },
): Promise<Page<SettlementRowView>> {
  const pages: Page<SettlementRowView>[] = [];
  for (const accountId of accounts) pages.push(await searchRows(context, { ...request, accountId }, newest));
  const all = pages.flatMap(({ items }) => items).sort(newestFirst);
  const items = all.slice(0, limit);
  const last = items.at(-1);
  const more = all.length > limit || pages.some(({ next }) => next !== null);
  return { items, next: more && last !== undefined ? cursorOf(keyOf(last)) : null };
}

/**
 * The rows of accounts, as far as the filter chooses them by more than an id or amount.
 *
 * @param accounts those to look into; `null` for every row, which an index by time alone has in order
 */
export function chosenRows({ store }: ViewContext, filter: RowFilter, accounts: readonly string[] | null) {
  let query = store.db.selectFrom("settlement_row");
  if (accounts !== null) query = query.where("account_id", "in", [...accounts]);
  if (filter.typeKey !== undefined) query = query.where("type_key", "=", filter.typeKey);
  if (filter.currency !== undefined) query = query.where("currency", "=", filter.currency);
  if (filter.from !== undefined) query = query.where("posted_at", ">=", filter.from);
  if (filter.until !== undefined) query = query.where("posted_at", "<", filter.until);
  return query;
}

/**
 * When the last of this many newest rows was posted; `null` where there are fewer. The index by time answers that alone, and tells
 * the database where to stop: left to itself it sorts every row of the ledger for the first fifty.
 */
async function timeOfLast(
  context: ViewContext,
  { from, until }: PeriodFilter,
  wanted: { readonly accounts: readonly string[] | null; readonly before: number | null; readonly count: number },
): Promise<number | null> {
  let query = chosenRows(context, { from, until }, wanted.accounts).select("posted_at");
  if (wanted.before !== null) query = query.where("posted_at", "<", wanted.before);
  const last = await query
    .orderBy("posted_at", "desc")
    .limit(1)
    .offset(wanted.count - 1)
    .executeTakeFirst();
  return last?.posted_at ?? null;
}

/** Files, and the accounts that have them. */
interface Places {
  readonly accounts: readonly string[];
  readonly files: readonly number[];
}

/**
 * In which files, and from when on, the newest rows of a type or currency are that is rare among all: the sums of files tell how
 * many there are on each day.
 */
async function placesOf(
  { store }: ViewContext,
  { typeKey, currency, from, until }: RowFilter,
  wanted: { readonly accounts: readonly string[] | null; readonly before: number | null; readonly count: number },
): Promise<Places & { readonly period: PeriodFilter }> {
  const end = Math.min(until ?? Number.MAX_SAFE_INTEGER, wanted.before ?? Number.MAX_SAFE_INTEGER);
  let query = store.db.selectFrom("fee_sum");
  if (wanted.accounts !== null) query = query.where("account_id", "in", [...wanted.accounts]);
  if (typeKey !== undefined) query = query.where("type_key", "=", typeKey);
  if (currency !== undefined) query = query.where("currency", "=", currency);
  if (from !== undefined) query = query.where("day", ">=", Math.floor(from / SUM_DAY));
  if (end < Number.MAX_SAFE_INTEGER) query = query.where("day", "<=", Math.floor(end / SUM_DAY));
  const days = await query
    .select(({ fn }) => ["day", fn.sum<number | string>("row_count").as("rows")])
    .groupBy("day")
    .orderBy("day", "desc")
    .execute();
  let [count, last] = [0, Number.POSITIVE_INFINITY];
  for (const { day, rows } of days) {
    if (count >= wanted.count) break;
    // Of a day that the period or the cursor divides nobody knows how many of its rows are left.
    if ((day + 1) * SUM_DAY <= end) count += Number(rows);
    last = day;
  }
  if (!Number.isFinite(last)) return { accounts: [], files: [], period: {} };
  const found = await query
    .select(["account_id", "file_id"])
    .distinct()
    .where("day", ">=", last)
    .limit(CHUNK + 1)
    .execute();
  const since = last * SUM_DAY;
  return {
    accounts: [...new Set(found.map((row) => row.account_id))],
    files: [...new Set(found.map((row) => row.file_id))],
    period: { from: from === undefined ? since : Math.max(from, since) },
  };
}

type Condition = (eb: ExpressionBuilder<Schema, "settlement_row">) => Expression<SqlBool>;

/** A look-up: by the index of its column, or, where another index has found the rows, among those. */
interface LookUp {
  readonly find: Condition;
  readonly among?: Condition;
}

/**
 * One look-up a column: the database answers each from its own index.
 *
 * @param all whether rows of all accounts are looked for
 */
export function conditions(text: string, all: boolean): readonly LookUp[] {
  const ids: LookUp[] = ID_COLUMNS.map((column) => ({ find: (eb) => eb(column, "=", text) }));
  ids.push({
    find: (eb) =>
      eb.and([
        eb("settlement_id", "=", text),
        // Rows are found by the account and the settlement. An id is that of one account; who invents books may give it to more.
        ...(all
          ? [
              eb(
                "account_id",
                "in",
                sql<string>`(select s.account_id from settlement s where s.settlement_id = ${text} limit ${MOST_OF_ID})`,
              ),
            ]
          : []),
      ]),
  });
  const amounts: LookUp[] = amountsIn(text)
    // No settlement is in a currency with three decimals.
    .filter(({ fits }) => fits("JPY") || fits("USD"))
    // A look-up each: of two amounts at a time a database sorts every row before it takes the newest.
    .flatMap(({ minor, fits }) =>
      minor === 0n ? [{ minor, fits }] : [minor, -minor].map((one) => ({ minor: one, fits })),
    )
    .map(({ minor, fits }) => {
      const inCurrency: Condition = (eb) => (fits("JPY") ? eb("currency", "=", "JPY") : eb("currency", "!=", "JPY"));
      return {
        find: (eb) => eb.and([eb("amount_minor", "=", minor), inCurrency(eb)]),
        // With a sign the column is no way into its index.
        among: (eb) => eb.and([eb(sql<bigint>`+amount_minor`, "=", minor), inCurrency(eb)]),
      };
    });
  return [...ids, ...amounts];
}

function newestFirst(left: SettlementRowView, right: SettlementRowView): number {
  if (left.postedAt !== right.postedAt) return right.postedAt - left.postedAt;
  if (left.fileId !== right.fileId) return right.fileId - left.fileId;
  if (left.accountId !== right.accountId) return left.accountId < right.accountId ? 1 : -1;
  return right.line - left.line;
}
