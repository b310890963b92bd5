import type { ReportTotals } from "../events.ts";

/** Adds up amounts by currency. */
export class Totals {
  readonly #keys: readonly string[];
  readonly #sums = new Map<string, bigint[]>();

  /** @param keys of the amounts that are added up, in the order in which they are reported */
  constructor(keys: readonly string[]) {
    this.#keys = keys;
  }

  add(currency: string, total: number, minor: bigint): void {
    let sums = this.#sums.get(currency);
    if (sums === undefined) {
      sums = this.#keys.map(() => 0n);
      this.#sums.set(currency, sums);
    }
    sums[total] = (sums[total] ?? 0n) + minor;
  }

  /** Sums so far; a currency is there once it has occurred. */
  result(): ReportTotals {
    return Object.fromEntries(
      [...this.#sums].map(([currency, sums]) => [
        currency,
        Object.fromEntries(this.#keys.map((key, total) => [key, sums[total] ?? 0n])),
      ]),
    );
  }
}
