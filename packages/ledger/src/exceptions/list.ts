import { accountsOf, type BooksContext } from "../books/context.ts";
import { checkOf } from "../reconcile/checks/index.ts";
import { ExceptionError } from "./errors.ts";
import { EXCEPTION_STATUSES, type ExceptionStatus, STANDING } from "./status.ts";

/** An exception as it stands. */
export interface ExceptionEntry {
  readonly accountId: string;
  readonly exceptionId: string;
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly status: ExceptionStatus;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  readonly fileId: number | null;
  readonly line: number | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly foundAt: number;
  readonly changedAt: number;
}

/** Which exceptions to list. Everything that is given must hold. */
export interface ExceptionFilter {
  /** Default: those that stand open (`open`, `reopened`). `all` for every one. */
  readonly status?: readonly ExceptionStatus[] | "all";
  readonly codes?: readonly string[];
  readonly severity?: "error" | "warning";
  readonly settlementId?: string;
  readonly transactionId?: string;
  /** At most so many. Default 100, at most 1000. */
  readonly limit?: number;
  /** What {@link ExceptionPage.next} of the page before was. */
  readonly after?: string;
}

/** A page of exceptions, the newest first. */
export interface ExceptionPage {
  readonly entries: readonly ExceptionEntry[];
  /** Where the next page begins; `null` on the last. */
  readonly next: string | null;
}

const MOST = 1000;

function check(filter: ExceptionFilter): void {
  for (const code of filter.codes ?? []) {
    if (checkOf(code) === undefined)
      throw new ExceptionError("exception.filter", `there is no code ${JSON.stringify(code)}`);
  }
  for (const status of filter.status === "all" ? [] : (filter.status ?? [])) {
    if (!EXCEPTION_STATUSES.includes(status)) {
      throw new ExceptionError(
        "exception.filter",
        `there is no status ${JSON.stringify(status)}: ${EXCEPTION_STATUSES.join(", ")}`,
      );
    }
  }
  const limit = filter.limit ?? 100;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new ExceptionError("exception.filter", `limit: expected 1 to ${MOST}, found ${limit}`);
  }
}

function placeOf(after: string): { readonly at: number; readonly id: string } {
  const match = /^(\d{1,16})\.([0-9a-f]{16})$/.exec(after);
  if (match === null)
    throw new ExceptionError("exception.filter", `after: ${JSON.stringify(after)} is no place in a list`);
  return { at: Number(match[1]), id: match[2] ?? "" };
}

/**
 * Lists exceptions, the newest first.
 *
 * @throws ExceptionError `exception.filter`; BooksError `books.unknown-account`
 *
 * @example
 * const { entries } = await listExceptions(context, { severity: "error" });
 */
export async function listExceptions(context: BooksContext, filter: ExceptionFilter = {}): Promise<ExceptionPage> {
  check(filter);
  const accounts = await accountsOf(context);
  if (accounts.length === 0) return { entries: [], next: null };
  const limit = filter.limit ?? 100;
  let query = context.store.db
    .selectFrom("exception")
    .selectAll()
    .where("account_id", "in", [...accounts]);
  if (filter.status !== "all") query = query.where("status", "in", [...(filter.status ?? STANDING)]);
  if (filter.codes !== undefined) query = query.where("code", "in", [...filter.codes, ""]);
  if (filter.severity !== undefined) query = query.where("severity", "=", filter.severity);
  if (filter.settlementId !== undefined) query = query.where("settlement_id", "=", filter.settlementId);
  if (filter.transactionId !== undefined) query = query.where("transaction_id", "=", filter.transactionId);
  if (filter.after !== undefined) {
    const { at, id } = placeOf(filter.after);
    query = query.where((where) =>
      where.or([where("found_at", "<", at), where.and([where("found_at", "=", at), where("exception_id", ">", id)])]),
    );
  }
  const rows = await query
    .orderBy("found_at", "desc")
    .orderBy("exception_id")
    .limit(limit + 1)
    .execute();
  const entries = rows.slice(0, limit).map((row): ExceptionEntry => ({
    accountId: row.account_id,
    exceptionId: row.exception_id,
    code: row.code,
    severity: row.severity as "error" | "warning",
    status: row.status as ExceptionStatus,
    settlementId: row.settlement_id,
    transactionId: row.transaction_id,
    fileId: row.file_id,
    line: row.line,
    amountMinor: row.amount_minor,
    currency: row.currency,
    message: row.message,
    remedy: checkOf(row.code)?.remedy ?? "",
    foundAt: row.found_at,
    changedAt: row.changed_at,
  }));
  const last = entries.at(-1);
  return { entries, next: rows.length > limit && last !== undefined ? `${last.foundAt}.${last.exceptionId}` : null };
}

/** One step in the life of an exception. */
export interface ExceptionEvent {
  readonly what: string;
  /** Who did it; `reconcile` for a run. */
  readonly who: string;
  readonly note: string | null;
  readonly at: number;
}

/** The audit trail of an exception, from the first time it was found. */
export async function exceptionHistory(context: BooksContext, id: string): Promise<readonly ExceptionEvent[]> {
  const accounts = await accountsOf(context);
  if (accounts.length === 0) return [];
  return context.store.db
    .selectFrom("exception_event")
    .select(["what", "who", "note", "at"])
    .where("account_id", "in", [...accounts])
    .where("exception_id", "=", id)
    .orderBy("event_id")
    .execute();
}
