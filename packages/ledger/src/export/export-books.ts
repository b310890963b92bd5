import { dirname } from "node:path";
import type { BooksContext } from "../books/context.ts";
import { makeFolders } from "@amazon-pay-kit/backports";
import { ExportError } from "./errors.ts";
import {
  type Exported,
  type ExportFormat,
  type ExportJob,
  type ExportPiece,
  type FormatSettings,
  NEXT_FILE,
} from "./format.ts";
import { FilesAside } from "./files-aside.ts";
import { EXPORT_FORMATS } from "./formats/index.ts";
import type { FeeTax } from "../fee-tax/fee-tax.ts";
import { journalEntries, type JournalDetail, type JournalOptions } from "./journal/entries.ts";
import { closedBooks } from "./journal/closed-books.ts";
import { newFiles } from "../reconcile/step/files.ts";
import { unacceptedSettlements } from "../reconcile/versions/unaccepted.ts";
import { EXPORT_TABLES } from "./tables/index.ts";
import { type ExportScope, scopedBooks, type ScopedBooks } from "./scope.ts";

/** What to export, and how. */
export interface ExportOptions extends ExportScope {
  /** `csv`, `ndjson`, `parquet`, `xlsx`, `beancount`, `hledger`, `datev`, `xero`, `quickbooks`. */
  readonly format: string;
  /** Default: what the format usually carries, `rows` or `journal`. */
  readonly what?: Exported | undefined;
  /** An entry a settlement (split where a month ends), a day, a month or a row. Default `settlement`. */
  readonly detail?: JournalDetail | undefined;
  /**
   * Whether a journal accrues, at each month's end, what the own records have captured and no settlement has yet, and reverses
   * it on the next day. Default `false`.
   */
  readonly accrual?: boolean | undefined;
  /** Value added tax that is in the fees, by account and month. Default: none. */
  readonly feeTax?: readonly FeeTax[] | undefined;
  readonly settings?: FormatSettings | undefined;
  /** Is told how many rows or entries have been written so far. */
  readonly onProgress?: (count: number) => void;
}

function formatOf(options: ExportOptions): ExportFormat {
  const format = EXPORT_FORMATS.find(({ name }) => name === options.format);
  if (format === undefined) {
    const known = EXPORT_FORMATS.map(({ name }) => name).join(", ");
    throw new ExportError("export.format", `there is no format ${JSON.stringify(options.format)}: there are ${known}`);
  }
  if (options.what !== undefined && !format.carries.includes(options.what)) {
    throw new ExportError(
      "export.format",
      `${format.name} does not carry ${options.what}: it carries ${format.carries.join(", ")}`,
    );
  }
  return format;
}

/** A settlement that is loaded and not judged yet would be missing without a word. */
async function refuseUnreconciled({ context, accounts }: ScopedBooks, what: Exported): Promise<void> {
  for (const account of accounts) {
    const waiting = (await newFiles(context.store.db, account)).filter(({ kind }) => kind === "settlement").length;
    if (waiting === 0) continue;
    throw new ExportError(
      "export.not-reconciled",
      `${waiting === 1 ? "a settlement report" : `${waiting} settlement reports`} of ${account} came after the last reconcile, so ${what} would lack them: run apay reconcile first`,
    );
  }
}

/** A journal that is posted from figures nobody has looked at would have to be taken back. */
async function refuseUnaccepted(books: ScopedBooks): Promise<void> {
  const { context, accounts, scope, calendar } = books;
  const { from, until, settlementId, currency } = scope;
  for (const account of accounts) {
    const ids = new Set<string>();
    const unaccepted = await unacceptedSettlements(context.store.db, account);
    const closed = unaccepted.length === 0 ? null : await closedBooks(books, account);
    const openFrom = closed === null ? -Infinity : calendar.startOf(closed.openDay);
    for (const one of unaccepted) {
      if (settlementId !== undefined && one.settlementId !== settlementId) continue;
      if (currency !== undefined && one.currency !== currency) continue;
      // What has changed in closed months is booked on the first day of the open one.
      const adjustedAt = (one.startAt ?? one.endAt ?? 0) < openFrom ? openFrom : -Infinity;
      if (from !== undefined && one.endAt !== null && Math.max(one.endAt, adjustedAt) < from) continue;
      if (until !== undefined && (one.startAt ?? one.endAt ?? until) >= until) continue;
      ids.add(one.settlementId);
    }
    const [first, ...others] = ids;
    if (first === undefined) continue;
    throw new ExportError(
      "export.not-accepted",
      `${others.length === 0 ? `settlement ${first} of ${account} was` : `${ids.size} settlements of ${account} (${[...ids].slice(0, 5).join(", ")}${ids.size > 5 ? ", …" : ""}) were`} delivered again with other contents, so no journal of ${others.length === 0 ? "its" : "their"} period is written until somebody has decided: compare with apay settlements show ${first} --versions, then apay settlements accept ${first}`,
    );
  }
}

/** A journal of headings alone looks like a month without sales. */
async function refuseNothing(books: ScopedBooks, journal: JournalOptions): Promise<void> {
  for await (const { postings } of journalEntries(books, journal)) if (postings.length > 0) return;
  throw nothing(books, "settlement with a movement");
}

