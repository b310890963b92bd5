import { type Expression, type RawBuilder, sql, type SqlBool } from "kysely";
import type { Store } from "../store/store.ts";
import { LedgerError } from "../errors.ts";
import type { KeptTotals } from "./totals/kept-totals.ts";

/** What every view reads from. */
export interface ViewContext {
  readonly store: Store;
  /** Sums over very many accounts that are kept for a while; without it each is made when it is asked for. */
  readonly totals?: KeptTotals | undefined;
}

/** Which accounts a view is about. */
export interface AccountFilter {
  /** One account, or every account when left out. */
  readonly accountId?: string | undefined;
}

/** From when to when: of rows when they were posted, of settlements when they ended, of transfers when they were sent. */
export interface PeriodFilter {
  /** From this moment on, milliseconds since the epoch. Default: from the beginning. */
  readonly from?: number | undefined;
  /** Up to, and without, this moment. Default: no end. */
  readonly until?: number | undefined;
}

/** Asks for one page of a list. */
export interface PageRequest {
  /** `next` of the page before; the first page when left out. */
  readonly cursor?: string | undefined;
  /** Items a page, 1 to 500. Default 50. */
  readonly limit?: number | undefined;
}

/** One page of a list, and how to get the one after it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Cursor of the next page; null on the last one. */
  readonly next: string | null;
}

/** Codes of the errors of views. */
export type ViewErrorCode = "view.cursor" | "view.limit" | "view.not-found" | "view.query" | "view.several";

/** A view cannot be returned: an invalid cursor or limit, an object that does not exist, or a name that several have. */
export class ViewError extends LedgerError<ViewErrorCode> {}

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 500;

/** The number of items of a page. @throws ViewError `view.limit` */
export function limitOf(request: PageRequest): number {
  const limit = request.limit ?? DEFAULT_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_LIMIT) {
    throw new ViewError("view.limit", `a page has 1 to ${LARGEST_LIMIT} items, not ${String(request.limit)}`);
  }
  return limit;
}

/** A cursor holds the sort key of the last item, so that paging stays exact while rows arrive. */
export type CursorKey = readonly (string | number)[];

/** PostgreSQL takes neither infinite numbers nor texts with a NUL or half a surrogate pair. */
function isPart(part: unknown, type: "string" | "number" | undefined): boolean {
  if (typeof part !== type) return false;
  return typeof part === "string" ? !/\0|\p{Surrogate}/u.test(part) : Number.isFinite(part);
}

/** Reads a cursor of this many parts, or `null` for the first page. @throws ViewError `view.cursor` */
export function readCursor(request: PageRequest, parts: readonly ("string" | "number")[]): CursorKey | null {
  if (request.cursor === undefined || request.cursor === "") return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(request.cursor, "base64url").toString("utf8"));
    if (Array.isArray(key) && key.length === parts.length && key.every((part, index) => isPart(part, parts[index])))
      return key as CursorKey;
  } catch {
    // Falls through to the one error below: whatever was wrong, the remedy is the same.
  }
  throw new ViewError("view.cursor", "this is not a page of this list: start again from its first page");
}

/**
 * What follows a cursor in a list that is sorted by one column, and by the others where that is equal, all of them in one direction:
 * so an index of these columns answers it, read forwards or backwards.
 *
 * @param first the column, or the expression, that comes first
 * @param direction the order of all. Default: newest first
 * @example query.where(behindCursor(cursor, "end_at", ["account_id", "settlement_id", "currency"]))
 */
export function behindCursor(
  cursor: CursorKey,
  first: string | Expression<unknown>,
  rest: readonly string[],
  direction: "asc" | "desc" = "desc",
): RawBuilder<SqlBool> {
  const column = typeof first === "string" ? sql.ref(first) : first;
  const columns = sql.join([column, ...rest.map((name) => sql.ref(name))]);
  return sql<SqlBool>`(${columns}) ${sql.raw(direction === "desc" ? "<" : ">")} (${sql.join([...cursor])})`;
}

/** A value that a list can be sorted by: never null, so that a cursor can hold it. */
export interface ListOrder<Item> {
  readonly value: RawBuilder<unknown>;
  /** The same value of an item. */
  readonly of: (item: Item) => string | number;
  readonly type: "string" | "number";
}

