import { createReadStream } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, systemClock } from "@amazon-pay-kit/sdk/clock";
import { SyncError } from "../../errors.ts";
import type { ListedReport, ReportSource } from "../source.ts";
import { type Sniffed, sniffReport } from "./sniff.ts";

/** How to watch a folder. */
export interface FolderSourceOptions {
  /** Where people put the files that they downloaded by hand; folders inside it count too. */
  readonly folder: string;
  /**
   * A file must have been left alone for so long before it is taken, in milliseconds; for one that has just been put there
   * a listing waits as long, once. Default 2000.
   */
  readonly settledMillis?: number;
  /** By which that is measured: the clock that stamps files. Default: the machine's. */
  readonly clock?: Clock;
}

interface Found {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

const NAMES = /\.(csv|txt|tsv|gz|zip)$/i;
const PIECE = 256 * 1024;

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function closedFolder(path: string, cause: unknown): SyncError {
  const message = `cannot look into ${path}, all else in the watched folder is taken: ${reasonOf(cause)}; let this process read it, or move it away`;
  return new SyncError("sync.closed-folder", message, { cause });
}

/** Somebody took it away, or put another thing in its place, since it was listed. */
function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/** What the folders below one hold. Symbolic links, pipes and devices are left aside: only what lies here is taken. */
async function collect(folder: string, below: string, into: { files: Found[]; closed: SyncError[] }): Promise<void> {
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.name.startsWith(".")) continue;
    try {
      if (entry.isDirectory()) await collect(folder, path, into);
      if (!entry.isFile() || !NAMES.test(path)) continue;
      const { size, mtimeMs } = await lstat(join(folder, path));
      into.files.push({ path, size, modified: Math.floor(mtimeMs) });
    } catch (error) {
      if (!isGone(error)) into.closed.push(closedFolder(join(folder, path), error));
    }
  }
}

/** Every report file, and why folders inside could not be looked into: one that is closed does not hide the others. */
async function filesIn(folder: string): Promise<{ files: Found[]; closed: SyncError[] }> {
  const found = { files: [] as Found[], closed: [] as SyncError[] };
  try {
    await collect(folder, "", found);
  } catch (cause) {
    throw new SyncError("sync.no-folder", `cannot read the watched folder ${folder}: ${reasonOf(cause)}`, { cause });
  }
  found.files.sort((left, right) => left.modified - right.modified || (left.path < right.path ? -1 : 1));
  return found;
}

async function* wholeFile(path: string, size: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE, signal })) {
    read += (piece as Uint8Array).length;
    yield piece as Uint8Array;
  }
  if (read !== size) {
    throw new SyncError(
      "sync.file-changed",
      `${path} had ${size} bytes and now has ${read}: somebody is still writing it; it is taken later`,
    );
  }
}

const PAGE = 100;

/**
 * Report files that people put into a folder by hand. The files stay where they are.
 *
 * A file counts as a new report when its name, its size or its time of change is new, so that putting another
 * `settlement.csv` over the last one works; the same bytes under another name are recognised by their hash.
 *
 * @example
 * const source = folderSource({ folder: "downloads/amazon-pay" });
 */
export function folderSource(options: FolderSourceOptions): ReportSource {
  const { folder, settledMillis = 2000, clock = systemClock } = options;
  /** What was seen in files that have not changed since: only to save reading them again. */
  const sniffed = new Map<string, Sniffed>();
  const listed = async ({ path, size, modified }: Found): Promise<ListedReport> => {
    const reportId = `${path}@${size}-${modified}`;
    const seen = sniffed.get(reportId) ?? (await sniffReport(join(folder, path)));
    sniffed.set(reportId, seen);
    return {
      reportId,
      ...seen,
      createdAt: modified,
      status: "ready",
      processingStatus: "file",
      documentId: path,
      fileName: path,
    };
  };
  /** Who copies a file and syncs at once wants it; one that goes on growing is taken at another time. */
  const leftAlone = async (signal: AbortSignal): Promise<Awaited<ReturnType<typeof filesIn>>> => {
    const now = clock.now();
    const first = await filesIn(folder);
    const { files } = first;
    // A file from the future, such as one from another machine, would never be old enough.
    const fresh = files.filter(({ modified }) => Math.abs(now - modified) < settledMillis);
    if (fresh.length === 0) return first;
    await clock.sleep(settledMillis, signal);
    const before = new Map(files.map((file) => [file.path, file]));
    const { files: after, closed } = await filesIn(folder);
    const same = after.filter(({ path, size, modified }) => {
      const known = before.get(path);
      return known?.size === size && known.modified === modified;
    });
    return { files: same, closed };
  };
  return {
    name: "folder",
    /** Every file, whatever the window: how old a file is says nothing about when it was put here. */
    async *list(_window, signal) {
      const { files, closed } = await leftAlone(signal);
      for (let at = 0; at < files.length; at += PAGE) {
        const page: ListedReport[] = [];
        for (const file of files.slice(at, at + PAGE)) {
          signal.throwIfAborted();
          page.push(await listed(file));
        }
        yield page;
      }
      // After all that could be listed, so that it is loaded all the same.
      if (closed[0] !== undefined) throw closed[0];
    },
    async fetch({ reportId, documentId }, signal) {
      const [, size, modified] = /@(\d+)-(\d+)$/.exec(reportId) ?? [];
      if (documentId === null || size === undefined) {
        throw new SyncError("sync.not-fetchable", `${reportId} was not listed from a folder`);
      }
      const path = join(folder, documentId);
      const now = await lstat(path).catch((cause: unknown) => {
        throw new SyncError("sync.gone", `${path} is no longer in the watched folder: put it back`, { cause });
      });
      if (!now.isFile() || now.size !== Number(size) || Math.floor(now.mtimeMs) !== Number(modified)) {
        throw new SyncError("sync.superseded", `${path} was replaced by another file before it was fetched`);
      }
      return wholeFile(path, now.size, signal);
    },
  };
}
