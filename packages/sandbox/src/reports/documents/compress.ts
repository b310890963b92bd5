import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { ZipFile } from "yazl";
import type { ReportDocument } from "../../engine/objects/index.ts";

/** Zip entries carry a date; the same document must have the same bytes whenever it is fetched. */
const ENTRY_DATE = new Date(Date.UTC(2020, 0, 1));

/** The bytes of a document in the way that its listing promises. */
export async function packed(document: ReportDocument, name: string): Promise<Uint8Array> {
  switch (document.compressionAlgorithm) {
    case "GZIP":
      return gzipSync(document.bytes);
    case "ZIP":
      return zipped(document.bytes, name);
    default:
      return document.bytes;
  }
}

async function zipped(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(bytes), name, { mtime: ENTRY_DATE });
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
