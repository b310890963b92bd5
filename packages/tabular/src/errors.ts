import { KitError } from "@amazon-pay-kit/money";

/** Stable codes of {@link TableError}. */
export type TableErrorCode =
  /** The bytes are not of the encoding that was named, or of none that can be told. */
  | "table.encoding"
  /** No such encoding is known. */
  | "table.unknown-encoding"
  /** The separator is none, or two readings of the header are possible. */
  | "table.separator"
  /** A record that does not end. */
  | "table.record-too-long"
  /** The mapping names a column that the file lacks, or that it has twice. */
  | "table.mapping"
  /** An Excel workbook that is broken. */
  | "table.workbook";

/**
 * A file that cannot be read as a table, with the option that would make it readable.
 *
 * @example
 * try { await openTable(bytes, { encoding: "klingon" }); } catch (error) {
 *   if (error instanceof TableError && error.option === "encoding") console.error("name another encoding");
 * }
 */
export class TableError extends KitError {
  override readonly name = "TableError";
  /** Stable; branch on it and not on the message. */
  readonly code: TableErrorCode;
  /** The option that decides, where one does. */
  readonly option: "encoding" | "separator" | "map" | null;
  /** Physical line from 1, where the fault is at one. */
  readonly line: number | null;

  constructor(
    code: TableErrorCode,
    message: string,
    where: { readonly option?: "encoding" | "separator" | "map"; readonly line?: number } = {},
  ) {
    super(message, { place: where.line === undefined ? where.option : `line ${where.line}` });
    this.code = code;
    this.option = where.option ?? null;
    this.line = where.line ?? null;
  }
}
