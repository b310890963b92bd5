import type { Buffer } from "node:buffer";
import {
  collected,
  COMPRESSION_BYTES,
  detectCompression,
  gunzipped,
  InflationGuard,
  openArchive,
  peek,
} from "@amazon-pay-kit/packed";
import type { ReadLimits } from "../options.ts";
import { isReportPath, piecesOf, type ReportPath, type ReportSource } from "./report-source.ts";
import { HARMLESS_BYTES, otherThanOne, refused } from "./unpacking.ts";

/** With more entries than this the list itself is an attack. */
const MOST_ENTRIES = 1000;

/** What macOS adds to every archive, and folders, are no reports. */
const IGNORED = /^__MACOSX\/|(?:^|\/)\.DS_Store$|\/$/;

/**
 * The bytes of a report as text bytes: unpacked where they are packed, in pieces, never more than the limits allow.
 *
 * @throws UnusableReportError for packed files that are damaged, too large, or hold something else than one report
 */
export async function* plainBytes(source: ReportSource, limits?: ReadLimits): AsyncGenerator<Uint8Array, void, void> {
  const guard = new InflationGuard(limits, { harmless: HARMLESS_BYTES, refuse: refused });
  const { head, bytes, close } = await peek(onlyBytes(piecesOf(source)), COMPRESSION_BYTES);
  try {
    const compression = detectCompression(head);
    if (compression === "gzip") yield* gunzipped(bytes, guard);
    else if (compression === "zip")
      yield* unzipped(isReportPath(source) ? source : await collected(bytes, limits?.zipBytes, refused), guard);
    else {
      for await (const piece of bytes) {
        guard.count(piece.length, false);
        yield piece;
      }
    }
  } finally {
    await close();
  }
}

async function* onlyBytes(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of pieces) {
    if (!(piece instanceof Uint8Array))
      throw new TypeError("a report is read from pieces that are Uint8Arrays, not texts");
    yield piece;
  }
}

/** The one report that a zip file holds. */
async function* unzipped(from: Buffer | ReportPath, guard: InflationGuard): AsyncGenerator<Uint8Array, void, void> {
  const archive = await openArchive(from, guard, MOST_ENTRIES);
  try {
    const files = archive.entries.filter(({ fileName }) => !IGNORED.test(fileName));
    const [file] = files;
    if (file === undefined) throw otherThanOne("no file");
    if (files.length > 1) throw otherThanOne(`${files.length} files`);
    yield* archive.contents(file);
  } finally {
    archive.close();
  }
}
