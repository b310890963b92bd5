import { KitError, type KitErrorOptions } from "@amazon-pay-kit/money";

/** Codes of {@link UnusableStatementError}: why nothing of a file, or nothing more of it, can be read. */
export type UnusableStatementCode =
  /** There is nothing in it. */
  | "file.empty"
  /** A kind of file that is known and not read: a PDF, an old workbook, a web page, an order to pay. The message names it. */
  | "file.not-a-statement"
  /** The file is of none of the formats that are known. */
  | "file.unknown-format"
  /** Its text has another encoding than the one stated or assumed. */
  | "file.encoding"
  /** Its structure is broken: XML that is not well-formed, a workbook without sheets, a file that was cut off. */
  | "file.damaged"
  /** Its packing (gzip, zip) is broken. */
  | "file.damaged-packing"
  /** A packing that is not read, or one that holds no file. */
  | "file.unsupported-packing"
  /** A packed file inside a packed file. */
  | "file.nested-packing"
  /** It is protected by a password. */
  | "file.encrypted"
  /** It grows further when unpacked than any statement does. */
  | "file.compression-ratio"
  /** More bytes, or a larger element, than the limits allow. */
  | "file.too-large"
  /** The file leaves open what only its owner knows; {@link UnusableStatementError.option} decides it. */
  | "option.needed"
  /** An option makes no sense. */
  | "option.invalid";

/** Further facts about a file that cannot be used. */
export interface UnusableStatementDetails extends Pick<KitErrorOptions, "cause"> {
  /** Option of `apay bank parse` that helps: `--currency`. */
  readonly option?: string;
  /** All options that are to be given, where it takes several; {@link option} is the first of them. */
  readonly options?: readonly string[];
  /** Names of the columns that the file has, where one of them is to be chosen. */
  readonly columns?: readonly string[];
  /** Physical line, from 1. */
  readonly line?: number;
  /** Name of the file inside an archive. */
  readonly file?: string;
}

/**
 * A file cannot be used as a statement. The message says what it is and what to do; `code` is stable.
 *
 * @example
 * try { for await (const event of readStatement(bytes)) console.log(event.type); } catch (error) {
 *   if (error instanceof UnusableStatementError && error.option !== null) console.error(`pass ${error.option}`);
 * }
 */
export class UnusableStatementError extends KitError {
  override readonly name = "UnusableStatementError";
  readonly code: UnusableStatementCode;
  /** Option of `apay bank parse` that makes the file usable, such as `--encoding`; null where none does. */
  readonly option: string | null;
  /** Every option that the file leaves open, {@link option} first; empty where none helps. */
  readonly options: readonly string[];
  /** Names of the columns that the file has, where the option names one of them; else empty. */
  readonly columns: readonly string[];
  /** Physical line, from 1; null for the file as a whole. */
  readonly line: number | null;

  constructor(code: UnusableStatementCode, message: string, details: UnusableStatementDetails = {}) {
    const { option, options, columns, line, file, ...rest } = details;
    super(file === undefined ? message : `${file}: ${message}`, {
      ...rest,
      place: placeOf(file, line),
      remedy: option === undefined ? undefined : `pass ${option}`,
    });
    this.code = code;
    this.option = option ?? null;
    this.options = options ?? (option === undefined ? [] : [option]);
    this.columns = columns ?? [];
    this.line = line ?? null;
  }
}

function placeOf(file: string | undefined, line: number | undefined): string | undefined {
  const parts = [...(file === undefined ? [] : [file]), ...(line === undefined ? [] : [`line ${line}`])];
  return parts.length === 0 ? undefined : parts.join(", ");
}
