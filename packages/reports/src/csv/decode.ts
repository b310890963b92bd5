import { Buffer, isUtf8 } from "node:buffer";
import { CELL } from "./tokenizer.ts";

/**
 * The text of a cell that a tokenizer found, or `null` when its bytes are not UTF-8.
 *
 * Wrong bytes are never replaced: a replaced character is a lost one.
 */
export function decodeCell(bytes: Buffer, start: number, end: number, flags: number): string | null {
  if (start === end) return "";
  let text: string;
  if ((flags & CELL.nonAscii) === 0) text = bytes.toString("latin1", start, end);
  else {
    if (!isUtf8(bytes.subarray(start, end))) return null;
    text = bytes.toString("utf8", start, end);
  }
  return (flags & CELL.doubledQuotes) === 0 ? text : text.replaceAll('""', '"');
}

/** The same bytes as a `Buffer`, without a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