function nothing({ scope }: ScopedBooks, what: string): ExportError {
  const { settlementId, currency, from, until } = scope;
  const period = from === undefined && until === undefined ? "" : " in that period";
  const asked =
    settlementId === undefined
      ? `${what}${currency === undefined ? "" : ` in ${currency}`}`
      : `${what} of settlement ${settlementId}`;
  return new ExportError(
    "export.nothing",
    `there is nothing to write: these books have no ${asked}${period}; apay settlements list shows what they have`,
  );
}

/** A list of rows or settlements with headings alone looks like a time without any; that there are no exceptions is news. */
async function refuseEmptyTable(books: ScopedBooks, what: Exported): Promise<void> {
  const table = EXPORT_TABLES.find(({ name }) => name === what);
  if (table === undefined || what === "exceptions") return;
  for await (const _ of table.rows(books)) return;
  throw nothing(books, what === "rows" ? "rows" : what);
}

/** A file with a header and no line would look like a settlement without movements. */
async function refuseUnknownSettlement({ context, accounts, scope }: ScopedBooks): Promise<void> {
  const { settlementId } = scope;
  if (settlementId === undefined) return;
  for (const table of ["settlement_row", "settlement"] as const) {
    const found = await context.store.db
      .selectFrom(table)
      .select("settlement_id")
      .where("account_id", "in", accounts.length === 0 ? [""] : [...accounts])
      .where("settlement_id", "=", settlementId)
      .limit(1)
      .execute();
    if (found.length > 0) return;
  }
  throw new ExportError(
    "export.nothing",
    `there is no settlement ${settlementId} to export: list them with apay settlements list`,
  );
}

/** An export with its books, refused where they do not have what it needs. @throws ExportError as {@link exportBooks} */
export function prepareExport(context: BooksContext, options: ExportOptions): Promise<ExportJob> {
  return jobOf(context, formatOf(options), options, false);
}

async function jobOf(
  context: BooksContext,
  format: ExportFormat,
  options: ExportOptions,
  splits: boolean,
): Promise<ExportJob> {
  const books = await scopedBooks(context, options);
  const what = options.what ?? format.carries[0] ?? "rows";
  await refuseUnknownSettlement(books);
  if (what !== "rows") await refuseUnreconciled(books, what);
  const { detail = "settlement", accrual = false, feeTax = [] } = options;
  const journal = { detail, accrual, feeTax };
  if (what === "journal") {
    await refuseUnaccepted(books);
    await refuseNothing(books, { ...journal, detail: detail === "row" ? "settlement" : detail });
  } else if (format.folder === undefined) await refuseEmptyTable(books, what);
  return {
    books,
    what,
    journal,
    splits,
    settings: options.settings ?? {},
    now: context.clock.now(),
    onProgress: options.onProgress ?? (() => undefined),
  };
}

/**
 * Rows, verdicts or the journal as the bytes of one file, in pieces, with flat memory. Reconcile first: the journal is
 * made of settlements.
 *
 * @example
 * for await (const piece of exportBooks(context, { format: "beancount" })) file.write(piece);
 *
 * @throws ExportError `export.format`, `export.needs-folder`, `export.account`, `export.setting`, `export.not-reconciled`,
 *   `export.not-accepted`, `export.nothing`, `export.several-years`, `export.several-currencies`, `export.no-rate`, `export.too-large`
 */
export async function* exportBooks(context: BooksContext, options: ExportOptions): AsyncGenerator<Uint8Array> {
  const format = formatOf(options);
  if (format.stream === undefined) {
    throw new ExportError("export.needs-folder", `${format.name} writes a folder of files: name one`);
  }
  for await (const piece of gathered(format.stream(await jobOf(context, format, options, false))))
    if (piece !== NEXT_FILE) yield piece;
}

/** Bytes that are handed on together: a journal comes line by line, and a write each would be slow. */
const GATHERED = 64 * 1024;

async function* gathered(pieces: AsyncIterable<ExportPiece>): AsyncGenerator<Uint8Array | typeof NEXT_FILE> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    if (piece === NEXT_FILE) {
      yield Buffer.concat(waiting);
      yield NEXT_FILE;
      waiting = [];
      size = 0;
      continue;
    }
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    waiting.push(bytes);
    size += bytes.length;
    if (size < GATHERED) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/**
 * Writes an export to a file, or for formats that need it to a folder. A file appears when it is whole, or not at all. Where a
 * program takes only so many lines in one, there are several: `june-1-of-3.csv`, `june-2-of-3.csv`, `june-3-of-3.csv`.
 *
 * @returns paths that were written; those in a folder are given below it
 * @throws ExportError, and errors of the file system
 */
export async function exportBooksTo(
  context: BooksContext,
  options: ExportOptions,
  path: string,
): Promise<readonly string[]> {
  const format = formatOf(options);
  const job = await jobOf(context, format, options, true);
  if (format.folder !== undefined) return format.folder(job, path);
  if (format.stream === undefined) throw new TypeError(`${format.name} writes neither a file nor a folder`);
  await makeFolders(dirname(path));
  const files = new FilesAside(path);
  try {
    await files.begin();
    for await (const piece of gathered(format.stream(job))) await files.write(piece);
    return await files.intoPlace();
  } catch (error) {
    await files.abandon();
    throw error;
  }
}
