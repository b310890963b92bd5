import { KitError, type KitErrorOptions } from "./kit-error.ts";

/** What every error of this package may carry besides its message. */
export type AmazonPayErrorOptions = KitErrorOptions;

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
export abstract class AmazonPayError extends KitError {
  override name = "AmazonPayError";
}
