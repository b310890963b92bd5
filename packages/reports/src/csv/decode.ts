import type { Buffer } from "node:buffer";
import { encodingOf, type CellEncoding } from "./encoding.ts";
import { CELL } from "./tokenizer.ts";

const UTF8 = encodingOf("utf-8");

/**
 * The text of a cell that a tokenizer found, or `null` when its bytes are no text in the encoding.
 *
 * Wrong bytes are never replaced: a replaced character is a lost one.
 */
export function decodeCell(
  bytes: Buffer,
  start: number,
  end: number,
  flags: number,
  encoding: CellEncoding = UTF8,
): string | null {
  if (start === end) return "";
  const text =
    (flags & CELL.nonAscii) === 0 ? bytes.toString("latin1", start, end) : encoding.decode(bytes.subarray(start, end));
  if (text === null) return null;
  return (flags & CELL.doubledQuotes) === 0 ? text : text.replaceAll('""', '"');
}
