const text = (head: Uint8Array): string => String.fromCharCode(...head);
const begins =
  (...bytes: readonly number[]) =>
  (head: Uint8Array) =>
    bytes.every((byte, at) => head[at] === byte);

/** By its mark, or by every second byte being a zero. */
function isUtf16(head: Uint8Array): boolean {
  if (begins(0xff, 0xfe)(head) || begins(0xfe, 0xff)(head)) return true;
  const zero = [0, 1, 2, 3].map((at) => head[at] === 0);
  return zero[0] !== zero[1] && zero[0] === zero[2] && zero[1] === zero[3];
}

function isControl(byte: number | undefined): boolean {
  return byte !== undefined && (byte < 0x09 || (byte > 0x0d && byte < 0x1b) || byte === 0x7f);
}

/** What a person may hand in by mistake, told by its first bytes. */
const FOREIGN: readonly { readonly is: (head: Uint8Array) => boolean; readonly what: string }[] = [
  { is: isUtf16, what: "the file is UTF-16 text: save it as UTF-8" },
  { is: (head) => text(head).startsWith("%PDF"), what: "the file is a PDF: ask for it as a table, such as CSV" },
  { is: begins(0xd0, 0xcf, 0x11, 0xe0), what: "the file is an Excel workbook: save it as CSV (UTF-8)" },
  {
    is: (head) => /^<(?:!doctype\s+html|html|head|body)/i.test(text(head)),
    what: "the file is a web page: download it again",
  },
  {
    is: (head) => text(head).startsWith("["),
    what: "the file is one JSON array: write one object a line (NDJSON), for example with jq -c '.[]'",
  },
  { is: ([first]) => isControl(first), what: "the file is no text: save it as CSV (UTF-8)" },
];

/**
 * What a file is that can be neither a table nor a list of objects, with what to do; `null` where it may be one. Packed
 * files are not meant: they are unpacked.
 *
 * @param head its first bytes that are no blanks
 */
export function csvSource(head: Uint8Array): string | null {
  return FOREIGN.find(({ is }) => is(head))?.what ?? null;
}
