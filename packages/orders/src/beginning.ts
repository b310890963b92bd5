/** Bytes that may stand before the first sign of a text: blanks, and the byte order mark of UTF-8. */
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/** What tells one kind of file from another lies in this many bytes. */
const TELLING = 16;

/** The beginning of a file, and all of it. */
export interface Beginning {
  /** From the first byte that is no blank; a few bytes, or less where the file ends. */
  readonly head: Uint8Array;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Looks at the beginning of a file without taking it away. */
export async function beginningOf(source: AsyncIterable<Uint8Array>): Promise<Beginning> {
  const pieces: Uint8Array[] = [];
  const head: number[] = [];
  const iterator = source[Symbol.asyncIterator]();
  while (head.length < TELLING) {
    const { value, done } = await iterator.next();
    if (done === true) break;
    pieces.push(Uint8Array.from(value));
    for (const byte of value) {
      if (head.length === TELLING) break;
      if (head.length > 0 || !BLANK.has(byte)) head.push(byte);
    }
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* pieces;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: Uint8Array.from(head), bytes: all() };
}

const begins =
  (...bytes: readonly number[]) =>
  (head: Uint8Array): boolean =>
    bytes.every((byte, at) => head[at] === byte);

const reads =
  (pattern: RegExp) =>
  (head: Uint8Array): boolean =>
    pattern.test(String.fromCharCode(...head));

function isControl(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0 && (byte < 0x09 || (byte > 0x0d && byte < 0x1b) || byte === 0x7f);
}

/** What a person may hand in by mistake, told by its first bytes. */
const FOREIGN: readonly { readonly is: (head: Uint8Array) => boolean; readonly what: string }[] = [
  { is: reads(/^%PDF/), what: "the file is a PDF: export the orders as a table, such as CSV" },
  { is: begins(0xd0, 0xcf, 0x11, 0xe0), what: "the file is an old Excel workbook (.xls): save it as CSV (UTF-8)" },
  { is: begins(0x1f, 0x8b), what: "the file is packed twice: unpack it first" },
  { is: begins(0x50, 0x4b, 0x03, 0x04), what: "the file is packed twice: unpack it first" },
  {
    is: reads(/^<(?:!doctype\s+html|html|head|body)/i),
    what: "the file is a web page, perhaps of a sign-in: export it again",
  },
  { is: reads(/^<(?:\?xml|[A-Za-z])/), what: "the file is XML: export the orders as CSV" },
  {
    is: reads(/^\[/),
    what: "the file is one JSON array: write one object a line (NDJSON), for example with jq -c '.[]'",
  },
  { is: ([first]) => isControl(first), what: "the file is no text: save it as CSV (UTF-8)" },
];

/** What a file is that can be neither a table nor a list of objects, with what to do; `null` where it may be one. */
export function foreignFile(head: Uint8Array): string | null {
  return FOREIGN.find(({ is }) => is(head))?.what ?? null;
}
