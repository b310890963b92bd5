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

/**
 * Where a code is explained: the page of its area in the documentation, and its place there. Undefined for what is no code of the kit.
 *
 * @example errorDocs("config.region") // "docs/reference/errors/config.md#configregion"
 */
export function errorDocs(code: string): string | undefined {
  const [, area] = /^([a-z][a-z-]*)\.[a-z0-9.-]+$/.exec(code) ?? [];
  return area === undefined ? undefined : `docs/reference/errors/${area}.md#${code.replaceAll(".", "")}`;
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

  /** Where its code is explained, in the documentation: `docs/reference/errors/config.md#configregion`. */
  get docs(): string | undefined {
    return errorDocs(this.code);
  }

  /** Name and message, with where the code is explained. */
  override toString(): string {
    const { docs } = this;
    return docs === undefined ? super.toString() : `${super.toString()} (${docs})`;
  }

  /** All members as JSON has them, with the name and the message, which JSON leaves out of errors, and `docs`. */
  toJSON(): object {
    const { name, message, docs } = this;
    return { ...this, name, message, docs };
  }

  static {
    Object.defineProperty(this.prototype, FAMILY, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== KitError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && FAMILY in value;
  }
}
