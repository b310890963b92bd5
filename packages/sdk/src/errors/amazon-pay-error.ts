/** What every error of this package may carry besides its message. */
export interface AmazonPayErrorOptions {
  /** What brought it about. */
  readonly cause?: unknown;
}

/**
 * Base class of every error this package throws.
 *
 * `code` is stable across versions: branch on it or on the class, never on the message.
 *
 * @example
 * try {
 *   await client.charges.capture(id, { captureAmount: { amount: "10.00", currencyCode: "EUR" } });
 * } catch (error) {
 *   if (error instanceof AmazonPayError && error.code === "api.declined") askForAnotherPaymentMethod();
 * }
 */
export abstract class AmazonPayError extends Error {
  override name = "AmazonPayError";
  /** Stable, dotted, lower case: `area.what`. */
  abstract readonly code: string;

  /** @param message what was wrong, where, and what to do; never a secret and never buyer data */
  constructor(message: string, options: AmazonPayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
  }
}
