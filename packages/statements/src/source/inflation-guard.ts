import { UnusableStatementError } from "../errors.ts";
import type { StatementLimits } from "../options.ts";

/** Statements shrink to a tenth or a fiftieth; a bomb grows a thousandfold. */
const DEFAULT_RATIO = 250;

/** Below this, growth does no harm: nothing of it is held in memory. */
const HARMLESS_BYTES = 64 * 1024 * 1024;

/** Counts the bytes of a file and stops one that grows beyond its limits. */
export class InflationGuard {
  /** Packed bytes read so far. */
  packed = 0;
  #plain = 0;
  readonly #most: number;
  readonly #ratio: number;

  constructor(limits: StatementLimits | undefined) {
    this.#most = limits?.bytes ?? Number.POSITIVE_INFINITY;
    this.#ratio = limits?.ratio ?? DEFAULT_RATIO;
  }

  /** @throws UnusableStatementError `file.too-large`, `file.compression-ratio` */
  count(plainBytes: number, packed: boolean): void {
    this.#plain += plainBytes;
    if (this.#plain > this.#most) {
      throw new UnusableStatementError(
        "file.too-large",
        `the file has more than the ${this.#most} bytes that are allowed`,
      );
    }
    if (packed && this.#plain > HARMLESS_BYTES && this.#plain > this.packed * this.#ratio) {
      throw new UnusableStatementError(
        "file.compression-ratio",
        `the file grows to more than ${this.#ratio} times its packed size, as no statement does: unpack it first if it is genuine`,
      );
    }
  }
}
