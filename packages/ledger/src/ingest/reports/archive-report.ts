import type { Kysely, Selectable } from "kysely";
import type { Account } from "../../accounts/accounts.ts";
import { raiseAlert } from "../../outbox/alerts.ts";
import type { ArchivedReport, Receipt } from "../../archive/archive.ts";
import type { LedgerContext } from "../../context.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { FileTable, ReportState } from "../../store/schema/reports.ts";
import { WITHDRAWN } from "../../store/rows/withdrawn.ts";

/** What became of the bytes of a report. */
export interface TakenIn {
  readonly fileId: number;
  readonly path: string;
  readonly contentHash: string;
  readonly byteCount: number;
  /** `linked`: the same bytes had come before under another report. */
  readonly state: "new" | "linked";
  /** The same report had delivered other bytes before. */
  readonly changed: boolean;
}

type FileRow = Selectable<FileTable>;

async function knownFile(db: Kysely<Schema>, accountId: string, contentHash: string): Promise<FileRow | undefined> {
  return db
    .selectFrom("file")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("content_hash", "=", contentHash)
    .executeTakeFirst();
}

/** Puts the bytes in the archive, or notes there that they came again. */
async function place(
  context: LedgerContext,
  account: Account,
  report: ArchivedReport,
  receipt: Receipt,
): Promise<string> {
  const known = await knownFile(context.store.db, account.accountId, receipt.contentHash);
  if (known !== undefined && (await context.archive.describe(known.archive_path)) !== undefined) {
    await receipt.discard();
    await context.archive.link(known.archive_path, report);
    return known.archive_path;
  }
  return (await receipt.keep(account, report)).path;
}

async function recordFile(
  db: Kysely<Schema>,
  account: Account,
  report: ArchivedReport,
  receipt: Receipt,
  path: string,
): Promise<{ readonly file: FileRow; readonly isNew: boolean }> {
  const inserted = await db
    .insertInto("file")
    .values({
      account_id: account.accountId,
      content_hash: receipt.contentHash,
      kind: "unknown",
      archive_path: path,
      byte_count: receipt.byteCount,
      row_count: 0,
      error_count: 0,
      seller_id: null,
      window_start_at: report.windowStart,
      window_end_at: report.windowEnd,
      archived_at: report.fetchedAt,
      loaded_at: null,
      quarantine_code: null,
      quarantine_message: null,
    })
    .onConflict((conflict) => conflict.columns(["account_id", "content_hash"]).doUpdateSet({ archive_path: path }))
    .returning(["file_id", "archived_at"])
    .executeTakeFirstOrThrow();
  const file = await knownFile(db, account.accountId, receipt.contentHash);
  if (file === undefined) throw new TypeError(`file ${inserted.file_id} is not there right after it was recorded`);
  const others = await db
    .selectFrom("report_file")
    .select("report_id")
    .where("account_id", "=", account.accountId)
    .where("file_id", "=", file.file_id)
    .where(({ eb, or }) => or([eb("source", "!=", report.source), eb("report_id", "!=", report.reportId)]))
    .limit(1)
    .executeTakeFirst();
  return { file, isNew: others === undefined };
}

function stateOf(file: FileRow, isNew: boolean): ReportState {
  if (file.quarantine_code === WITHDRAWN) return "withdrawn";
  if (file.quarantine_code !== null) return "quarantined";
  if (file.loaded_at === null) return "archived";
  return isNew ? "loaded" : "linked";
}

/** @returns whether the same report had delivered other bytes before */
async function recordDelivery(
  context: LedgerContext,
  db: Kysely<Schema>,
  account: Account,
  report: ArchivedReport,
  file: FileRow,
  linked: boolean,
): Promise<boolean> {
  const { accountId } = account;
  await db
    .insertInto("report_file")
    .values({
      account_id: accountId,
      source: report.source,
      report_id: report.reportId,
      content_hash: file.content_hash,
      file_id: file.file_id,
      fetched_at: report.fetchedAt,
      linked: linked ? 1 : 0,
    })
    .onConflict((conflict) => conflict.columns(["account_id", "source", "report_id", "content_hash"]).doNothing())
    .execute();
  const other = await db
    .selectFrom("report_file")
    .innerJoin("file", (join) =>
      join.onRef("file.account_id", "=", "report_file.account_id").onRef("file.file_id", "=", "report_file.file_id"),
    )
    .select("file.archive_path")
    .where("report_file.account_id", "=", accountId)
    .where("report_file.source", "=", report.source)
    .where("report_file.report_id", "=", report.reportId)
    .where("report_file.content_hash", "!=", file.content_hash)
    .executeTakeFirst();
  if (other === undefined) return false;
  await raiseAlert(db, context.clock, {
    accountId,
    code: "report.changed",
    subject: `${report.source} ${report.reportId}`,
    message: `report ${report.reportId} was delivered with other bytes than before: ${file.archive_path} and ${other.archive_path} are both kept; compare them`,
  });
  return true;
}

/**
 * Takes the bytes of a report into archive and store: first the archive, durably, then what is known about them in one
 * transaction. Whatever happens in between, doing it again ends the same.
 *
 * @param bytes exactly as they came
 * @throws what the bytes, the archive or the store throw; then nothing is kept but, perhaps, a file that the next try completes
 */
export async function takeIn(
  context: LedgerContext,
  account: Account,
  report: ArchivedReport,
  bytes: AsyncIterable<Uint8Array>,
): Promise<TakenIn> {
  const receipt = await context.archive.receive(bytes);
  const path = await place(context, account, report, receipt);
  return context.store.transaction(async (db) => {
    const { file, isNew } = await recordFile(db, account, report, receipt, path);
    const changed = await recordDelivery(context, db, account, report, file, !isNew);
    await db
      .updateTable("report")
      .set({ state: stateOf(file, isNew), state_reason: file.quarantine_message, next_attempt_at: null })
      .where("account_id", "=", account.accountId)
      .where("source", "=", report.source)
      .where("report_id", "=", report.reportId)
      .execute();
    const { contentHash, byteCount } = receipt;
    return { fileId: file.file_id, path, contentHash, byteCount, state: isNew ? "new" : "linked", changed };
  });
}
