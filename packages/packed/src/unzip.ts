import { Buffer } from "node:buffer";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import type { Refuse } from "./fault.ts";
import { isZlibError } from "./gunzip.ts";
import type { InflationGuard } from "./inflation-guard.ts";

const PIECE = 256 * 1024;

const DEFLATED = 8;
const STORED = 0;

/** A file inside a zip file. */
export type ArchiveEntry = Entry;

/** A zip file whose table of contents has been read. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[];
  /**
   * The bytes of one entry, as they come, checked against what the table of contents promises.
   *
   * Throws the error of the guard's reader for `encrypted`, `method`, `damaged-zip` and what the guard stops.
   */
  contents(entry: ArchiveEntry): AsyncGenerator<Uint8Array, void, void>;
  close(): void;
}

/**
 * Opens a zip file: the whole of it, or its path, since its table of contents is at its end.
 *
 * Throws the error of the guard's reader for `damaged-zip` and `too-many-entries`; what the operating system says of a path is
 * passed on.
 *
 * @param mostEntries with more entries than this the list itself is an attack
 */
export async function openArchive(
  from: Buffer | { readonly path: string },
  guard: InflationGuard,
  mostEntries: number,
): Promise<Archive> {
  const zip = await opened(from, guard.refuse);
  try {
    if (zip.entryCount > mostEntries) throw guard.refuse({ fault: "too-many-entries", entries: mostEntries });
    const entries = await entriesOf(zip, guard.refuse);
    return { entries, contents: (entry) => contents(zip, entry, guard), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function opened(from: Buffer | { readonly path: string }, refuse: Refuse): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false } as const;
  try {
    return await (Buffer.isBuffer(from)
      ? yauzl.fromBufferPromise(from, options)
      : yauzl.openPromise(from.path, options));
  } catch (error) {
    throw damaged(error, refuse);
  }
}

async function entriesOf(zip: ZipFile, refuse: Refuse): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    throw damaged(error, refuse);
  }
  return entries;
}

async function* contents(zip: ZipFile, entry: Entry, guard: InflationGuard): AsyncGenerator<Uint8Array, void, void> {
  if (entry.isEncrypted()) throw guard.refuse({ fault: "encrypted" });
  const method = entry.compressionMethod;
  if (method !== DEFLATED && method !== STORED) throw guard.refuse({ fault: "method", method });
  guard.packed += entry.compressedSize;
  try {
    yield* checked(inflated(zip, entry, guard.refuse), entry, guard);
  } catch (error) {
    throw isZlibError(error) ? damaged(error, guard.refuse) : error;
  }
}

async function* inflated(zip: ZipFile, entry: Entry, refuse: Refuse): AsyncGenerator<Buffer, void, void> {
  let raw;
  try {
    raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  } catch (error) {
    throw damaged(error, refuse);
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
  const broken = (why: string): Error => damaged(new Error(why), guard.refuse);
  let sum = 0;
  let size = 0;
  for await (const piece of pieces) {
    guard.count(piece.length, entry.compressionMethod === DEFLATED);
    size += piece.length;
    if (size > entry.uncompressedSize) throw broken(`more than the ${entry.uncompressedSize} bytes that it promises`);
    sum = crc32(piece, sum);
    yield piece;
  }
  if (size !== entry.uncompressedSize)
    throw broken(`${size} bytes instead of the ${entry.uncompressedSize} that it promises`);
  if (sum !== entry.crc32) throw broken("its checksum does not match its contents");
}

/** Trouble with the archive itself as the reader's error; what the operating system says is passed on. */
function damaged(cause: unknown, refuse: Refuse): Error {
  if (cause instanceof Error && "syscall" in cause) return cause;
  return refuse({ fault: "damaged-zip", why: cause instanceof Error ? cause.message : "", cause });
}
