import { type RawBuilder, type Selectable, sql, type SqlBool } from "kysely";
import type { ExceptionTable } from "../store/schema/verdicts.ts";
import {
  behindCursor,
  limitOf,
  pageOf,
  readCursor,
  type Scope,
  scopeOf,
  ViewError,
  type AccountFilter,
  type Page,
  type PageRequest,
  type PeriodFilter,
  type ViewContext,
} from "./view.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import { type FileName, fileNames } from "../reconcile/versions/file-names.ts";
import type { Messages } from "../rules/message.ts";
import { textOf } from "../rules/text.ts";
import { inChunks } from "../store/chunks.ts";

/** An exception with its source and state. */
export interface ExceptionView {
  readonly accountId: string;
  readonly exceptionId: string;
  /** Id of the exception that heads those of the same cause; its own where it stands alone. */
  readonly cause: string;
  readonly code: string;
  readonly severity: string;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  /** The merchant's own order number, and reference. */
  readonly orderId: string | null;
  readonly referenceId: string | null;
  readonly fileId: number | null;
  /** Name of the report file, or of the file of the own record, that {@link line} is a line of. */
  readonly file: string | null;
  readonly line: number | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  /** In English, with what it brings where it heads others. */
  readonly message: string;
  /** The message as sentences with their values; empty where an earlier version of the kit found it. */
  readonly messages: Messages;
  readonly status: string;
  /** When a run found it, milliseconds since the epoch. */
  readonly foundAt: number;
  /** Who looks after it; null for nobody. */
  readonly owner: string | null;
  /** Who has asked for a write-off that a second person has to agree to; null while nobody has. */
  readonly askedBy: string | null;
}

type Row = Selectable<ExceptionTable>;

/** The message of an exception, with what it brings where it heads others. */
export function messageOf(row: Pick<Row, "message" | "cause_messages">): string {
  return row.cause_messages === null
    ? row.message
    : row.message + (textOf(JSON.parse(row.cause_messages) as Messages) ?? "");
}

