import { SandboxError } from "../errors.ts";

/** Stable codes of `BrowserBuyerError`. */
export type BrowserBuyerErrorCode =
  /** The shop's page has no Amazon Pay button of the sandbox. */
  | "playwright.no-button"
  /** The page does not offer the buyer, address, card or outcome that was asked for. */
  | "playwright.no-choice"
  /** A page of the sandbox says that it cannot go on. */
  | "playwright.refused"
  /** The shop did not lead on to the sandbox, or the sandbox not back to the shop, in time. */
  | "playwright.stuck";

/** The buyer of a browser test cannot go on; the message says where, and what the page offers. */
export class BrowserBuyerError extends SandboxError {
  override name = "BrowserBuyerError";
  /** Stable code. */
  readonly code: BrowserBuyerErrorCode;

  constructor(code: BrowserBuyerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
