import { Buffer } from "node:buffer";
import type { ReadLimits } from "../options.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { COMPRESSION_BYTES, detectCompression } from "./compression.ts";
import { gunzipped } from "./gunzip.ts";
import { InflationGuard } from "./inflation-guard.ts";
import { isReportPath, piecesOf, type ReportSource } from "./report-source.ts";
import { unzipped } from "./unzip.ts";

const DEFAULT_ZIP_BYTES = 256 * 1024 * 1024;

/**
 * The bytes of a report as text bytes: unpacked where they are packed, in pieces, never more than the limits allow.
 *
 * @throws UnusableReportError for packed files that are damaged, too large, or hold something else than one report
 */
export async function* plainBytes(source: ReportSource, limits?: ReadLimits): AsyncGenerator<Uint8Array, void, void> {
  const guard = new InflationGuard(limits);
  const pieces = piecesOf(source)[Symbol.asyncIterator]();
  try {
    const start: Uint8Array[] = [];
    let length = 0;
    while (length < COMPRESSION_BYTES) {
      const { done, value } = await pieces.next();
      if (done === true) break;
      if (!(value instanceof Uint8Array))
        throw new TypeError("a report is read from pieces that are Uint8Arrays, not texts");
      length += value.length;
      start.push(length < COMPRESSION_BYTES ? Buffer.from(value) : value);
    }
    const compression = detectCompression(Buffer.concat(start, Math.min(length, COMPRESSION_BYTES)));
    const all = resumed(start, pieces);
    if (compression === "gzip") yield* gunzipped(all, guard);
    else if (compression === "zip")
      yield* unzipped(isReportPath(source) ? source : await collected(all, limits), guard);
    else {
      for await (const piece of all) {
        guard.count(piece.length, false);
        yield piece;
      }
    }
  } finally {
    await pieces.return?.();
  }
}

async function* resumed(
  start: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  yield* start;
  for (;;) {
    const { done, value } = await rest.next();
    if (done === true) return;
    yield value;
  }
}

async function collected(pieces: AsyncIterable<Uint8Array>, limits: ReadLimits | undefined): Promise<Buffer> {
  const most = limits?.zipBytes ?? DEFAULT_ZIP_BYTES;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > most) {
      throw new UnusableReportError(
        "file.too-large",
        `the zip file has more than ${most} bytes; save it as a file and read that by its path, or raise the limit`,
      );
    }
    parts.push(Buffer.from(piece));
  }
  return parts.length === 1 && parts[0] !== undefined ? asBuffer(parts[0]) : Buffer.concat(parts);
}

/** The same bytes as a `Buffer`, without a copy. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
