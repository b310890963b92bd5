import type { Buffer } from "node:buffer";
import {
  collected,
  COMPRESSION_BYTES,
  detectCompression,
  gunzipped,
  InflationGuard,
  openArchive,
  type PackedFault,
  peek,
} from "@amazon-pay-kit/packed";
import type { ReadLimits } from "../options.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { isReportPath, piecesOf, type ReportPath, type ReportSource } from "./report-source.ts";

/** Small files may shrink to next to nothing without meaning harm. */
const HARMLESS_BYTES = 1024 * 1024;

/** What is wrong with a packed report, with what to do. */
function refused(found: PackedFault): UnusableReportError {
  switch (found.fault) {
    case "too-large":
      return new UnusableReportError(
        "file.too-large",
        `the file has more than the ${found.bytes} bytes that are allowed; raise the limit if it is genuine`,
      );
    case "zip-too-large":
      return new UnusableReportError(
        "file.too-large",
        `the zip file has more than ${found.bytes} bytes; save it as a file and read that by its path, or raise the limit`,
      );
    case "growth":
      return new UnusableReportError(
        "file.compression-ratio",
        `the file grows to more than ${found.ratio} times its packed size, as no report does; raise the limit if it is genuine`,
      );
    case "damaged-gzip":
      return new UnusableReportError(
        "file.damaged-gzip",
        `the gzip file cannot be unpacked (${found.why}); fetch the report again`,
        { cause: found.cause },
      );
    case "rest-after-gzip":
      return new UnusableReportError(
        "file.damaged-gzip",
        `behind the gzip data, at byte ${found.at}, something else begins; fetch the report again`,
      );
    case "damaged-zip": {
      const why = found.why === "" ? "" : ` (${found.why})`;
      return new UnusableReportError(
        "file.damaged-zip",
        `the zip file cannot be unpacked${why}; fetch the report again`,
        { cause: found.cause },
      );
    }
    case "too-many-entries":
      return otherThanOne(`more than ${found.entries} entries`);
    case "encrypted":
      return new UnusableReportError("file.zip-encrypted", "the zip file is protected by a password; unpack it first");
    case "method":
      return new UnusableReportError(
        "file.unsupported-compression",
        `the zip file uses compression method ${found.method}; only stored and deflated files can be read: unpack it first`,
      );
  }
}

/** A zip file that does not hold one report. */
function otherThanOne(holds: string): UnusableReportError {
  return new UnusableReportError(
    "file.zip-entries",
    `the zip file holds ${holds} instead of one report; unpack it and read each report by itself`,
  );
}

/** With more entries than this the list itself is an attack. */
const MOST_ENTRIES = 1000;

/** What macOS adds to every archive, and folders, are no reports. */
const IGNORED = /^__MACOSX\/|(?:^|\/)\.DS_Store$|\/$/;

/**
 * The bytes of a report as text bytes: unpacked where they are packed, in pieces, never more than the limits allow.
 *
 * @example for await (const piece of plainBytes({ path: "settlement.zip" })) process.stdout.write(piece);
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
