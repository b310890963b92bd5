import type { StatementLine } from "../events.ts";

/** Fewer lines than these may well come to what one line is by chance. */
const FEWEST_LINES = 2;

/** What the lines of a table come to: a row of totals is told by that. */
export class LineSums {
  readonly #sums = new Map<string, { all: bigint; credit: bigint; debit: bigint; lines: number }>();

  add({ amount, currency }: StatementLine): void {
    const sums = this.#sums.get(currency) ?? { all: 0n, credit: 0n, debit: 0n, lines: 0 };
    this.#sums.set(currency, sums);
    sums.all += amount;
    sums.lines += 1;
    if (amount > 0n) sums.credit += amount;
    else sums.debit += amount;
  }

  /** Whether an amount is what the lines above it come to, or those of one direction. */
  isSum({ amount, currency }: StatementLine): boolean {
    const sums = this.#sums.get(currency);
    return sums !== undefined && sums.lines >= FEWEST_LINES && [sums.all, sums.credit, sums.debit].includes(amount);
  }
}
