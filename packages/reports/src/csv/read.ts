import { DEFAULT_BLOCK_BYTES, DEFAULT_ROW_BYTES } from "../options.ts";
import { ByteWindow } from "../source/byte-window.ts";
import { plainBytes } from "../source/plain-bytes.ts";
import type { ReportSource } from "../source/report-source.ts";
import { decodeCell } from "./decode.ts";
import { nextLine, SCAN, Tokenizer } from "./tokenizer.ts";

/** One record of a comma-separated file. */
export interface CsvRecord {
  /** Physical line on which the record starts, from 1. */
  readonly line: number;
  /** Byte at which it starts, from 0. */
  readonly offset: number;
  /** Texts of the cells; empty when there is a problem. */
  readonly cells: readonly string[];
  /** What is wrong with the record, or `null`. Only the line is given up; the next one is read as ever. */
  readonly problem: "quote" | "unterminated-quote" | "encoding" | "too-long" | null;
}

/** How {@link readCsv} reads. */
export interface ReadCsvOptions {
  /** One ASCII character. Default `,`. */
  readonly separator?: string;
  /** Longest record in bytes. Default 1 MiB. */
  readonly rowBytes?: number;
}

/**
 * Reads any comma-separated text file record by record, with the strictness of the report reader and flat memory.
 *
 * LF, CRLF and CR end a line, a byte order mark is passed over, blank lines are left out, gzip and zip are unpacked.
 * Nothing is guessed about types or column names.
 *
 * @example for await (const { line, cells } of readCsv(bytes, { separator: ";" })) console.log(line, cells);
 * @throws UnusableReportError for packed files that are damaged or too large
 */
export async function* readCsv(
  source: ReportSource,
  options: ReadCsvOptions = {},
): AsyncGenerator<CsvRecord, void, void> {
  const window = new ByteWindow(DEFAULT_BLOCK_BYTES * 2);
  const records = new Records(options);
  let needed = DEFAULT_BLOCK_BYTES;
  for await (const piece of plainBytes(source)) {
    for (let at = 0; at < piece.length; at += DEFAULT_BLOCK_BYTES) {
      window.append(piece.subarray(at, at + DEFAULT_BLOCK_BYTES));
      if (window.end < needed) continue;
      yield* records.read(window, false);
      needed = Math.max(DEFAULT_BLOCK_BYTES, window.end * 2);
    }
  }
  yield* records.read(window, true);
}

class Records {
  readonly #tokenizer: Tokenizer;
  readonly #rowBytes: number;
  #line = 1;
  #overlongFrom = -1;

  constructor(options: ReadCsvOptions) {
    this.#tokenizer = new Tokenizer(options.separator);
    this.#rowBytes = options.rowBytes ?? DEFAULT_ROW_BYTES;
  }

  *read(window: ByteWindow, last: boolean): Generator<CsvRecord> {
    const { bytes, end, base } = window;
    const tokenizer = this.#tokenizer;
    let at = base === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (at < end) {
      const result = this.#overlongFrom < 0 ? tokenizer.scan(bytes, at, end, last) : SCAN.damaged;
      if (result === SCAN.incomplete && !last && end - at < this.#rowBytes) break;
      if (result === SCAN.record) yield this.#record(window, at);
      if (result === SCAN.record || result === SCAN.blank) {
        this.#line += tokenizer.lines;
        at = tokenizer.next;
        continue;
      }
      const next = nextLine(bytes, at, end, last);
      const from = this.#overlongFrom < 0 ? base + at : this.#overlongFrom;
      if (next < 0) {
        if (base + end - from < this.#rowBytes) break;
        this.#overlongFrom = from;
        // A CR at the very end may be half of a line end.
        at = bytes[end - 1] === 0x0d ? end - 1 : end;
        break;
      }
      const problem = this.#overlongFrom >= 0 ? "too-long" : result === SCAN.damaged ? "quote" : "unterminated-quote";
      this.#overlongFrom = -1;
      yield { line: this.#line++, offset: from, cells: [], problem };
      at = next;
    }
    window.drop(at);
  }

  #record({ bytes, base }: ByteWindow, at: number): CsvRecord {
    const { starts, ends, flags, count } = this.#tokenizer;
    const record = { line: this.#line, offset: base + at };
    const cells: string[] = [];
    for (let index = 0; index < count; index++) {
      const text = decodeCell(bytes, starts[index] ?? 0, ends[index] ?? 0, flags[index] ?? 0);
      if (text === null) return { ...record, cells: [], problem: "encoding" };
      cells.push(text);
    }
    return { ...record, cells, problem: null };
  }
}
