import type { ReportTotals } from "../events.ts";

/** Below this the sum of two safe amounts is still exact as a double. */
const EXACT = 2 ** 51;

/**
 * Adds up amounts by currency.
 *
 * Small amounts are added as doubles, which are exact integers below 2^53, and carried over to `bigint` long before.
 */
export class Totals {
  readonly #keys: readonly string[];
  readonly #codes: string[] = [];
  readonly #sums: bigint[][] = [];
  #running = new Float64Array(0);

  /** @param keys of the amounts that are added up, in the order in which they are reported */
  constructor(keys: readonly string[]) {
    this.#keys = keys;
  }

  /** A number for a currency, to add with. */
  currency(code: string): number {
    const known = this.#codes.indexOf(code);
    if (known >= 0) return known;
    this.#codes.push(code);
    this.#sums.push(this.#keys.map(() => 0n));
    const grown = new Float64Array(this.#codes.length * this.#keys.length);
    grown.set(this.#running);
    this.#running = grown;
    return this.#codes.length - 1;
  }

  /** Adds an amount of at most 15 digits. */
  addSmall(currency: number, total: number, minor: number): void {
    const place = currency * this.#keys.length + total;
    const sum = (this.#running[place] ?? 0) + minor;
    if (sum < EXACT && sum > -EXACT) this.#running[place] = sum;
    else {
      this.#running[place] = 0;
      this.add(currency, total, BigInt(sum));
    }
  }

  /** Adds an amount of any size. */
  add(currency: number, total: number, minor: bigint): void {
    const sums = this.#sums[currency];
    if (sums !== undefined) sums[total] = (sums[total] ?? 0n) + minor;
  }

  /** Sums so far, by currency in the order of first appearance. */
  result(): ReportTotals {
    return Object.fromEntries(this.#codes.map((code, currency) => [code, this.#sumsOf(currency)]));
  }

  #sumsOf(currency: number): Record<string, bigint> {
    const width = this.#keys.length;
    return Object.fromEntries(
      this.#keys.map((key, total) => [
        key,
        (this.#sums[currency]?.[total] ?? 0n) + BigInt(this.#running[currency * width + total] ?? 0),
      ]),
    );
  }
}
