import { Buffer } from "node:buffer";
import { open } from "node:fs/promises";

/** Bytes that are read from a file at a time: each reading has its price, whatever its size. */
const FILE_BYTES = 256 * 1024;

/** The path of a file on this machine. */
export interface ReportPath {
  readonly path: string;
}

/**
 * Where the bytes of a report come from: all at once, in pieces, as a web stream, or from a file.
 *
 * Pieces may be cut anywhere, in the middle of a character too. Whether the bytes are packed (gzip, zip) is seen from
 * the bytes. A zip file is best read by its path: from anywhere else it is first taken into memory as a whole.
 */
export type ReportSource = Uint8Array | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | ReportPath;

/** Whether the source is a path and nothing else: a stream of a file has a path too, but its own beginning and end. */
export function isReportPath(source: ReportSource): source is ReportPath {
  return !(source instanceof Uint8Array) && !(Symbol.asyncIterator in source) && "path" in source;
}

function isWebStream(source: object): source is ReadableStream<Uint8Array> {
  return "getReader" in source;
}

/** A source as pieces, whatever form it has. A piece is good until the next one is asked for. */
export function piecesOf(source: ReportSource): AsyncIterable<Uint8Array> {
  if (source instanceof Uint8Array) return single(source);
  if (isReportPath(source)) return fromFile(source.path);
  if (Symbol.asyncIterator in source) return source;
  if (isWebStream(source)) return streamed(source);
  throw new TypeError(
    "a report is read from a Uint8Array, an AsyncIterable<Uint8Array>, a ReadableStream<Uint8Array> or a { path }",
  );
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}

/** Every piece is in the same memory: allocating it anew for each takes longer than reading does. */
async function* fromFile(path: string): AsyncGenerator<Uint8Array, void, void> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(FILE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, FILE_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Not every runtime's web streams can be iterated. */
async function* streamed(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const reader = stream.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    finished = true;
  } finally {
    if (!finished) await reader.cancel();
    reader.releaseLock();
  }
}
