import {
  type ErrorEvent,
  type HeaderEvent,
  type NoticeEvent,
  type PersonalData,
  type ReportKind,
  UnusableReportError,
} from "@amazon-pay-kit/reports";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Kysely, Selectable } from "kysely";
import { raiseAlert } from "../../../outbox/alerts.ts";
import { appendEvent } from "../../../outbox/append-event.ts";
import type { BulkLoad } from "../../../store/rows/bulk-load.ts";
import { sumFees } from "../../../store/rows/fee-sums.ts";
import { WITHDRAWN } from "../../../store/rows/withdrawn.ts";
import type { Schema } from "../../../store/schema/index.ts";
import type { AccountTable, FileTable } from "../../../store/schema/reports.ts";
import type { Store } from "../../../store/store.ts";
import { LoadError } from "./errors.ts";
import { readRows, type RowsRead } from "./read-rows.ts";
import { moveReportsOfFile } from "./report-state.ts";

/**
 * Sets a file aside that cannot be used as a whole. Its bytes stay in the archive; loading it again (with a newer version
 * of the kit, say) is allowed and takes it out.
 */
export async function quarantine(
  store: Store,
  clock: Clock,
  place: { readonly accountId: string; readonly fileId: number },
  reason: { readonly code: string; readonly message: string },
): Promise<void> {
  const { accountId, fileId } = place;
  await store.transaction(async (db) => {
    const file = await db
      .updateTable("file")
      .set({ quarantine_code: reason.code, quarantine_message: reason.message })
      .where("account_id", "=", accountId)
      .where("file_id", "=", fileId)
      .where("loaded_at", "is", null)
      .returning("archive_path")
      .executeTakeFirst();
    if (file === undefined) return;
    await moveReportsOfFile(db, place, ["archived"], "quarantined", `${reason.code}: ${reason.message}`);
    await raiseAlert(db, clock, {
      accountId,
      code: "report.quarantined",
      subject: file.archive_path,
      message: `${file.archive_path} cannot be used (${reason.code}): ${reason.message}`,
    });
  });
}

/** The file that rows belong to. */
interface OfFile {
  readonly account_id: string;
  readonly file_id: number;
}

const AT_ONCE = 400;

/** Keeps every row that could not be read, with its line. */
async function keepRowErrors(db: Kysely<Schema>, file: OfFile, errors: readonly ErrorEvent[]): Promise<void> {
  const ofLine = new Map<number, number>();
  const values = errors.map(({ line, offset, code, message }) => {
    const error = ofLine.get(line) ?? 0;
    ofLine.set(line, error + 1);
    return { account_id: file.account_id, file_id: file.file_id, line, error, byte_offset: offset, code, message };
  });
  for (let at = 0; at < values.length; at += AT_ONCE) {
    await db
      .insertInto("row_error")
      .values(values.slice(at, at + AT_ONCE))
      .execute();
  }
}

/** Keeps what is new in a file: columns, types, reason codes; each once. */
async function keepDrift(db: Kysely<Schema>, file: OfFile, notices: readonly NoticeEvent[]): Promise<void> {
  if (notices.length === 0) return;
  const values = notices.map(({ code, line, column, value }) => ({
    account_id: file.account_id,
    file_id: file.file_id,
    what: code.slice(code.indexOf(".") + 1),
    value: value ?? column ?? "",
    first_line: line,
  }));
  await db
    .insertInto("schema_drift")
    .values(values)
    .onConflict((conflict) => conflict.columns(["account_id", "file_id", "what", "value"]).doNothing())
    .execute();
}

/** How a file is loaded. */
export interface LoadFileOptions {
  /** What becomes of the buyer's columns: kept, `***`, or left out. Default `keep`. */
  readonly personalData?: PersonalData;
  /** In which encoding the file is, where it is not UTF-8: see `readReport`. */
  readonly encoding?: string;
  /** A file with more bad rows than this is quarantined as a whole. Default 10,000. */
  readonly errorLimit?: number;
  readonly signal?: AbortSignal;
  /** Load the file even though somebody took it back. Default `false`. */
  readonly restore?: boolean;
}

