import type { Context } from "../program/context.ts";
import type { Column } from "../terminal/table.ts";

/** A line as a contract prints it: `type` tells what it is. */
export type PrintedLine = Readonly<Record<string, unknown>>;

/** Where the lines of a file that is read go. */
export interface LineSink {
  take(line: PrintedLine): void | Promise<void>;
  end(): void | Promise<void>;
}

const FLUSH_CHARACTERS = 64 * 1024;
/** Rows that are shown when a person looks; the file may have millions. */
const SHOWN_ROWS = 20;

/** One JSON object a line, written in large pieces; a slow reader is waited for. */
export function ndjsonSink(context: Context): LineSink {
  let buffer = "";
  const flush = async (): Promise<void> => {
    if (buffer === "") return;
    context.terminal.out.write(buffer);
    buffer = "";
    await context.terminal.out.drained();
  };
  return {
    take(line) {
      buffer += `${JSON.stringify(line)}\n`;
      return buffer.length > FLUSH_CHARACTERS ? flush() : undefined;
    },
    end: flush,
  };
}

/** One JSON document with a list for each type of line. */
export function documentSink(context: Context, lists: Readonly<Record<string, string>>): LineSink {
  const held: Record<string, unknown[]> = Object.fromEntries(Object.values(lists).map((name) => [name, []]));
  let summary: PrintedLine | null = null;
  return {
    take({ type, ...line }) {
      if (type === "summary") summary = line;
      else held[lists[String(type)] ?? String(type)]?.push(line);
    },
    end: () => context.document({ ...held, summary }),
  };
}

/** A table of the first rows of one type, the errors as they come, and the counts. */
export function tableSink(context: Context, shown: string, columns: readonly Column<PrintedLine>[]): LineSink {
  const rows: PrintedLine[] = [];
  const skipped = new Map<string, number>();
  let count = 0;
  let summary: PrintedLine = {};
  return {
    take(line) {
      const { type, code, message, reason } = line;
      if (type === shown) {
        count += 1;
        if (rows.length < SHOWN_ROWS) rows.push(line);
      } else if (type === "skipped") skipped.set(String(reason), (skipped.get(String(reason)) ?? 0) + 1);
      else if (type === "summary") summary = line;
      else if (type === "error") {
        context.line(`${context.paint("red", `line ${String(line["line"])}`)}  ${String(code)}  ${String(message)}`);
        return context.terminal.out.drained();
      }
      return undefined;
    },
    end() {
      if (rows.length > 0) context.table(rows, columns);
      if (count > rows.length)
        context.line(context.paint("dim", `… and ${count - rows.length} more (--output ndjson prints every one)`));
      for (const [reason, times] of skipped) context.line(`left out: ${times} ${reason}`);
      const { errors = 0, format } = summary;
      const counts = `${count} read${typeof format === "string" ? ` as ${format}` : ""}, ${String(errors)} errors`;
      context.line(context.paint(errors === 0 ? "green" : "red", counts));
    },
  };
}
