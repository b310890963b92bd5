import {
  type Archive,
  collected,
  COMPRESSION_BYTES,
  detectCompression,
  gunzipped,
  InflationGuard,
  openArchive,
  peek,
} from "@amazon-pay-kit/packed";
import { UnusableStatementError } from "../errors.ts";
import type { StatementLimits } from "../options.ts";
import { archiveContent } from "./archive-content.ts";
import { HARMLESS_BYTES, refused } from "./unpacking.ts";

/** Bytes of a statement, in any pieces, or all at once. */
export type StatementSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array> | Uint8Array;

/** One file of what was handed in. */
export type UnpackedFile =
  | {
      readonly kind: "file";
      /** Its name inside the archive; null where it was not in one. */
      readonly name: string | null;
      readonly bytes: AsyncIterable<Uint8Array>;
    }
  | { readonly kind: "workbook"; readonly archive: Archive };

const PIECE = 256 * 1024;

/** With more entries than this the list itself is an attack. */
const MOST_ENTRIES = 10_000;

async function* piecesOf(source: StatementSource): AsyncGenerator<Uint8Array, void, void> {
  if (source instanceof Uint8Array) {
    // In pieces, so that what is made of one does not take as much memory as the whole.
    for (let at = 0; at < source.length; at += PIECE) yield source.subarray(at, at + PIECE);
  } else {
    for await (const piece of source) {
      if (!(piece instanceof Uint8Array))
        throw new TypeError("a statement is read from pieces that are Uint8Arrays, not texts");
      yield piece;
    }
  }
}

async function* refuseNested(bytes: AsyncIterable<Uint8Array>, file?: string): AsyncGenerator<Uint8Array, void, void> {
  const { head, bytes: all, close } = await peek(bytes, COMPRESSION_BYTES);
  if (detectCompression(head) !== "none") {
    await close();
    const details = file === undefined ? {} : { file };
    throw new UnusableStatementError(
      "file.nested-packing",
      "a packed file inside a packed file: unpack it first",
      details,
    );
  }
  yield* all;
}

/**
 * The files of what was handed in: the one that it is, or those that a gzip or zip file holds, in its order.
 *
 * @throws UnusableStatementError for packed files that are damaged, too large, nested or empty
 */
export async function* unpack(
  source: StatementSource,
  limits: StatementLimits | undefined,
): AsyncGenerator<UnpackedFile, void, void> {
  const { head, bytes, close } = await peek(piecesOf(source), COMPRESSION_BYTES);
  const guard = new InflationGuard(limits, { harmless: HARMLESS_BYTES, refuse: refused });
  try {
    const packing = detectCompression(head);
    if (packing === "gzip") yield { kind: "file", name: null, bytes: refuseNested(gunzipped(bytes, guard)) };
    else if (packing === "zip") {
      const whole = await collected(bytes, limits?.zipBytes, refused);
      yield* filesOf(await openArchive(whole, guard, MOST_ENTRIES));
    } else yield { kind: "file", name: null, bytes: counted(bytes, guard) };
  } finally {
    await close();
  }
}

async function* filesOf(archive: Archive): AsyncGenerator<UnpackedFile, void, void> {
  try {
    const content = archiveContent(archive.entries);
    if (content === "workbook") {
      yield { kind: "workbook", archive };
      return;
    }
    if (content.length === 0) throw new UnusableStatementError("file.empty", "the zip file holds no file");
    for (const entry of content) {
      const { fileName } = entry;
      yield { kind: "file", name: fileName, bytes: refuseNested(archive.contents(entry), fileName) };
    }
  } finally {
    archive.close();
  }
}

async function* counted(bytes: AsyncIterable<Uint8Array>, guard: InflationGuard): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    guard.count(piece.length, false);
    yield piece;
  }
}
