// Made by tools/generate/run.mjs from packages/money/src/kit-error.ts; change that.
/** What an error of the kit may carry besides its message. */
export interface KitErrorOptions {
  /** What brought it about. */
  readonly cause?: unknown;
  /** Where: a file and line, an option, a member's path. */
  readonly place?: string | undefined;
  /** What to do about it. */
  readonly remedy?: string | undefined;
}

/** Marks the family across copies of this class: ESM beside CommonJS, and packages that depend on nothing. */
const FAMILY = Symbol.for("@amazon-pay-kit/error");

/**
 * Base class of every error that a package of the kit throws on purpose. A `TypeError` is a mistake of the calling code.
 *
 * `instanceof KitError` holds for errors of all packages, whichever copy of this class they extend.
 *
 * @example
 * try {
 *   await work();
 * } catch (error) {
 *   if (error instanceof KitError) console.error(error.code, error.message, error.remedy ?? "");
 *   else throw error;
 * }
 */
export abstract class KitError extends Error {
  override name = "KitError";
  /** Stable, dotted, lower case: `area.what`. Branch on it or on the class, never on the message. */
  abstract readonly code: string;
  /** Where, when that can be told apart from the message: `line 7`, `--currency`, `chargeAmount.amount`. */
  declare readonly place?: string;
  /** What to do, when that can be told apart from the message. */
  declare readonly remedy?: string;

  /** @param message what was wrong, where, and what to do; never a secret and never buyer data */
  constructor(message: string, { cause, place, remedy }: KitErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    if (place !== undefined) this.place = place;
    if (remedy !== undefined) this.remedy = remedy;
  }

  static {
    Object.defineProperty(this.prototype, FAMILY, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== KitError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && FAMILY in value;
  }
}
