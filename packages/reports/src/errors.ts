import { KitError, type KitErrorOptions } from "@amazon-pay-kit/money";

/**
 * What every error of this package is. `code` is stable and fit for a `switch`; the message says what was wrong,
 * where, and what to do, and never holds buyer data.
 */
export class ReportError extends KitError {
  override readonly name: string = "ReportError";
  readonly code: string;

  constructor(code: string, message: string, options?: KitErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
