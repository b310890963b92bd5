import { raiseAlert } from "../../../../outbox/alerts.ts";
import { ArchiveError } from "../../../../archive/errors.ts";
import { loadFile } from "../../load/load-file.ts";
import type { SourceRun } from "./run.ts";

/** Files that are looked up at a time. */
const PAGE = 500;

/** A file that lies in the archive, and the report for which it is loaded. */
export interface Waiting {
  readonly fileId: number;
  readonly reportId: string;
  readonly reportType: string;
}

/** Loads a file that lies in the archive, and tells what came of it. */
export async function loadOne(run: SourceRun, waiting: Waiting): Promise<void> {
  const { context, account, settings, signal, tell } = run;
  const { personalData, encoding, errorLimit } = settings;
  const place = { accountId: account.accountId, fileId: waiting.fileId };
  const open = (path: string): AsyncIterable<Uint8Array> => context.archive.read(path);
  const reading = { personalData, encoding, errorLimit, signal };
  const outcome = await loadFile(context.store, context.clock, place, open, reading);
  const { reportId, reportType } = waiting;
  if (outcome.state === "loaded") {
    const { kind, rows, errors, repeats } = outcome;
    tell({ type: "loaded", reportId, reportType, kind, rows, errors, repeats });
  } else if (outcome.reason !== undefined) {
    tell({ type: "quarantined", reportId, reportType, ...outcome.reason });
  }
}

/** Bytes that vanished from the archive before they were loaded: as long as the service has them, they are fetched again. */
async function fetchAgain(run: SourceRun, reportId: string, why: string): Promise<void> {
  const { context, account, source } = run;
  await context.store.transaction(async (db) => {
    await db
      .updateTable("report")
      .set({ state: "listed", state_reason: why })
      .where("account_id", "=", account.accountId)
      .where("source", "=", source.name)
      .where("report_id", "=", reportId)
      .execute();
    await raiseAlert(db, context.clock, {
      accountId: account.accountId,
      code: "archive.missing",
      subject: `${source.name} ${reportId}`,
      message: `${why}; report ${reportId} is fetched again`,
    });
  });
}

/**
 * The files that lie in the archive and are not loaded, oldest first.
 *
 * @param after only files with a higher number
 */
export async function waitingFiles(
  run: Pick<SourceRun, "context" | "account" | "source">,
  after: number,
  limit: number,
): Promise<readonly Waiting[]> {
  const { context, account, source } = run;
  // Beginning with the reports that wait, which are few, and not with the account's files, which may be ten thousand: the
  // database is not left the choice, since it chooses by statistics that a first load is ahead of.
  const rows = await context.store.db
    .with(
      (cte) => cte("waiting").materialized(),
      (db) =>
        db
          .selectFrom("report")
          .select(["account_id", "source", "report_id", "report_type"])
          .where("account_id", "=", account.accountId)
          .where("source", "=", source.name)
          .where("state", "=", "archived"),
    )
    .selectFrom("waiting")
    .innerJoin("report_file", (join) =>
      join
        .onRef("report_file.account_id", "=", "waiting.account_id")
        .onRef("report_file.source", "=", "waiting.source")
        .onRef("report_file.report_id", "=", "waiting.report_id"),
    )
    .innerJoin("file", (join) =>
      join.onRef("file.account_id", "=", "report_file.account_id").onRef("file.file_id", "=", "report_file.file_id"),
    )
    .select(["file.file_id", "waiting.report_id", "waiting.report_type"])
    .where("file.quarantine_code", "is", null)
    .where("file.file_id", ">", after)
    .orderBy("file.file_id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ fileId: row.file_id, reportId: row.report_id, reportType: row.report_type }));
}

/** Loads a file that an earlier step has archived; bytes that have vanished meanwhile are fetched again. */
export async function loadArchived(run: SourceRun, waiting: Waiting): Promise<void> {
  try {
    await loadOne(run, waiting);
  } catch (error) {
    if (!(error instanceof ArchiveError && error.code === "archive.missing")) throw error;
    await fetchAgain(run, waiting.reportId, error.message);
  }
}

/** Loads what an earlier run had archived but not loaded when it was ended. */
export async function loadWaiting(run: SourceRun): Promise<void> {
  let after = 0;
  for (;;) {
    const waiting = await waitingFiles(run, after, PAGE);
    for (const file of waiting) {
      run.signal.throwIfAborted();
      await loadArchived(run, file);
      after = file.fileId;
    }
    if (waiting.length < PAGE) return;
  }
}
