import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { accountsIn } from "../../accounts/accounts.ts";
import type { ArchivedReport } from "../../archive/archive.ts";
import type { LedgerContext } from "../../context.ts";
import { loadFile, type LoadFileOptions, type LoadOutcome } from "./load/load-file.ts";
import { sniffBytes } from "./sources/folder/sniff.ts";
import type { ListedReport } from "./sources/source.ts";
import { recordListing } from "./sync/steps/record-listing.ts";
import { takeIn } from "./archive-report.ts";

/** A report file of this machine. */
export interface LocalFile extends LoadFileOptions {
  readonly accountId: string;
  /** Path of the file, or its bytes. */
  readonly file: string | Uint8Array;
  /** Name to remember for bytes. Default: that of the path. */
  readonly fileName?: string;
}

/** What came of it. */
export interface LocalFileResult extends LoadOutcome {
  /** Place in the archive. */
  readonly path: string;
  /** The same bytes had come before in another way. */
  readonly linked: boolean;
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of bytes) hash.update(piece);
  return hash.digest("hex");
}

/**
 * Archives and loads one report file, of whatever kind. Loading the same file again changes nothing; one that was withdrawn
 * counts again.
 *
 * @throws AccountError `account.unknown`; what reading the file, the archive or the store throw
 */
export async function loadLocalFile(context: LedgerContext, local: LocalFile): Promise<LocalFileResult> {
  const { accountId, file, fileName = typeof file === "string" ? basename(file) : undefined, ...options } = local;
  const { store, clock, archive } = context;
  const account = await accountsIn(store, clock).get(accountId);
  const open = (): AsyncIterable<Uint8Array> => (typeof file === "string" ? createReadStream(file) : single(file));
  const reportId = `sha256-${(await hashOf(open())).slice(0, 32)}`;
  const now = clock.now();
  const listed: ListedReport = {
    reportId,
    ...(await sniffBytes(open())),
    createdAt: now,
    status: "ready",
    processingStatus: "file",
    documentId: reportId,
  };
  await store.transaction((db) => recordListing(db, { accountId, source: "hand" }, [listed], now));
  const { reportType, windowStart, windowEnd } = listed;
  const named = fileName === undefined ? {} : { fileName };
  const report: ArchivedReport = {
    source: "hand",
    reportId,
    reportType,
    windowStart,
    windowEnd,
    createdAt: now,
    fetchedAt: now,
    ...named,
  };
  const taken = await takeIn(context, account, report, open());
  const place = { accountId, fileId: taken.fileId };
  const outcome = await loadFile(store, clock, place, (path) => archive.read(path), { ...options, restore: true });
  return { ...outcome, path: taken.path, linked: taken.state === "linked" };
}
