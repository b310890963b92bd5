import { formatAmount } from "@amazon-pay-kit/money";
import type { GivenLine } from "../statement-line.ts";

/** A balance as a statement prints it. */
export interface Balance {
  readonly minor: bigint;
  readonly currency: string;
}

/** What a statement opens and closes with, and what its entries come to. */
export class Balances {
  opening: Balance | undefined;
  closing: Balance | undefined;
  #sum = 0n;
  #currencies = new Set<string>();
  /** A line that cannot be read is reported by itself; the sum without it would say nothing. */
  #known = true;

  add(line: GivenLine): void {
    if ("problem" in line) {
      this.#known = false;
      return;
    }
    this.#sum += line.amount;
    this.#currencies.add(line.currency);
  }

  /** What is wrong with the sum; null when it is right, or when the statement does not print both balances. */
  problem(account: string | null): string | null {
    const { opening, closing } = this;
    if (opening === undefined || closing === undefined || !this.#known) return null;
    const { currency } = opening;
    if (closing.currency !== currency || [...this.#currencies].some((other) => other !== currency)) return null;
    const reached = opening.minor + this.#sum;
    if (reached === closing.minor) return null;
    const text = (minor: bigint): string => formatAmount(minor, currency);
    const whose = account === null ? "the statement" : `the statement of ${account}`;
    return (
      `${whose} opens with ${text(opening.minor)} ${currency}, its booked entries come to ${text(this.#sum)}, ` +
      `and it should close with ${text(reached)} but closes with ${text(closing.minor)}: ` +
      "an entry is missing or wrong; fetch it again from the bank"
    );
  }
}
