import { type Options, parse } from "csv-parse";
import { parse as parseAtOnce } from "csv-parse/sync";
import { TableError } from "./errors.ts";
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
 * The rows of a text in pieces. Blank lines are rows with one empty cell.
 *
 * @param line number of the first line of the text
 * @throws TableError `table.record-too-long`
 */
export async function* rowsOf(texts: AsyncIterable<string>, separator: string, line: number): AsyncGenerator<TableRow> {
  const rows = new Rows(line);
  const parser = parse(rows.options(separator));
  let since = 0;
  const take = (): string[] | null => parser.read() as string[] | null;
  try {
    for await (const text of texts) {
      since += text.length;
      parser.write(text);
      for (let cells = take(); cells !== null; cells = take()) {
        since = 0;
        yield rows.row(cells);
      }
      if (since > LONGEST_RECORD) {
        throw new TableError(
          "table.record-too-long",
          `line ${rows.line}: a row does not end within ${LONGEST_RECORD} characters; most likely a quote is not closed`,
          { line: rows.line },
        );
      }
    }
    parser.end();
    for await (const cells of parser as AsyncIterable<string[]>) yield rows.row(cells);
    yield* rows.rest();
  } finally {
    parser.destroy();
  }
}
