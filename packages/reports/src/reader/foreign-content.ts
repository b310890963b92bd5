import { type Buffer, isUtf8 } from "node:buffer";
import type { CellEncoding } from "../csv/encoding.ts";
import { nextLine } from "../csv/tokenizer.ts";
import { UnusableReportError, type UnusableReportCode } from "../unusable-report-error.ts";

/** How much of a file is looked at. */
export const HEAD_BYTES = 4096;

interface Foreign {
  /** First bytes, one character each. */
  readonly magic: string;
  readonly code: UnusableReportCode;
  readonly what: string;
}

const AGAIN = "fetch the report again";

/** Kinds of files that are known by their first bytes, and are no reports. */
const FOREIGN: readonly Foreign[] = [
  { magic: "\u001f\u008b", code: "file.nested-compression", what: "a gzip file inside a compressed file" },
  { magic: "PK\u0003\u0004", code: "file.nested-compression", what: "a zip file inside a compressed file" },
  { magic: "BZh", code: "file.unsupported-compression", what: "a bzip2 file" },
  { magic: "\u00fd7zXZ", code: "file.unsupported-compression", what: "an xz file" },
  { magic: "\u0028\u00b5\u002f\u00fd", code: "file.unsupported-compression", what: "a Zstandard file" },
  { magic: "7z\u00bc\u00af", code: "file.unsupported-compression", what: "a 7z file" },
  { magic: "Rar!\u001a", code: "file.unsupported-compression", what: "a RAR file" },
  { magic: "\u00d0\u00cf\u0011\u00e0", code: "file.binary", what: "an old Excel workbook" },
  { magic: "%PDF", code: "file.binary", what: "a PDF" },
  { magic: "PAR1", code: "file.binary", what: "a Parquet file" },
  { magic: "SQLite format 3", code: "file.binary", what: "a SQLite database" },
  { magic: "\u0089PNG", code: "file.binary", what: "an image" },
];

/**
 * Refuses what is delivered or picked up in place of a report: an error page, an error document, another encoding,
 * another kind of file. Looks at the beginning only.
 *
 * @param bytes from the beginning of the file, byte order mark of UTF-8 left out
 * @throws UnusableReportError
 */
export function refuseForeignContent(bytes: Buffer, last: boolean, encoding: CellEncoding): void {
  const head = bytes.subarray(0, HEAD_BYTES);
  const characters = head.toString("latin1");
  if (last && bytes.length <= HEAD_BYTES && characters.trim() === "")
    refuse("file.empty", `the file is empty; ${AGAIN}`);
  for (const { magic, code, what } of FOREIGN) {
    if (characters.startsWith(magic)) refuse(code, `this is ${what}, not a report; unpack it or ${AGAIN} as text`);
  }
  if (isUtf16(characters)) {
    refuse("file.utf-16", `the file is UTF-16 text, probably saved by another program; ${AGAIN}, or save it as UTF-8`);
  }
  refuseMarkup(characters.trimStart());
  refuseBinary(head, last && bytes.length === head.length, encoding);
}

function refuse(code: UnusableReportCode, message: string): never {
  throw new UnusableReportError(code, message, { line: 1 });
}

/** By its mark, or without one by every second byte being a zero. */
function isUtf16(characters: string): boolean {
  if (/^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(characters)) return true;
  const pairs = characters.slice(0, 64);
  const even = [...pairs].filter((character, index) => index % 2 === 0 && character === "\0").length;
  const odd = [...pairs].filter((character, index) => index % 2 === 1 && character === "\0").length;
  return pairs.length >= 4 && Math.max(even, odd) * 4 >= pairs.length && Math.min(even, odd) * 16 <= pairs.length;
}

function refuseMarkup(text: string): void {
  if (/^<(?:!doctype\s+html|html|head|body)/i.test(text)) {
    refuse("file.html", `this is a web page, such as a proxy or a sign-in page sends, not a report; ${AGAIN}`);
  }
  if (text.startsWith("<")) {
    refuse(
      "file.xml",
      `this is an XML document${named(/<Code>([\w.]{1,64})<\/Code>/.exec(text))}, not a report; ${AGAIN}`,
    );
  }
  if (/^[{[]/.test(text)) {
    const reason = /"(?:reasonCode|code)"\s*:\s*"([\w.]{1,64})"/.exec(text);
    refuse("file.json", `this is a JSON document${named(reason)}, not a report; ${AGAIN}`);
  }
}

function named(match: RegExpExecArray | null): string {
  return match?.[1] === undefined ? "" : ` with the error ${match[1]}`;
}

/** Damage in a row is the row's own error; damage in the very first line means that this is no text at all. */
function refuseBinary(head: Buffer, last: boolean, encoding: CellEncoding): void {
  const end = nextLine(head, 0, head.length, last);
  const line = head.subarray(0, end < 0 ? head.length : end);
  // The head may end in the middle of a character.
  const text = end < 0 ? line.subarray(0, Math.max(0, line.length - 4)) : line;
  const control = line.some(
    (byte) => (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f,
  );
  // In another encoding the column names say soon enough whether they are any.
  const foreign = encoding.name === "utf-8" && !isUtf8(text) && !isUtf8(wholeCharacters(text));
  if (control || foreign) {
    const or = foreign && !control ? ", or name its encoding" : "";
    refuse("file.binary", `the file does not begin with a line of UTF-8 text, so it is no report; ${AGAIN}${or}`);
  }
}

/** Without a last character that may have been cut through. */
function wholeCharacters(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && end > bytes.length - 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, Math.max(0, end - 1));
}
