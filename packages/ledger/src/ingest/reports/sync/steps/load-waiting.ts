import { raiseAlert } from "../../../../outbox/alerts.ts";
import { ArchiveError } from "../../../../archive/errors.ts";
import { FileLoader, type FileResult, type WaitingFile } from "../../load/load-files.ts";
import type { SourceRun } from "./run.ts";

/** Files that are looked up at a time. */
const PAGE = 500;

/** A file that lies in the archive, and the report for which it is loaded. */
export interface Waiting {
  readonly fileId: number;
  readonly byteCount: number;
  readonly reportId: string;
  readonly reportType: string;
}

/** A report whose file is on its way into rows. */
interface LoadingReport extends WaitingFile {
  readonly reportId: string;
  readonly reportType: string;
}

function toLoad(run: SourceRun, { fileId, byteCount, reportId, reportType }: Waiting): LoadingReport {
  const { personalData, encoding, errorLimit } = run.settings;
  const options = { personalData, errorLimit, signal: run.signal, ...(encoding === undefined ? {} : { encoding }) };
  return { accountId: run.account.accountId, fileId, byteCount, options, reportId, reportType };
}

async function told(run: SourceRun, file: LoadingReport, outcome: FileResult): Promise<void> {
  const { reportId, reportType } = file;
  if (outcome instanceof ArchiveError) {
    await fetchAgain(run, reportId, outcome.message);
  } else if (outcome.state === "loaded") {
    const { kind, rows, errors, repeats } = outcome;
    run.tell({ type: "loaded", reportId, reportType, kind, rows, errors, repeats });
  } else if (outcome.reason !== undefined) {
    run.tell({ type: "quarantined", reportId, reportType, ...outcome.reason });
  }
}

/** Loads files that lie in the archive as they are handed over, and tells what came of each. */
export class ReportLoader {
  readonly #run: SourceRun;
  readonly #loader: FileLoader;

  constructor(run: SourceRun) {
    const { store, clock, archive } = run.context;
    this.#run = run;
    this.#loader = new FileLoader(
      store,
      clock,
      (path) => archive.read(path),
      (file, result) => told(run, file as LoadingReport, result),
    );
  }

  add(waiting: Waiting): Promise<void> {
    return this.#loader.add(toLoad(this.#run, waiting));
  }

  finish(): Promise<void> {
    return this.#loader.finish();
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
    .select(["file.file_id", "file.byte_count", "waiting.report_id", "waiting.report_type"])
    .where("file.quarantine_code", "is", null)
    .where("file.file_id", ">", after)
    .orderBy("file.file_id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    fileId: row.file_id,
    byteCount: row.byte_count,
    reportId: row.report_id,
    reportType: row.report_type,
  }));
}

/** Loads a file that an earlier step has archived; bytes that have vanished meanwhile are fetched again. */
export async function loadArchived(run: SourceRun, waiting: Omit<Waiting, "byteCount">): Promise<void> {
  const loader = new ReportLoader(run);
  // Alone, it is no part of a group that could be large enough.
  await loader.add({ ...waiting, byteCount: 0 });
  await loader.finish();
}

/** Loads what an earlier run had archived but not loaded when it was ended. */
export async function loadWaiting(run: SourceRun): Promise<void> {
  const loader = new ReportLoader(run);
  let after = 0;
  for (;;) {
    const waiting = await waitingFiles(run, after, PAGE);
    for (const file of waiting) {
      run.signal.throwIfAborted();
      await loader.add(file);
      after = file.fileId;
    }
    if (waiting.length < PAGE) break;
  }
  await loader.finish();
}
