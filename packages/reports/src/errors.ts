/**
 * What every error of this package is. `code` is stable and fit for a `switch`; the message says what was wrong,
 * where, and what to do, and never holds buyer data.
 */
export class ReportError extends Error {
  override readonly name: string = "ReportError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
