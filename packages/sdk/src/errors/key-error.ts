import { AmazonPayError, type AmazonPayErrorOptions } from "./amazon-pay-error.ts";

/** What can be wrong with a key. */
export type KeyErrorCode =
  | "key.missing"
  | "key.malformed"
  | "key.encrypted"
  | "key.public"
  | "key.private"
  | "key.certificate"
  | "key.not-rsa"
  | "key.too-short"
  | "key.unsupported"
  | "key.signing-failed";

/** A key that cannot be used. The message never quotes the key. */
export class KeyError extends AmazonPayError {
  override name = "KeyError";
  declare readonly code: KeyErrorCode;

  constructor(code: KeyErrorCode, message: string, options: AmazonPayErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}
