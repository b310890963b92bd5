import { Buffer } from "node:buffer";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { UnusableReportError } from "../unusable-report-error.ts";
import { isZlibError } from "./gunzip.ts";
import type { InflationGuard } from "./inflation-guard.ts";

const PIECE = 256 * 1024;

const DEFLATED = 8;
const STORED = 0;

/** With more entries than this the list itself is an attack. */
const MOST_ENTRIES = 1000;

/** What macOS adds to every archive, and folders, are no reports. */
const IGNORED = /^__MACOSX\/|(?:^|\/)\.DS_Store$|\/$/;

/**
 * Unpacks the one report that a zip file holds.
 *
 * @param from the whole file, or its path: a zip file has its table of contents at the end
 * @throws UnusableReportError `file.zip-entries` when there is not exactly one file inside, `file.zip-encrypted`,
 *   `file.damaged-zip`, and those of the guard
 */
export async function* unzipped(
  from: Buffer | { readonly path: string },
  guard: InflationGuard,
): AsyncGenerator<Uint8Array, void, void> {
  const zip = await openZip(from);
  try {
    const entry = await onlyFile(zip);
    guard.packed = entry.compressedSize;
    yield* checked(contents(zip, entry), entry, guard);
  } catch (error) {
    throw isZlibError(error) ? damaged(error) : error;
  } finally {
    zip.close();
  }
}

async function openZip(from: Buffer | { readonly path: string }): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false } as const;
  try {
    return await (Buffer.isBuffer(from)
      ? yauzl.fromBufferPromise(from, options)
      : yauzl.openPromise(from.path, options));
  } catch (error) {
    throw damaged(error);
  }
}

async function onlyFile(zip: ZipFile): Promise<Entry> {
  if (zip.entryCount > MOST_ENTRIES) throw entries(`more than ${MOST_ENTRIES} entries`);
  const files: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (!IGNORED.test(entry.fileName)) files.push(entry);
    }
  } catch (error) {
    throw damaged(error);
  }
  const [file] = files;
  if (file === undefined) throw entries("no file");
  if (files.length > 1) throw entries(`${files.length} files`);
  if (file.isEncrypted()) {
    throw new UnusableReportError("file.zip-encrypted", "the zip file is protected by a password; unpack it first");
  }
  if (file.compressionMethod !== DEFLATED && file.compressionMethod !== STORED) {
    throw new UnusableReportError(
      "file.unsupported-compression",
      `the zip file uses compression method ${file.compressionMethod}; only stored and deflated files can be read: unpack it first`,
    );
  }
  return file;
}

async function* contents(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer, void, void> {
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

/** Compares what comes out with what the table of contents promises. */
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

function entries(found: string): UnusableReportError {
  return new UnusableReportError(
    "file.zip-entries",
    `the zip file holds ${found} instead of one report; unpack it and read each report by itself`,
  );
}

/** Trouble with the archive itself as an error of this package; what the operating system says is passed on. */
function damaged(cause: unknown): Error {
  if (cause instanceof UnusableReportError || (cause instanceof Error && "syscall" in cause)) return cause;
  const why = cause instanceof Error ? ` (${cause.message})` : "";
  return new UnusableReportError("file.damaged-zip", `the zip file cannot be unpacked${why}; fetch the report again`, {
    cause,
  });
}
