import { gunzipSync } from "node:zlib";
import type { Archive } from "@amazon-pay-kit/ledger";

const AROUND = 10;
const LONGEST = 2000;

/** The bytes of an archived file as lines of text; gzip is unpacked, a BOM dropped. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let first = true;
  for await (const chunk of bytes) {
    const packed = first && chunk[0] === 0x1f && chunk[1] === 0x8b;
    if (packed) {
      const parts = [chunk];
      for await (const more of bytes) parts.push(more);
      yield* new TextDecoder("utf-8").decode(gunzipSync(Buffer.concat(parts))).split(/\r\n|\n|\r/);
      return;
    }
    first = false;
    const pieces = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = pieces.pop() ?? "";
    yield* pieces;
  }
  if (rest !== "") yield rest;
}

/** The physical lines around one of an archived file, so that a figure can be followed to where it stands. */
export async function fileLines(
  archive: Archive,
  path: string,
  line: number,
): Promise<{ line: number; text: string }[]> {
  const found: { line: number; text: string }[] = [];
  let number = 0;
  for await (const text of linesOf(archive.read(path))) {
    number += 1;
    if (number < line - AROUND) continue;
    if (number > line + AROUND) break;
    found.push({ line: number, text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text });
  }
  return found;
}
