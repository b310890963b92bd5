import type { Refuse } from "./fault.ts";

/** Tables of text shrink to a tenth or a fiftieth; a bomb grows a thousandfold. */
const DEFAULT_RATIO = 250;

/** How far a file may grow. */
export interface InflationLimits {
  /** Most bytes that may come out; any number by default. */
  readonly bytes?: number | undefined;
  /** Most bytes that one packed byte may become; 250 by default. */
  readonly ratio?: number | undefined;
}

/**
 * Counts the bytes of a file and stops one that grows beyond its limits.
 *
 * @example
 * const guard = new InflationGuard({ bytes: 1_000_000 }, { harmless: 64 * 1024, refuse: ({ fault }) => new Error(fault) });
 * guard.count(1_000, false);
 */
export class InflationGuard {
  /** Packed bytes read so far. */
  packed = 0;
  /** Makes the errors of this file. */
  readonly refuse: Refuse;
  #plain = 0;
  readonly #most: number;
  readonly #ratio: number;
  readonly #harmless: number;

  /** @param reader `harmless`: up to this many plain bytes the growth does not matter; `refuse`: makes the errors */
  constructor(limits: InflationLimits | undefined, reader: { readonly harmless: number; readonly refuse: Refuse }) {
    this.#most = limits?.bytes ?? Number.POSITIVE_INFINITY;
    this.#ratio = limits?.ratio ?? DEFAULT_RATIO;
    this.#harmless = reader.harmless;
    this.refuse = reader.refuse;
  }

  /** Counts bytes that came out, from packed data or not. Throws the reader's error for `too-large` and `growth`. */
  count(plainBytes: number, packed: boolean): void {
    this.#plain += plainBytes;
    if (this.#plain > this.#most) throw this.refuse({ fault: "too-large", bytes: this.#most });
    if (packed && this.#plain > this.#harmless && this.#plain > this.packed * this.#ratio)
      throw this.refuse({ fault: "growth", ratio: this.#ratio });
  }
}
