import { SandboxError } from "../errors.ts";

/** What can be wrong with an order to trade. */
export type TradingErrorCode = "trading.merchant" | "trading.number";

/** Invalid trading options. */
export class TradingError extends SandboxError {
  override name = "TradingError";
  readonly code: TradingErrorCode;

  constructor(code: TradingErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
