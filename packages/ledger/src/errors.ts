import { KitError, type KitErrorOptions } from "@amazon-pay-kit/money";

/**
 * What every error of the ledger has: a stable `code` to branch on, and a message that says what was wrong, where, and
 * what to do. Each area has its own subclass with its own codes.
 *
 * @example
 * try { await openLedger({ dataDir }) } catch (error) {
 *   if (error instanceof LedgerError && error.code === "store.newer") process.exit(2);
 * }
 */
export class LedgerError<Code extends string = string> extends KitError {
  readonly code: Code;

  constructor(code: Code, message: string, options?: KitErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = new.target.name;
  }
}
