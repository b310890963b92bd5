import type { Buffer } from "node:buffer";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { UnusableStatementError } from "../errors.ts";
import type { StatementLimits } from "../options.ts";
import { isZlibError } from "./gunzip.ts";
import { InflationGuard } from "./inflation-guard.ts";

const PIECE = 256 * 1024;

const DEFLATED = 8;
const STORED = 0;

/** With more entries than this the list itself is an attack. */
const MOST_ENTRIES = 10_000;

/** An archive whose table of contents has been read. */
export interface Archive {
  readonly entries: readonly Entry[];
  /**
   * The bytes of one entry, as they come, checked against what the table of contents promises.
   *
   * @throws UnusableStatementError `file.encrypted`, `file.unsupported-packing`, `file.damaged-packing` and those of the guard
   */
  contents(entry: Entry): AsyncGenerator<Uint8Array, void, void>;
  close(): void;
}

/**
 * Opens a zip file.
 *
 * @throws UnusableStatementError `file.damaged-packing`, `file.too-large`
 */
export async function openArchive(bytes: Buffer, limits: StatementLimits | undefined): Promise<Archive> {
  let zip: ZipFile;
  const entries: Entry[] = [];
  try {
    zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, autoClose: false });
    if (zip.entryCount > MOST_ENTRIES) {
      throw new UnusableStatementError("file.too-large", `the zip file holds more than ${MOST_ENTRIES} entries`);
    }
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    throw damaged(error);
  }
  const guard = new InflationGuard(limits);
  return { entries, contents: (entry) => contents(zip, entry, guard), close: () => zip.close() };
}

async function* contents(zip: ZipFile, entry: Entry, guard: InflationGuard): AsyncGenerator<Uint8Array, void, void> {
  if (entry.isEncrypted()) {
    throw new UnusableStatementError("file.encrypted", "the zip file is protected by a password: unpack it first");
  }
  if (entry.compressionMethod !== DEFLATED && entry.compressionMethod !== STORED) {
    throw new UnusableStatementError(
      "file.unsupported-packing",
      `the zip file uses compression method ${entry.compressionMethod}, and only stored and deflated files are read: unpack it first`,
    );
  }
  guard.packed += entry.compressedSize;
  try {
    yield* checked(inflated(zip, entry), entry, guard);
  } catch (error) {
    throw isZlibError(error) ? damaged(error) : error;
  }
}

async function* inflated(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer, void, void> {
  let raw;
  try {
    raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  } catch (error) {
    throw damaged(error);
  }
  if (entry.compressionMethod === STORED) {
    yield* raw as AsyncIterable<Buffer>;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: PIECE });
  const feeding = pipeline(raw, inflate);
  // The outcome is awaited below; until then a failure must not count as unhandled.
  feeding.catch(() => undefined);
  yield* inflate as AsyncIterable<Buffer>;
  await feeding;
}

async function* checked(
  pieces: AsyncIterable<Buffer>,
  entry: Entry,
  guard: InflationGuard,
): AsyncGenerator<Buffer, void, void> {
  let sum = 0;
  let size = 0;
  for await (const piece of pieces) {
    guard.count(piece.length, entry.compressionMethod === DEFLATED);
    size += piece.length;
    if (size > entry.uncompressedSize)
      throw damaged(new Error(`more than the ${entry.uncompressedSize} bytes that it promises`));
    sum = crc32(piece, sum);
    yield piece;
  }
  if (size !== entry.uncompressedSize)
    throw damaged(new Error(`${size} bytes instead of the ${entry.uncompressedSize} that it promises`));
  if (sum !== entry.crc32) throw damaged(new Error("its checksum does not match its contents"));
}

/** Trouble with the archive itself as an error of this package; what the operating system says is passed on. */
function damaged(cause: unknown): Error {
  if (cause instanceof UnusableStatementError || (cause instanceof Error && "syscall" in cause)) return cause;
  const why = cause instanceof Error ? ` (${cause.message})` : "";
  return new UnusableStatementError(
    "file.damaged-packing",
    `the zip file cannot be unpacked${why}: download it again`,
    { cause },
  );
}
