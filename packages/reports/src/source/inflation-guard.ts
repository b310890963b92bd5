import type { ReadLimits } from "../options.ts";
import { UnusableReportError } from "../unusable-report-error.ts";

/** Most bytes that one packed byte may become. Reports shrink to a tenth or a thirtieth; a bomb grows a thousandfold. */
const DEFAULT_RATIO = 250;

/** Small files may shrink to next to nothing without meaning harm. */
const HARMLESS_BYTES = 1024 * 1024;

/** Passes the bytes of a file on and counts them; stops a file that grows beyond its limits. */
export class InflationGuard {
  /** Packed bytes read so far. */
  packed = 0;
  #plain = 0;
  readonly #most: number;
  readonly #ratio: number;

  constructor(limits: ReadLimits | undefined) {
    this.#most = limits?.bytes ?? Number.POSITIVE_INFINITY;
    this.#ratio = limits?.ratio ?? DEFAULT_RATIO;
  }

  /** @throws UnusableReportError `file.too-large`, `file.compression-ratio` */
  count(plainBytes: number, packed: boolean): void {
    this.#plain += plainBytes;
    if (this.#plain > this.#most) {
      throw new UnusableReportError(
        "file.too-large",
        `the file has more than the ${this.#most} bytes that are allowed; raise the limit if it is genuine`,
      );
    }
    if (packed && this.#plain > HARMLESS_BYTES && this.#plain > this.packed * this.#ratio) {
      throw new UnusableReportError(
        "file.compression-ratio",
        `the file grows to more than ${this.#ratio} times its packed size, as no report does; raise the limit if it is genuine`,
      );
    }
  }
}
