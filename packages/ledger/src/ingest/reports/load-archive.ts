import { WITHDRAWN } from "../../store/rows/withdrawn.ts";
import { createHash } from "node:crypto";
import type { PersonalData } from "@amazon-pay-kit/reports";
import { ArchiveError } from "../../archive/errors.ts";
import { accountsIn } from "../../accounts/accounts.ts";
import type { Archive, ArchivedReport, Sidecar } from "../../archive/archive.ts";
import type { LedgerContext } from "../../context.ts";
import type { LoadFileOptions, LoadOutcome } from "./load/load-file.ts";
import { FileLoader, type WaitingFile } from "./load/load-files.ts";
import { recordListing } from "./sync/steps/record-listing.ts";
import type { SourceName } from "./sources/source.ts";
import { takeIn } from "./archive-report.ts";

/** How the books are made from the archive. */
export interface LoadArchiveOptions extends Pick<LoadFileOptions, "errorLimit" | "signal"> {
  /** Another archive, whose files are copied into the ledger's own first. Default: the ledger's own. */
  readonly from?: Archive;
  /** What becomes of the buyer's columns of an account. Default: `keep`. */
  readonly personalData?: (accountId: string) => PersonalData | undefined;
  /** In which encoding the files of an account are. Default: UTF-8. */
  readonly encoding?: (accountId: string) => string | undefined;
}

/** What came of a file of the archive. */
export interface ArchiveLoaded {
  readonly path: string;
  /**
   * `not-described`: nothing beside it says whose it is; `altered`: it has other bytes than were kept; `withdrawn`: somebody took
   * it out of the books. None of these is loaded.
   */
  readonly state: LoadOutcome["state"] | "not-described" | "altered" | "withdrawn";
  readonly rows: number;
  readonly errors: number;
  /** Why it was not loaded. */
  readonly message: string | null;
}

async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of bytes) hash.update(piece);
  return hash.digest("hex");
}

async function isLoaded({ store }: LedgerContext, { accountId, contentHash }: Sidecar): Promise<boolean> {
  const file = await store.db
    .selectFrom("file")
    .select("file_id")
    .where("account_id", "=", accountId)
    .where("content_hash", "=", contentHash)
    .where("loaded_at", "is not", null)
    .executeTakeFirst();
  return file !== undefined;
}

/** Makes the report known as the listing did that it once came from. */
async function list({ store }: LedgerContext, accountId: string, report: ArchivedReport): Promise<void> {
  const source = report.source as SourceName;
  const { reportId, reportType, windowStart, windowEnd, createdAt, fetchedAt } = report;
  const listed = {
    reportId,
    reportType,
    windowStart,
    windowEnd,
    createdAt,
    status: "ready" as const,
    processingStatus: "archive",
    documentId: reportId,
  };
  await store.transaction((db) => recordListing(db, { accountId, source }, [listed], fetchedAt));
}

/** A file that was recorded as it once came, and now waits to be loaded. */
interface Recorded extends WaitingFile {
  readonly path: string;
}

async function record(
  context: LedgerContext,
  from: Archive,
  path: string,
  sidecar: Sidecar,
  options: LoadArchiveOptions,
): Promise<Recorded | ArchiveLoaded> {
  const { accountId, region, environment, contentHash } = sidecar;
  if (options.from === undefined && (await isLoaded(context, sidecar)))
    return { path, state: "already-loaded", rows: 0, errors: 0, message: null };
  if ((await hashOf(from.read(path))) !== contentHash)
    return {
      path,
      state: "altered",
      rows: 0,
      errors: 0,
      message: "has other bytes than were kept: restore it from a copy",
    };
  const account = await accountsIn(context.store, context.clock).add({ accountId, region, environment });
  let taken = { fileId: 0, byteCount: 0 };
  for (const report of sidecar.reports) {
    await list(context, accountId, report);
    taken = await takeIn(context, account, report, from.read(path));
  }
  const { errorLimit, signal } = options;
  const personalData = options.personalData?.(accountId);
  const encoding = options.encoding?.(accountId);
  return {
    path,
    accountId,
    fileId: taken.fileId,
    byteCount: taken.byteCount,
    options: {
      ...(personalData === undefined ? {} : { personalData }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(errorLimit === undefined ? {} : { errorLimit }),
      ...(signal === undefined ? {} : { signal }),
    },
  };
}

/**
 * Makes the books from the archive: every file that lies there is recorded and loaded as when it first came. For another
 * database (SQLite to PostgreSQL, or one that was lost), and with `from` for another archive (a folder to a bucket). Doing it
 * again changes nothing; what is not in report files (records, bank statements, decisions about exceptions) is not in there.
 *
 * @throws what the archives and the store throw
 *
 * @example
 * for await (const { path, state } of loadArchive(ledger)) console.log(path, state);
 */
export async function* loadArchive(
  context: LedgerContext,
  options: LoadArchiveOptions = {},
): AsyncGenerator<ArchiveLoaded> {
  const from = options.from ?? context.archive;
  const paths: string[] = [];
  // Not while it is being written to.
  for await (const { path, kind } of from.entries()) if (kind === "file") paths.push(path);
  const done: ArchiveLoaded[] = [];
  const loader = new FileLoader(
    context.store,
    context.clock,
    (path) => context.archive.read(path),
    async (file, result) => {
      if (result instanceof ArchiveError) throw result;
      const { rows, errors, reason } = result;
      const state = reason?.code === WITHDRAWN ? "withdrawn" : result.state;
      done.push({ path: (file as Recorded).path, state, rows, errors, message: reason?.message ?? null });
    },
  );
  for (const path of paths.toSorted()) {
    options.signal?.throwIfAborted();
    const sidecar = await from.describe(path);
    const recorded: Recorded | ArchiveLoaded =
      sidecar === undefined
        ? {
            path,
            state: "not-described",
            rows: 0,
            errors: 0,
            message: "nothing beside it says whose it is: sync again",
          }
        : await record(context, from, path, sidecar, options);
    if ("state" in recorded) done.push(recorded);
    else await loader.add(recorded);
    yield* done.splice(0);
  }
  await loader.finish();
  yield* done;
}
