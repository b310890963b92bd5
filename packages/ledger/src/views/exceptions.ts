import type { Selectable } from "kysely";
import type { ExceptionTable } from "../store/schema/verdicts.ts";
import {
  accountIds,
  limitOf,
  pageOf,
  readCursor,
  ViewError,
  type AccountFilter,
  type Page,
  type PageRequest,
  type ViewContext,
} from "./view.ts";
import { groupBy } from "../group-by.ts";
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
    };
  });
}

/** Which exceptions to list. */
export interface ExceptionFilter extends AccountFilter {
  /** `to-do` means open or reopened. Default: all. */
  readonly status?: string | undefined;
  readonly code?: string | undefined;
  readonly severity?: string | undefined;
  readonly settlementId?: string | undefined;
  readonly transactionId?: string | undefined;
}

/** States in which someone still has to do something. */
export const ACTIONABLE_STATUSES = ["open", "reopened"] as const;

/** Lists exceptions by account, code and id, an order that stays stable while new ones arrive. */
export async function listExceptions(
  context: ViewContext,
  request: ExceptionFilter & PageRequest = {},
): Promise<Page<ExceptionView>> {
  const limit = limitOf(request);
  const cursor = readCursor(request, ["string", "string", "string"]);
  let query = context.store.db
    .selectFrom("exception")
    .selectAll()
    .where("account_id", "in", await accountIds(context, request));
  if (request.status === "to-do") query = query.where("status", "in", [...ACTIONABLE_STATUSES]);
  else if (request.status !== undefined) query = query.where("status", "=", request.status);
  if (request.code !== undefined) query = query.where("code", "=", request.code);
  if (request.severity !== undefined) query = query.where("severity", "=", request.severity);
  if (request.settlementId !== undefined) query = query.where("settlement_id", "=", request.settlementId);
  if (request.transactionId !== undefined) query = query.where("transaction_id", "=", request.transactionId);
  if (cursor !== null) {
    const [accountId, code, exceptionId] = cursor as [string, string, string];
    query = query.where((eb) =>
      eb(eb.refTuple("account_id", "code", "exception_id"), ">", eb.tuple(accountId, code, exceptionId)),
    );
  }
  const rows = await query
    .orderBy("account_id")
    .orderBy("code")
    .orderBy("exception_id")
    .limit(limit + 1)
    .execute();
  const items = await exceptionsOf(context, rows);
  return pageOf(items, limit, (item) => [item.accountId, item.code, item.exceptionId]);
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
    .where("account_id", "in", await accountIds(context, filter))
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
    .where("account_id", "in", await accountIds(context, request))
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
