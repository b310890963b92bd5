import { createReadStream } from "node:fs";
import { DEFAULT_BLOCK_BYTES } from "../options.ts";

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

/** A source as pieces, whatever form it has. */
export function piecesOf(source: ReportSource): AsyncIterable<Uint8Array> {
  if (source instanceof Uint8Array) return single(source);
  if (isReportPath(source)) return createReadStream(source.path, { highWaterMark: DEFAULT_BLOCK_BYTES });
  if (Symbol.asyncIterator in source) return source;
  if (isWebStream(source)) return streamed(source);
  throw new TypeError(
    "a report is read from a Uint8Array, an AsyncIterable<Uint8Array>, a ReadableStream<Uint8Array> or a { path }",
  );
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
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
