import { KitError } from "./kit-error.ts";

/** Stable codes of the errors that this package throws. */
export type MoneyErrorCode =
  | "money.unknown-currency"
  | "money.unreadable-amount"
  | "money.ambiguous-amount"
  | "money.too-many-digits"
  | "money.too-large"
  | "money.inexact-number"
  | "money.currency-mismatch"
  | "money.currency-missing"
  | "time.unreadable-instant"
  | "time.unreadable-day"
  | "time.ambiguous-day"
  | "time.unreadable-time"
  | "time.unknown-time-zone"
  | "time.unreadable-duration";

/**
 * An amount, currency, instant or duration that cannot be read exactly.
 *
 * The message names what was wrong and what would be right; `code` is stable and fit for a `switch`.
 */
export class MoneyError extends KitError {
  override readonly name = "MoneyError";
  /** Stable; branch on it and not on the message. */
  readonly code: MoneyErrorCode;

  constructor(code: MoneyErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
