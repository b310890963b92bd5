import { KitError } from "@amazon-pay-kit/money";

/** Stable codes of {@link OrdersError}. */
export type OrdersErrorCode =
  /** The file is no table or list of records, or its columns are of no known export. */
  | "records.unusable-file"
  /** The bytes are of another encoding than the one named, or of none that can be told. */
  | "records.encoding"
  /** The cells can be told apart in two ways. */
  | "records.separator"
  /** Nothing names the currency. */
  | "records.currency"
  /** The mapping names an unknown member or a column that the file lacks. */
  | "records.mapping"
  /** An option has a value that it cannot have. */
  | "records.option";

/**
 * A file that cannot be read as records of a shop. The message names what is wrong and the option that would mend it.
 *
 * @example
 * try {
 *   for await (const event of orders) console.log(event);
 * } catch (error) {
 *   if (error instanceof OrdersError && error.option === "currency") ask("In which currency are the amounts?");
 *   else throw error;
 * }
 */
export class OrdersError extends KitError {
  override readonly name = "OrdersError";
  /** Stable; branch on it and not on the message. */
  readonly code: OrdersErrorCode;
  /** The option that decides, where one does. */
  readonly option: string | null;

  constructor(code: OrdersErrorCode, message: string, option: string | null = null, cause?: unknown) {
    super(message, { cause, ...(option === null ? {} : { place: option }) });
    this.code = code;
    this.option = option;
  }
}
