import { AmazonPayError } from "./amazon-pay-error.ts";

/** What can be wrong with an Authorization header or an algorithm's name. */
export type SignatureFormatErrorCode =
  | "signature.unknown-algorithm"
  | "signature.malformed-authorization"
  | "signature.invalid-input";

/** Something that cannot be signed, or a signature that cannot be read. */
export class SignatureFormatError extends AmazonPayError {
  override name = "SignatureFormatError";
  declare readonly code: SignatureFormatErrorCode;

  constructor(code: SignatureFormatErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
