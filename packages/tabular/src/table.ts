import { Buffer } from "node:buffer";
import { decodedText, markedEncoding } from "./encoding.ts";
import { TableError } from "./errors.ts";
import type { TableOptions } from "./options.ts";
import type { TableRow } from "./row.ts";
import { rowBatches, rowsOfText } from "./rows.ts";

/** The header of any file stands in this many bytes. */
const BEGINNING = 64 * 1024;

/** How a table is read: what the options left open has been found out. */
export interface TableLayout {
  readonly separator: string;
  /** Encoding that files of this layout are written in, where it is not UTF-8. */
  readonly usualEncoding?: string | undefined;
}

/** A table whose beginning is known, and which can be read once. */
export interface Table {
  /** The separator that the options or a line `sep=;` name; `null` where nothing does. */
  readonly separator: string | null;
  /** Whether the encoding is known: named, or marked by the file. */
  readonly encodingKnown: boolean;
  /** Rows of the beginning, read so; `null` where its bytes are not of the encoding. May be asked for any number of times. */
  beginning(layout: TableLayout): Promise<readonly TableRow[] | null>;
  /** Why the beginning could not be decoded, as soon as it was tried and could not. */
  readonly encodingProblem: TableError | null;
  /** All rows, from the first line that is not skipped. To be called once. */
  rows(layout: TableLayout): AsyncGenerator<TableRow>;
  /** As {@link Table.rows}, many rows at a time: for what has millions of them. */
  batches(layout: TableLayout): AsyncGenerator<readonly TableRow[]>;
  /** Ends the source, where the rows are not read. */
  close(): Promise<void>;
}

/** The separator that a person names: `tab` is one. @throws TableError `table.separator` */
export function separatorOf(text: string): string {
  const separator = /^(tab|\\t)$/i.test(text) ? "\t" : text;
  if (!/^[\t -~]$/.test(separator) || /["A-Za-z0-9]/.test(separator)) {
    throw new TableError(
      "table.separator",
      `${JSON.stringify(text)} is no separator: --separator takes one sign, such as ';', or tab`,
      { option: "separator" },
    );
  }
  return separator;
}

/** What stands above the table: skipped lines and a line that names the separator. */
interface Top {
  readonly lines: number;
  readonly separator: string | null;
}

const FIRST_LINE = /^[^\r\n]*(?:\r\n|\n|\r|$)/;
const NAMES_SEPARATOR = /^"?sep=(.)"?\s*$/i;

/** The text without the lines on top; `null` as long as more text is needed. */
function withoutTop(text: string, lines: number): string | null {
  let rest = text;
  for (let left = lines; left > 0; left--) {
    const line = FIRST_LINE.exec(rest)?.[0] ?? "";
    if (line.length === rest.length && !line.endsWith("\n")) return null;
    rest = rest.slice(line.length);
  }
  return rest;
}

async function* below(texts: AsyncIterable<string>, top: Top): AsyncGenerator<string> {
  let held = "";
  let passed = top.lines === 0;
  for await (const text of texts) {
    if (passed) {
      yield text;
      continue;
    }
    held += text;
    const rest = withoutTop(held, top.lines);
    if (rest === null) continue;
    passed = true;
    if (rest !== "") yield rest;
  }
}

async function* one<T>(value: T): AsyncGenerator<T> {
  yield value;
}

async function* joined(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

class OpenTable implements Table {
  encodingProblem: TableError | null = null;
  readonly separator: string | null;
  readonly encodingKnown: boolean;
  readonly #options: TableOptions;
  readonly #top: Top;
  readonly #head: Uint8Array;
  readonly #whole: boolean;
  readonly #pieces: readonly Uint8Array[];
  readonly #rest: AsyncIterator<Uint8Array>;

  constructor(options: TableOptions, pieces: readonly Uint8Array[], whole: boolean, rest: AsyncIterator<Uint8Array>) {
    this.#options = options;
    this.#pieces = pieces;
    const head = Buffer.concat(pieces, Math.min(BEGINNING, lengthOf(pieces)));
    this.#head = head;
    this.#whole = whole && head.length === lengthOf(pieces);
    this.#rest = rest;
    this.encodingKnown = options.encoding !== undefined || markedEncoding(this.#head) !== null;
    // `sep=;` is ASCII: it reads the same in every encoding but UTF-16.
    const skip = options.skipLines ?? 0;
    const [first = ""] = this.#plainHead().split(/\r\n|\n|\r/, 1);
    const named = NAMES_SEPARATOR.exec(first.trim())?.[1] ?? (first.trim() === "sep=" ? "\t" : null);
    this.#top = { lines: Math.max(skip, named === null ? 0 : 1), separator: named };
    this.separator = options.separator === undefined ? named : separatorOf(options.separator);
  }

  #plainHead(): string {
    const marked = markedEncoding(this.#head);
    return new TextDecoder(marked ?? "latin1").decode(this.#head.subarray(0, 256), { stream: true });
  }

  #declared(layout: TableLayout) {
    return { encoding: this.#options.encoding, usual: layout.usualEncoding };
  }

  async beginning(layout: TableLayout): Promise<readonly TableRow[] | null> {
    let text = "";
    try {
      for await (const piece of decodedText(one(this.#head), this.#declared(layout))) text += piece;
    } catch (error) {
      // A letter that is cut at the end of the beginning comes after its text.
      if (!(error instanceof TableError) || error.code !== "table.encoding") throw error;
      if (this.#whole || text === "") {
        this.encodingProblem ??= error;
        return null;
      }
    }
    const rest = withoutTop(text, this.#top.lines) ?? "";
    const rows = rowsOfText(rest, layout.separator, this.#top.lines + 1);
    // The last row of a beginning may be cut.
    return this.#whole ? rows : rows.slice(0, -1);
  }

  batches(layout: TableLayout): AsyncGenerator<readonly TableRow[]> {
    const texts = decodedText(joined(this.#pieces, this.#rest), this.#declared(layout));
    return rowBatches(below(texts, this.#top), layout.separator, this.#top.lines + 1);
  }

  async *rows(layout: TableLayout): AsyncGenerator<TableRow> {
    for await (const rows of this.batches(layout)) yield* rows;
  }

  async close(): Promise<void> {
    await this.#rest.return?.();
  }
}

/** Bytes of a table, in any pieces, or all at once. */
export type TableSource = AsyncIterable<Uint8Array> | Uint8Array;

/**
 * Opens a text file as a table: its beginning is read, and with that its header can be looked for under each separator and
 * encoding ({@link findHeader}); then the rows come one by one, in flat memory however large the file is.
 *
 * @example
 * const table = await openTable(createReadStream("export.csv"), { separator: ";", encoding: "windows-1252" });
 * for await (const { line, cells } of table.rows({ separator: ";" })) console.log(line, cells);
 *
 * @throws TableError `table.separator`, `table.unknown-encoding`, `table.encoding`
 */
export async function openTable(source: TableSource, options: TableOptions = {}): Promise<Table> {
  const rest = (source instanceof Uint8Array ? one(source) : source)[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  while (length < BEGINNING) {
    const next = await rest.next();
    if (next.done === true) {
      whole = true;
      break;
    }
    // A stream may use its memory again.
    pieces.push(Buffer.from(next.value));
    length += next.value.length;
  }
  return new OpenTable(options, pieces, whole, rest);
}
