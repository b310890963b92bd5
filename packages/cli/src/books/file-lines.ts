import type { Archive } from "@amazon-pay-kit/ledger";
import { plainBytes } from "@amazon-pay-kit/reports";

const AROUND = 10;
const LONGEST = 2000;

/** Bytes as lines of text, with whichever line end; a BOM is dropped. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  for await (const chunk of bytes) {
    // A CR at the end of a piece may be half of a line end.
    const pieces = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = pieces.pop() ?? "";
    yield* pieces;
  }
  rest = (rest + decoder.decode()).replace(/\r$/, "");
  if (rest !== "") yield rest;
}

/**
 * The physical lines around one of an archived report, unpacked as the report's own reader does, so that a figure can be followed to
 * where it stands.
 *
 * @throws UnusableReportError for a packed file that is damaged or grows beyond all limits
 */
export async function fileLines(
  archive: Archive,
  path: string,
  line: number,
): Promise<{ line: number; text: string }[]> {
  const found: { line: number; text: string }[] = [];
  let number = 0;
  for await (const text of linesOf(plainBytes(archive.read(path)))) {
    number += 1;
    if (number < line - AROUND) continue;
    if (number > line + AROUND) break;
    found.push({ line: number, text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text });
  }
  return found;
}