/** Result of loading a file. */
export interface LoadOutcome {
  /** `already-loaded`: an earlier load, or another worker, had done it; the figures are those of then. */
  readonly state: "loaded" | "already-loaded" | "quarantined";
  readonly fileId: number;
  readonly kind: ReportKind;
  /** Rows that could be read, repeats among them. */
  readonly rows: number;
  readonly errors: number;
  /** Rows that an earlier file had already delivered; known only after a load. */
  readonly repeats: number;
  /** Words and columns that are new. */
  readonly drift: number;
  /** Why the file is quarantined. */
  readonly reason?: { readonly code: string; readonly message: string };
}

const ERROR_LIMIT = 10_000;

type FileRow = Selectable<FileTable>;
type AccountRow = Selectable<AccountTable>;

async function lockedAccount(store: Store, db: Kysely<Schema>, accountId: string): Promise<AccountRow> {
  const account = await db
    .selectFrom("account")
    .selectAll()
    .where("account_id", "=", accountId)
    // Two files of an account must not be loaded at once: neither would see the other's rows as repeats.
    .$if(store.dialect === "postgres", (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  if (account === undefined) throw new LoadError("file.unknown", `there is no account ${accountId}: add it first`);
  return account;
}

async function fileRow(db: Kysely<Schema>, accountId: string, fileId: number): Promise<FileRow> {
  const file = await db
    .selectFrom("file")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("file_id", "=", fileId)
    .executeTakeFirst();
  if (file === undefined) throw new LoadError("file.unknown", `account ${accountId} has no file ${fileId}`);
  return file;
}

function checkSeller(account: AccountRow, header: HeaderEvent): void {
  const seller = header.sellerId ?? null;
  if (seller === null || account.seller_id === null || seller === account.seller_id) return;
  throw new LoadError(
    "file.other-seller",
    `the settlement belongs to seller ${seller}, but account ${account.account_id} is seller ${account.seller_id}: load it under its own account`,
  );
}

/** SQLite's words and PostgreSQL's for a sum that is too large. */
const OVERFLOW = /integer overflow|out of range/;

async function sumOrRefuse(db: Kysely<Schema>, place: FileToLoad): Promise<void> {
  try {
    await sumFees(db, place.accountId, [place.fileId]);
  } catch (error) {
    if (!(error instanceof Error && OVERFLOW.test(error.message))) throw error;
    const message = "the amounts of a day add up to more than 64 bits hold: no report of Amazon Pay has such amounts";
    throw new LoadError("file.amounts", message, { cause: error });
  }
}

async function keepOutcome(db: Kysely<Schema>, clock: Clock, file: FileRow, read: RowsRead): Promise<void> {
  const { header, summary } = read;
  await keepRowErrors(db, file, read.errors);
  await keepDrift(db, file, read.notices);
  await db
    .updateTable("file")
    .set({
      kind: header.report,
      row_count: summary.rows,
      error_count: summary.errors,
      seller_id: header.sellerId ?? null,
      window_start_at: header.settlementStartDate ?? file.window_start_at,
      window_end_at: header.settlementEndDate ?? file.window_end_at,
      loaded_at: clock.now(),
      quarantine_code: null,
      quarantine_message: null,
    })
    .where("account_id", "=", file.account_id)
    .where("file_id", "=", file.file_id)
    .execute();
  const place = { accountId: file.account_id, fileId: file.file_id };
  if (header.report === "settlement") await sumOrRefuse(db, place);
  await moveReportsOfFile(db, place, ["archived", "quarantined", "withdrawn"], "loaded", null);
  await appendEvent(db, clock, {
    accountId: file.account_id,
    code: "report.loaded",
    subject: file.archive_path,
    facts: {
      fileId: file.file_id,
      kind: header.report,
      rows: summary.rows,
      errors: summary.errors,
      repeats: read.repeats,
    },
  });
  if (header.sellerId === undefined || header.sellerId === null) return;
  await db
    .updateTable("account")
    .set({ seller_id: header.sellerId })
    .where("account_id", "=", file.account_id)
    .where("seller_id", "is", null)
    .execute();
}

/** A file in the archive that is to become rows, and how. */
export interface FileToLoad {
  readonly accountId: string;
  readonly fileId: number;
  readonly options?: LoadFileOptions;
}

/** Opens a file in the archive. */
export type OpenFile = (archivePath: string) => AsyncIterable<Uint8Array>;

/** Turns a file into rows inside a transaction. @throws whatever makes the file unusable, too */
export async function loadInto(
  store: Store,
  bulk: BulkLoad,
  clock: Clock,
  place: FileToLoad,
  bytes: OpenFile,
): Promise<LoadOutcome> {
  const { accountId, fileId } = place;
  const { personalData, encoding, signal, errorLimit = ERROR_LIMIT } = place.options ?? {};
  const account = await lockedAccount(store, bulk.db, accountId);
  const file = await fileRow(bulk.db, accountId, fileId);
  if (file.loaded_at !== null) {
    const { row_count: rows, error_count: errors } = file;
    return { state: "already-loaded", fileId, kind: file.kind as ReportKind, rows, errors, repeats: 0, drift: 0 };
  }
  if (file.quarantine_code === WITHDRAWN && place.options?.restore !== true) {
    const reason = { code: WITHDRAWN, message: file.quarantine_message ?? "" };
    return { state: "quarantined", fileId, kind: "unknown", rows: 0, errors: 0, repeats: 0, drift: 0, reason };
  }
  const loading = { accountId, fileId, byteCount: file.byte_count, bytes: bytes(file.archive_path) };
  const reading = {
    errorLimit,
    ...(personalData && { personalData }),
    ...(encoding !== undefined && { encoding }),
    ...(signal && { signal }),
  };
  const read = await readRows(bulk, loading, reading, (header) => checkSeller(account, header));
  await keepOutcome(bulk.db, clock, file, read);
  const { rows, errors } = read.summary;
  const drift = read.notices.length;
  return { state: "loaded", fileId, kind: read.header.report, rows, errors, repeats: read.repeats, drift };
}

/** Why a file cannot be used as a whole; `undefined` for every other failure. */
export function unusableReason(error: unknown): LoadOutcome["reason"] {
  const unusable =
    error instanceof UnusableReportError || (error instanceof LoadError && error.code !== "file.unknown");
  return unusable ? { code: error.code, message: error.message } : undefined;
}

/** Sets a file aside that cannot be used as a whole. */
export async function setAside(
  store: Store,
  clock: Clock,
  place: FileToLoad,
  reason: NonNullable<LoadOutcome["reason"]>,
): Promise<LoadOutcome> {
  await quarantine(store, clock, place, reason);
  const { fileId } = place;
  return { state: "quarantined", fileId, kind: "unknown", rows: 0, errors: 0, repeats: 0, drift: 0, reason };
}

/**
 * Turns an archived file into rows: all of them and everything that is known about them in one transaction, once, however
 * often and by however many workers it is asked for. A file that cannot be used as a whole is quarantined with an alert.
 *
 * @param bytes opens the file in the archive
 * @throws LoadError `file.unknown`; what the store or the archive throws
 */
export async function loadFile(
  store: Store,
  clock: Clock,
  place: { readonly accountId: string; readonly fileId: number },
  bytes: OpenFile,
  options: LoadFileOptions = {},
): Promise<LoadOutcome> {
  try {
    return await store.load((bulk) => loadInto(store, bulk, clock, { ...place, options }, bytes));
  } catch (error) {
    const reason = unusableReason(error);
    if (reason === undefined) throw error;
    return setAside(store, clock, place, reason);
  }
}
