import { type Calendar, calendarOf } from "@amazon-pay-kit/money";
import { type BooksContext, accountsOf } from "../books/context.ts";

/** What an export is about. Everything is left out that does not fit all of it. */
export interface ExportScope {
  /** Only this settlement. */
  readonly settlementId?: string | undefined;
  /** Only this currency. */
  readonly currency?: string | undefined;
  /** From this moment on: when a row was posted, when a settlement ended. Milliseconds since the epoch. */
  readonly from?: number | undefined;
  /** Before this moment. */
  readonly until?: number | undefined;
  /** IANA name of the time zone whose days and months entries and partitions have. Default `UTC`. */
  readonly timeZone?: string | undefined;
}

/** The scope with the accounts of the context, in the order of their ids. */
export interface ScopedBooks {
  readonly context: BooksContext;
  readonly accounts: readonly string[];
  readonly scope: ExportScope;
  /** Says which day a moment is booked on. */
  readonly calendar: Calendar;
}

/** @throws BooksError `books.unknown-account`, MoneyError `time.unknown-time-zone` */
export async function scopedBooks(context: BooksContext, scope: ExportScope): Promise<ScopedBooks> {
  return { context, accounts: await accountsOf(context), scope, calendar: calendarOf(scope.timeZone ?? "UTC") };
}

/** Whether a moment is within the scope; one that is not known is. */
export function within({ from, until }: ExportScope, at: number | null): boolean {
  return at === null || ((from === undefined || at >= from) && (until === undefined || at < until));
}
