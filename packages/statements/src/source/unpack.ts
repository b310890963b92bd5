import { Buffer } from "node:buffer";
import { UnusableStatementError } from "../errors.ts";
import type { StatementLimits } from "../options.ts";
import { archiveContent } from "./archive-content.ts";
import { gunzipped } from "./gunzip.ts";
import { peek } from "./head.ts";
import { InflationGuard } from "./inflation-guard.ts";
import { type Archive, openArchive } from "./unzip.ts";

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

const DEFAULT_ZIP_BYTES = 256 * 1024 * 1024;

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

function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Also a zip without entries. */
function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
}

async function* refuseNested(bytes: AsyncIterable<Uint8Array>, file?: string): AsyncGenerator<Uint8Array, void, void> {
  const { head, bytes: all } = await peek(bytes, 4);
  if (isGzip(head) || isZip(head)) {
    await all.return();
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
  const { head, bytes } = await peek(piecesOf(source), 4);
  try {
    if (isGzip(head)) {
      yield { kind: "file", name: null, bytes: refuseNested(gunzipped(bytes, new InflationGuard(limits))) };
    } else if (isZip(head)) {
      yield* filesOf(await openArchive(await collected(bytes, limits), limits));
    } else yield { kind: "file", name: null, bytes: counted(bytes, new InflationGuard(limits)) };
  } finally {
    await bytes.return();
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

async function collected(pieces: AsyncIterable<Uint8Array>, limits: StatementLimits | undefined): Promise<Buffer> {
  const most = limits?.zipBytes ?? DEFAULT_ZIP_BYTES;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > most) {
      throw new UnusableStatementError("file.too-large", `the zip file has more than ${most} bytes: unpack it first`);
    }
    parts.push(Buffer.from(piece));
  }
  return Buffer.concat(parts);
}