/** Where own records come from. */
async function recordPlaces(
  { store: { db } }: ViewContext,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, { readonly file: string | null; readonly line: number | null }>> {
  const places = new Map<string, { readonly file: string | null; readonly line: number | null }>();
  const ids = rows.flatMap((row) => (row.record_id === null ? [] : [row.record_id]));
  const found = await inChunks(new Set(ids), (some) =>
    db
      .selectFrom("record as c")
      .leftJoin("import as i", (join) =>
        join.onRef("i.account_id", "=", "c.account_id").onRef("i.import_id", "=", "c.import_id"),
      )
      .select(["c.account_id", "c.record_id", "c.line", "i.file_name"])
      .where("c.record_id", "in", [...some])
      .execute(),
  );
  for (const row of found) places.set(`${row.account_id} ${row.record_id}`, { file: row.file_name, line: row.line });
  return places;
}

/** Differences as views show them. */
export async function exceptionsOf(context: ViewContext, rows: readonly Row[]): Promise<ExceptionView[]> {
  const records = await recordPlaces(context, rows);
  const files = new Map<string, ReadonlyMap<number, FileName>>();
  for (const [accountId, own] of groupBy(rows, (row) => row.account_id)) {
    const ids = own.flatMap((row) => (row.file_id === null ? [] : [row.file_id]));
    files.set(accountId, await fileNames(context.store.db, accountId, ids));
  }
  return rows.map((row) => {
    const record = records.get(`${row.account_id} ${row.record_id}`);
    const report = row.file_id === null ? undefined : files.get(row.account_id)?.get(row.file_id);
    const messages = row.messages === null ? [] : (JSON.parse(row.messages) as Messages);
    return {
      accountId: row.account_id,
      exceptionId: row.exception_id,
      cause: row.cause ?? row.exception_id,
      code: row.code,
      severity: row.severity,
      settlementId: row.settlement_id,
      transactionId: row.transaction_id,
      orderId: row.order_id,
      referenceId: row.reference_id,
      fileId: row.file_id,
      file: row.file_id === null ? (record?.file ?? null) : (report?.name ?? null),
      line: row.file_id === null ? (record?.line ?? row.line) : row.line,
      amountMinor: row.amount_minor,
      currency: row.currency,
      message: messageOf(row),
      messages:
        row.cause_messages === null || messages.length === 0
          ? messages
          : [...messages, ...(JSON.parse(row.cause_messages) as Messages)],
      status: row.status,
      foundAt: row.found_at,
      owner: row.owner,
      askedBy: row.asked_by,
    };
  });
}

/** Which exceptions to list. */
export interface ExceptionFilter extends AccountFilter, PeriodFilter {
  /** `to-do` means open or reopened. Default: all. */
  readonly status?: string | undefined;
  readonly code?: string | undefined;
  readonly severity?: string | undefined;
  readonly settlementId?: string | undefined;
  readonly transactionId?: string | undefined;
  /** Id of the exception that heads those of one cause. */
  readonly cause?: string | undefined;
  readonly currency?: string | undefined;
  /** Name of the one who looks after it; an empty one for those that nobody does. */
  readonly owner?: string | undefined;
  /** Only those whose write-off waits for a second person. */
  readonly asked?: boolean | undefined;
  /** Words of the message, or the beginning of an id, order or reference; upper and lower case are the same. */
  readonly text?: string | undefined;
}

/** States in which someone still has to do something. */
export const ACTIONABLE_STATUSES = ["open", "reopened"] as const;

/** What a list of exceptions can be sorted by; with a minus in front, the largest first. Default: account, code, id. */
export const EXCEPTION_ORDERS = ["amount", "found", "code", "status", "settlement", "order", "owner"] as const;

/** The value of each order, never null, so that a cursor can hold it. Amounts are compared without their sign. */
const ORDER_VALUES: Readonly<Record<string, RawBuilder<string | number>>> = {
  __proto__: null as never,
  amount: sql`coalesce(abs(amount_minor), 0)`,
  found: sql`found_at`,
  code: sql`code`,
  status: sql`status`,
  settlement: sql`coalesce(settlement_id, '')`,
  order: sql`coalesce(order_id, '')`,
  owner: sql`coalesce(owner, '')`,
};

const TEXT_COLUMNS = [
  "message",
  "order_id",
  "reference_id",
  "transaction_id",
  "settlement_id",
  "exception_id",
] as const;

/** A text as a pattern of `like`, with its own wildcards taken literally. */
function contains(text: string): string {
  return `%${text.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

function chosen({ store }: ViewContext, filter: ExceptionFilter, scope: Scope) {
  let query = store.db.selectFrom("exception").where(scope.of());
  if (filter.status === "to-do") query = query.where("status", "in", [...ACTIONABLE_STATUSES]);
  else if (filter.status !== undefined) query = query.where("status", "=", filter.status);
  if (filter.code !== undefined) query = query.where("code", "=", filter.code);
  if (filter.severity !== undefined) query = query.where("severity", "=", filter.severity);
  if (filter.settlementId !== undefined) query = query.where("settlement_id", "=", filter.settlementId);
  if (filter.transactionId !== undefined) query = query.where("transaction_id", "=", filter.transactionId);
  if (filter.currency !== undefined) query = query.where("currency", "=", filter.currency);
  if (filter.from !== undefined) query = query.where("found_at", ">=", filter.from);
  if (filter.until !== undefined) query = query.where("found_at", "<", filter.until);
  if (filter.owner === "") query = query.where("owner", "is", null);
  else if (filter.owner !== undefined) query = query.where("owner", "=", filter.owner);
  if (filter.asked === true) query = query.where("asked_by", "is not", null);
  const { cause, text = "" } = filter;
  if (cause !== undefined)
    query = query.where((eb) => eb.or([eb("cause", "=", cause), eb("exception_id", "=", cause)]));
  if (text.trim() !== "") {
    const pattern = contains(text.trim());
    query = query.where((eb) =>
      eb.or(TEXT_COLUMNS.map((column) => sql<SqlBool>`lower(${sql.ref(column)}) like ${pattern} escape ${"\\"}`)),
    );
  }
  return query;
}

/** What chosen exceptions add up to in one currency, without their signs. */
export interface ExceptionSums {
  readonly currency: string;
  readonly exceptions: number;
  readonly amountMinor: bigint;
}

/** What the exceptions of a list add up to, by currency; those without an amount are in none. */
export async function sumExceptions(
  context: ViewContext,
  filter: ExceptionFilter = {},
): Promise<readonly ExceptionSums[]> {
  const rows = await chosen(context, filter, await scopeOf(context, filter))
    .select(({ fn }) => ["currency", fn.countAll<number>().as("exceptions")])
    .select(sql<bigint | string>`sum(abs(amount_minor))`.as("amount"))
    .where("currency", "is not", null)
    .where("amount_minor", "is not", null)
    .groupBy("currency")
    .orderBy("currency")
    .execute();
  return rows.map((row) => ({
    currency: row.currency ?? "",
    exceptions: Number(row.exceptions),
    amountMinor: BigInt(row.amount),
  }));
}

/**
 * Lists exceptions by account, code and id, an order that stays stable while new ones arrive, or by another order.
 *
 * @throws ViewError `view.query` for an order that there is not
 */
export async function listExceptions(
  context: ViewContext,
  request: ExceptionFilter & PageRequest & { readonly sort?: string | undefined } = {},
): Promise<Page<ExceptionView>> {
  const limit = limitOf(request);
  const { sort = "code" } = request;
  const name = sort.replace(/^-/, "");
  const value = Object.hasOwn(ORDER_VALUES, name) ? ORDER_VALUES[name] : undefined;
  if (value === undefined) {
    throw new ViewError(
      "view.query",
      `sort=${sort.slice(0, 40)}: exceptions are sorted by ${EXCEPTION_ORDERS.join(", ")}`,
    );
  }
  const numeric = name === "amount" || name === "found";
  const cursor = readCursor(request, [numeric ? "number" : "string", "string", "string"]);
  const direction = sort.startsWith("-") ? ("desc" as const) : ("asc" as const);
  // The usual order begins with the account, as the index does.
  const byAccount = sort === "code";
  const scope = await scopeOf(context, request);
  let query = chosen(context, request, scope).selectAll();
  if (cursor !== null) {
    const [at = "", accountId = "", exceptionId = ""] = cursor;
    query = byAccount
      ? query.where((eb) =>
          eb(
            eb.refTuple("account_id", "code", "exception_id"),
            ">",
            eb.tuple(String(accountId), String(at), String(exceptionId)),
          ),
        )
      : query.where(behindCursor(cursor, value, ["account_id", "exception_id"], direction));
  }
  if (!byAccount) query = query.orderBy(scope.sorted(value), direction);
  query = query.orderBy("account_id", direction);
  if (byAccount) query = query.orderBy("code");
  const rows = await query
    .orderBy("exception_id", direction)
    .limit(limit + 1)
    .execute();
  const items = await exceptionsOf(context, rows);
  return pageOf(items, limit, (item) => [sortKey(item, name), item.accountId, item.exceptionId]);
}

/** The value of an order, as a cursor holds it. */
function sortKey(item: ExceptionView, name: string): string | number {
  const amount = item.amountMinor ?? 0n;
  switch (name) {
    case "amount":
      return Number(amount < 0n ? -amount : amount);
    case "found":
      return item.foundAt;
    case "status":
      return item.status;
    case "settlement":
      return item.settlementId ?? "";
    case "order":
      return item.orderId ?? "";
    case "owner":
      return item.owner ?? "";
    default:
      return item.code;
  }
}

/** Counts exceptions by code and state. */
export async function countExceptions(
  context: ViewContext,
  filter: AccountFilter = {},
): Promise<
  readonly { readonly code: string; readonly status: string; readonly severity: string; readonly count: number }[]
> {
  return context.store.db
    .selectFrom("exception")
    .select((eb) => ["code", "status", "severity", eb.fn.countAll<number>().as("count")])
    .where((await scopeOf(context, filter)).of())
    .groupBy(["code", "status", "severity"])
    .orderBy("code")
    .orderBy("status")
    .execute();
}

/** A change in the history of an exception. */
export interface ExceptionEventView {
  readonly what: string;
  readonly who: string;
  readonly note: string | null;
  readonly at: number;
}

/** One exception with its history. @throws ViewError `view.not-found` */
export async function getException(
  context: ViewContext,
  request: AccountFilter & { readonly exceptionId: string },
): Promise<ExceptionView & { readonly events: readonly ExceptionEventView[] }> {
  const { db } = context.store;
  const row = await db
    .selectFrom("exception")
    .selectAll()
    .where((await scopeOf(context, request)).of())
    .where("exception_id", "=", request.exceptionId)
    .executeTakeFirst();
  if (row === undefined)
    throw new ViewError(
      "view.not-found",
      `there is no exception ${request.exceptionId}: list them with apay exceptions list`,
    );
  const events = await db
    .selectFrom("exception_event")
    .select(["what", "who", "note", "at"])
    .where("account_id", "=", row.account_id)
    .where("exception_id", "=", row.exception_id)
    .orderBy("event_id")
    .execute();
  const [view] = await exceptionsOf(context, [row]);
  if (view === undefined) throw new TypeError("an exception that was read has no view");
  return { ...view, events };
}
