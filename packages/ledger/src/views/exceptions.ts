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
import type { Messages } from "../rules/message.ts";

/** An exception with its source and state. */
export interface ExceptionView {
  readonly accountId: string;
  readonly exceptionId: string;
  readonly code: string;
  readonly severity: string;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  readonly fileId: number | null;
  readonly line: number | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  /** In English. */
  readonly message: string;
  /** The message as sentences with their values; empty where an earlier version of the kit found it. */
  readonly says: Messages;
  readonly status: string;
}

/** A difference as views show it. */
export function exceptionOf(row: Selectable<ExceptionTable>): ExceptionView {
  return {
    accountId: row.account_id,
    exceptionId: row.exception_id,
    code: row.code,
    severity: row.severity,
    settlementId: row.settlement_id,
    transactionId: row.transaction_id,
    fileId: row.file_id,
    line: row.line,
    amountMinor: row.amount_minor,
    currency: row.currency,
    message: row.message,
    says: row.said === null ? [] : (JSON.parse(row.said) as Messages),
    status: row.status,
  };
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
  const items = rows.map(exceptionOf);
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
  return { ...exceptionOf(row), events };
}