/**
 * The order that was asked for: its name, or with a minus in front the largest first.
 *
 * @param what what is sorted, for the message
 * @throws ViewError `view.query` for an order that there is not
 */
export function orderAsked<Item>(
  sort: string,
  orders: Readonly<Record<string, ListOrder<Item>>>,
  what: string,
): ListOrder<Item> & { readonly direction: "asc" | "desc" } {
  const name = sort.replace(/^-/, "");
  const order = Object.hasOwn(orders, name) ? orders[name] : undefined;
  if (order === undefined)
    throw new ViewError(
      "view.query",
      `sort=${sort.slice(0, 40)}: ${what} are sorted by ${Object.keys(orders).join(", ")}`,
    );
  return { ...order, direction: sort.startsWith("-") ? "desc" : "asc" };
}

/** Whether one of some columns has these words; upper and lower case are the same, and nothing in the text is a wildcard. */
export function anyContains(columns: readonly string[], text: string): RawBuilder<SqlBool> {
  const pattern = `%${text
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const found = columns.map((column) => sql`lower(${sql.ref(column)}) like ${pattern} escape ${"\\"}`);
  return sql<SqlBool>`(${sql.join(found, sql` or `)})`;
}

/** A cursor that holds a sort key. */
export function cursorOf(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** Cuts one item too many off and makes the cursor of the next page of it. */
export function pageOf<Item>(items: readonly Item[], limit: number, keyOf: (item: Item) => CursorKey): Page<Item> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, next: items.length > limit && last !== undefined ? cursorOf(keyOf(last)) : null };
}

/** Of more accounts than these, rows of one are a small part of all. */
const FEW_ACCOUNTS = 20;

/** Whose rows a list or a sum is about. */
export interface Scope {
  /** Whether it is about all accounts, of which there are several. */
  readonly all: boolean;
  /** Whether there are very many of these: what no index has is looked for among the newest. */
  readonly many: boolean;
  /** Whether it is about one of very many: what an index has of all accounts has little of this one. */
  readonly apart: boolean;
  /** What is kept of sums over all accounts, where there are very many and nothing else was asked for. */
  readonly totals: KeptTotals | undefined;
  /** The condition that a row is one of these; none where it is about all, since ten thousand names are no help to a look-up. */
  readonly of: (column?: string) => RawBuilder<SqlBool>;
  /**
   * A value that a list is sorted by. SQLite, whose statistics are fixed, would look through the rows of all accounts in their order for
   * those of one: of many accounts the few rows of one are sorted instead.
   */
  readonly sorted: (value: RawBuilder<unknown>) => RawBuilder<unknown>;
}

/** Whose rows a filter asks for: with several accounts and none of them named, everything, which needs an index that does not lead with the account. */
export async function scopeOf({ store, totals }: ViewContext, { accountId }: AccountFilter): Promise<Scope> {
  const known = await store.db
    .selectFrom("account")
    .select("account_id")
    .limit(FEW_ACCOUNTS + 1)
    .execute();
  const one = accountId ?? (known.length === 1 ? known[0]?.account_id : undefined);
  const apart = one !== undefined && known.length > FEW_ACCOUNTS;
  return {
    all: one === undefined,
    apart,
    many: one === undefined && known.length > FEW_ACCOUNTS,
    totals: one === undefined && known.length > FEW_ACCOUNTS ? totals : undefined,
    of: (column = "account_id") =>
      one !== undefined
        ? sql<SqlBool>`${sql.ref(column)} = ${one}`
        : known.length === 0
          ? sql<SqlBool>`1 = 0`
          : sql<SqlBool>`1 = 1`,
    sorted: (value) => (apart && store.dialect === "sqlite" ? sql`+${value}` : value),
  };
}

/**
 * The accounts to look into, by name: most tables lead with the account, so naming a few lets each look-up use its index.
 *
 * @param limit the first of them alone
 */
export async function accountIds(
  context: ViewContext,
  filter: AccountFilter,
  limit?: number,
): Promise<readonly string[]> {
  if (filter.accountId !== undefined) return [filter.accountId];
  let query = context.store.db.selectFrom("account").select("account_id").orderBy("account_id");
  if (limit !== undefined) query = query.limit(limit);
  const rows = await query.execute();
  return rows.map((row) => row.account_id);
}
