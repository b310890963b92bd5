import { SandboxError } from "../../errors.ts";

/** Why a buyer cannot do what was asked. */
export type BuyerErrorCode =
  | "buyer.session-over"
  | "buyer.unknown-buyer"
  | "buyer.unknown-card"
  | "buyer.unknown-address"
  | "buyer.undeliverable"
  | "buyer.not-signed-in"
  | "buyer.constraints-left";

const WRONG_MOMENT: ReadonlySet<BuyerErrorCode> = new Set([
  "buyer.session-over",
  "buyer.not-signed-in",
  "buyer.constraints-left",
]);

/**
 * A refused step of a buyer; nothing was changed.
 *
 * `code` is stable; the message says what was wrong and what would be right.
 */
export class BuyerError extends SandboxError {
  override name = "BuyerError";
  readonly code: BuyerErrorCode;
  /** Status of the control plane's answer: 400 for a wrong request, 409 for a wrong state. */
  readonly status: 400 | 409;

  constructor(code: BuyerErrorCode, message: string) {
    super(message);
    this.code = code;
    this.status = WRONG_MOMENT.has(code) ? 409 : 400;
  }
}
