import type { RecordError, RecordErrorCode } from "./record.ts";

/** Something wrong with a row. */
export interface Fault {
  readonly code: RecordErrorCode;
  readonly message: string;
  /** Faults with the same cause would be mended by one option: they are told once, with their count. */
  readonly cause?: string;
}

interface Collected {
  readonly line: number;
  readonly code: RecordErrorCode;
  readonly message: string;
  rows: number;
}

/** More causes than these are no words that a person could explain: a wrong column, most likely. */
const MOST_CAUSES = 50;

/** Faults that an option would mend, each told once at the end of the file with how many rows have it. */
export class Faults {
  readonly #byCause = new Map<string, Collected>();

  /** What has to be told at once. */
  take(line: number, { code, message, cause }: Fault): RecordError | null {
    if (cause === undefined) return { type: "error", line, code, message, rows: 1 };
    const known = this.#byCause.get(cause);
    if (known !== undefined) {
      known.rows += 1;
      return null;
    }
    if (this.#byCause.size >= MOST_CAUSES) return { type: "error", line, code, message, rows: 1 };
    this.#byCause.set(cause, { line, code, message, rows: 1 });
    return null;
  }

  *rest(): Generator<RecordError> {
    for (const { line, code, message, rows } of [...this.#byCause.values()].toSorted((a, b) => a.line - b.line)) {
      const more = rows === 1 ? "" : rows === 2 ? " (and one more row)" : ` (and ${rows - 1} more rows)`;
      yield { type: "error", line, code, message: message + more, rows };
    }
  }
}
