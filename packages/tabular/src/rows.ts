import { type Options, parse, type Parser } from "csv-parse";
import { parse as parseAtOnce } from "csv-parse/sync";
import { TableError } from "./errors.ts";
import { QuickRows } from "./quick-rows.ts";
import type { TableRow } from "./row.ts";

/** A record of this many characters has a quote that is not closed. */
const LONGEST_RECORD = 1024 * 1024;

const LINE_END = /\r\n|\n|\r/g;
/** Excel's way to write a number or a day as text. */
const FORMULA_TEXT = /^="([^"]*)"$/;

/** Turns what csv-parse finds into rows with physical lines. */
class Rows {
  #line: number;
  #unterminated = false;

  constructor(line: number) {
    this.#line = line;
  }

  options(separator: string): Options {
    return {
      delimiter: separator,
      record_delimiter: ["\r\n", "\n", "\r"],
      // Quotes inside a cell that does not begin with one are text, as spreadsheets read them too.
      relax_quotes: true,
      relax_column_count: true,
      // Only an unclosed quote is left as an error.
      skip_records_with_error: true,
      on_skip: () => {
        this.#unterminated = true;
        return undefined;
      },
    };
  }

  get line(): number {
    return this.#line;
  }

  row(cells: readonly string[]): TableRow {
    const line = this.#line++;
    let problem: TableRow["problem"] = null;
    for (const cell of cells) {
      if (!cell.includes("\n") && !cell.includes("\r")) continue;
      this.#line += cell.match(LINE_END)?.length ?? 0;
      // The closing quote had text behind it: the cell has swallowed what follows, and perhaps whole lines.
      if (cell.startsWith('"')) problem = "quote";
    }
    const texts = cells.some((cell) => cell.startsWith('="'))
      ? cells.map((cell) => FORMULA_TEXT.exec(cell)?.[1] ?? cell)
      : cells;
    return { line, cells: texts, problem };
  }

  /** A row without a quote in it, which is one line. */
  plain(cells: readonly string[]): TableRow {
    return { line: this.#line++, cells, problem: null };
  }

  *rest(): Generator<TableRow> {
    if (this.#unterminated) yield { line: this.#line, cells: [], problem: "unterminated-quote" };
  }
}

/**
 * A row whose line stands in quotes as a whole, as a program leaves it that took the file for one column: cut at the separator. Any
 * other row comes back as it is.
 *
 * @param columns how many the header names: less than half of them would be a text with the separator in it
 */
export function unquotedLine(row: TableRow, separator: string, columns: number): TableRow {
  const [cell, second] = row.cells;
  if (cell === undefined || second !== undefined || !cell.includes(separator)) return row;
  const [inner] = rowsOfText(cell, separator, row.line);
  return inner !== undefined && inner.cells.length * 2 > columns ? inner : row;
}

/** The rows of a text in memory. A quote that is open at its end ends the rows. */
export function rowsOfText(text: string, separator: string, line: number): TableRow[] {
  const rows = new Rows(line);
  return parseAtOnce(text, rows.options(separator)).map((cells) => rows.row(cells as unknown as string[]));
}

/**
 * The rows of a text in pieces, as many at a time as a piece has. Blank lines are rows with one empty cell.
 *
 * Lines that are well formed are divided by {@link QuickRows}; from the first one on that is not, csv-parse reads.
 *
 * @param line number of the first line of the text
 * @throws TableError `table.record-too-long`
 */
export async function* rowBatches(
  texts: AsyncIterable<string>,
  separator: string,
  line: number,
): AsyncGenerator<readonly TableRow[]> {
  const rows = new Rows(line);
  const quick = new QuickRows(separator);
  let careful: CarefulRows | null = null;
  try {
    for await (const text of texts) {
      const found: TableRow[] = [];
      if (careful !== null) careful.take(text, found);
      else if (
        !quick.take(text, false, (row) => found.push(row.quoted ? rows.row(row.cells) : rows.plain(row.cells)))
      ) {
        careful = new CarefulRows(rows, separator);
        careful.take(quick.rest(), found);
      }
      if (found.length > 0) yield found;
      if ((careful?.pending ?? quick.pending) > LONGEST_RECORD) throw tooLong(rows.line);
    }
    const found: TableRow[] = [];
    if (careful === null) {
      quick.take("", true, (row) => found.push(row.quoted ? rows.row(row.cells) : rows.plain(row.cells)));
      if (quick.pending > 0) {
        careful = new CarefulRows(rows, separator);
        careful.take(quick.rest(), found);
      }
    }
    if (found.length > 0) yield found;
    if (careful !== null) yield await careful.end();
  } finally {
    careful?.close();
  }
}

function tooLong(line: number): TableError {
  return new TableError(
    "table.record-too-long",
    `line ${line}: a row does not end within ${LONGEST_RECORD} characters; most likely a quote is not closed`,
    { line },
  );
}

/** Rows as csv-parse finds them, in whatever a table holds. */
class CarefulRows {
  readonly #rows: Rows;
  readonly #parser: Parser;
  /** Characters since the last row. */
  pending = 0;

  constructor(rows: Rows, separator: string) {
    this.#rows = rows;
    this.#parser = parse(rows.options(separator));
  }

  take(text: string, found: TableRow[]): void {
    this.pending += text.length;
    this.#parser.write(text);
    for (let cells = this.#read(); cells !== null; cells = this.#read()) {
      this.pending = 0;
      found.push(this.#rows.row(cells));
    }
  }

  async end(): Promise<readonly TableRow[]> {
    const found: TableRow[] = [];
    this.#parser.end();
    for await (const cells of this.#parser as AsyncIterable<string[]>) found.push(this.#rows.row(cells));
    return [...found, ...this.#rows.rest()];
  }

  close(): void {
    this.#parser.destroy();
  }

  #read(): string[] | null {
    return this.#parser.read() as string[] | null;
  }
}
