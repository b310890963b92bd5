import { type Calendar, calendarOf, type ViewContext } from "@amazon-pay-kit/ledger";
import type { AccessOptions } from "../security/access.ts";
import type { Sessions } from "../security/sessions.ts";
import type { Books } from "../books.ts";

/** What the dashboard is made from. */
export interface DashboardOptions {
  readonly views: ViewContext;
  readonly books: Books;
  readonly access: Omit<AccessOptions, "sessions">;
  /** Sessions of those who gave the token. Default: fresh ones. */
  readonly sessions?: Sessions | undefined;
  /** The books are those of a demonstration, and have planted differences to show. Default false. */
  readonly invented?: boolean | undefined;
  /** Key of the form tokens; fresh for each process. */
  readonly secret: string;
  /** Refuse every write. Default true. */
  readonly readOnly?: boolean;
  /** IANA name of the time zone of days, months and times. Default `UTC`. */
  readonly timeZone?: string | undefined;
  /** The present moment, milliseconds since the epoch. */
  readonly now: () => number;
}

/** Whether writes are refused. */
export function isReadOnly({ readOnly = true }: DashboardOptions): boolean {
  return readOnly;
}

/** Says which day a moment is in. @throws MoneyError `time.unknown-time-zone` */
export function calendarFor({ timeZone = "UTC" }: Pick<DashboardOptions, "timeZone">): Calendar {
  return calendarOf(timeZone);
}
