import { readCsv } from "./csv/read-csv.ts";
import { UnusableStatementError } from "./errors.ts";
import type { FormatEvent, StatementEvent } from "./events.ts";
import { TEXT_READERS } from "./formats/index.ts";
import { StatementChain } from "./formats/statement-chain.ts";
import { readXlsx } from "./formats/xlsx/read.ts";
import type { StatementOptions } from "./options.ts";
import { refuseForeignBytes } from "./recognise/foreign-bytes.ts";
import { recogniseText, type TextFormat } from "./recognise/recognise-text.ts";
import { peek } from "@amazon-pay-kit/packed";
import { type StatementSource, unpack, type UnpackedFile } from "./source/unpack.ts";
import { declaredEncoding, decoded, type KnownEncoding } from "./text/decode.ts";

/** What tells one format from another stands in this many bytes; banks put headers and comments above. */
const HEAD_BYTES = 16 * 1024;

function asked(options: StatementOptions): TextFormat | null {
  const { format } = options;
  if (format === undefined || format === "xlsx") return null;
  return format.startsWith("camt") ? "camt" : (format as TextFormat);
}

async function textOf(bytes: readonly Uint8Array[], encoding: KnownEncoding): Promise<string> {
  let text = "";
  try {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield* bytes;
    }
    for await (const piece of decoded(pieces(), encoding)) text += piece;
  } catch (error) {
    // The head may end within a character; what is damaged before is found when the whole is read.
    if (!(error instanceof UnusableStatementError) || error.code !== "file.encoding") throw error;
    for (const piece of bytes) text += new TextDecoder("latin1").decode(piece);
  }
  return text;
}

async function* eventsOf(file: UnpackedFile, options: StatementOptions): AsyncGenerator<FormatEvent, void, void> {
  if (file.kind === "workbook") {
    yield* readXlsx(file.archive, options);
    return;
  }
  const { head, bytes, close } = await peek(file.bytes, HEAD_BYTES);
  try {
    refuseForeignBytes(head);
    const encoding = options.encoding === undefined ? declaredEncoding(head) : { encoding: options.encoding };
    const format = asked(options) ?? recogniseText(await textOf([head], encoding));
    if (format === "csv") {
      yield* readCsv(file.name, bytes, options);
      return;
    }
    const read = TEXT_READERS[format];
    if (read === undefined) {
      throw new UnusableStatementError(
        "file.unknown-format",
        `the file is none of ${Object.keys(TEXT_READERS).join(", ")}`,
      );
    }
    yield* read({ name: file.name, text: decoded(bytes, encoding) }, options);
  } catch (error) {
    throw file.name === null ? error : namedInside(error, file.name);
  } finally {
    await close();
  }
}

/** The error of a file inside an archive says which file it is. */
function namedInside(error: unknown, file: string): unknown {
  if (!(error instanceof UnusableStatementError) || error.message.startsWith(`${file}: `)) return error;
  const { code, message, option, line } = error;
  return new UnusableStatementError(code, message, {
    file,
    cause: error,
    ...(option === null ? {} : { option }),
    ...(line === null ? {} : { line }),
  });
}

/**
 * Reads a bank statement of any format, packed or not: bytes in, typed events out, and at last their summary. A line that
 * cannot be read is an event of type `error`; a file that cannot be used is thrown. Memory does not grow with the file.
 *
 * @example
 * for await (const event of readStatement(createReadStream("statement.sta"))) {
 *   if (event.type === "line") console.log(event.bookedAt, event.amount, event.currency, event.text);
 *   if (event.type === "error") console.error(event.line, event.code, event.message);
 * }
 *
 * @throws UnusableStatementError with a stable `code`, and the `option` that helps
 */
export async function* readStatement(
  source: StatementSource,
  options: StatementOptions = {},
): AsyncGenerator<StatementEvent, void, void> {
  const count = { line: 0, error: 0, skipped: 0, statement: 0, note: 0 };
  const because = new Map<string, number>();
  const chain = new StatementChain();
  for await (const file of unpack(source, options.limits)) {
    for await (const event of eventsOf(file, options)) {
      count[event.type]++;
      if (event.type === "statement") chain.add(event);
      if (event.type === "skipped") because.set(event.reason, (because.get(event.reason) ?? 0) + 1);
      yield event;
    }
  }
  yield* chain.gaps();
  const { line: lines, error: errors, skipped } = count;
  yield { type: "summary", lines, errors, skipped, skippedBecause: Object.fromEntries(because) };
}
