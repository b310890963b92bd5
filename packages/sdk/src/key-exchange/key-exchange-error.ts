import { AmazonPayError } from "../errors/amazon-pay-error.ts";

/** Stable codes of `KeyExchangeError`. */
export type KeyExchangeErrorCode =
  /** An option is missing, or not one of those that are allowed. */
  | "key-exchange.option"
  /** The payload is not one that a merchant's registration gives. */
  | "key-exchange.payload"
  /** The payload was not encrypted for this private key. */
  | "key-exchange.key";

/** Keys that a merchant shared cannot be read. */
export class KeyExchangeError extends AmazonPayError {
  override name = "KeyExchangeError";
  declare readonly code: KeyExchangeErrorCode;

  constructor(code: KeyExchangeErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
