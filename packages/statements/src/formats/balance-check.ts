import { formatAmount } from "@amazon-pay-kit/money";
import type { FormatEvent, StatementBalance } from "../events.ts";

/** What a statement opens and closes with, and what its entries come to. */
export class BalanceCheck {
  opening: StatementBalance | null = null;
  closing: StatementBalance | null = null;
  #sum = 0n;
  readonly #currencies = new Set<string>();
  /** A line that cannot be read is reported by itself; the sum without it would say nothing. */
  #known = true;

  add(event: FormatEvent): void {
    if (event.type === "error") this.#known = false;
    if (event.type !== "line") return;
    this.#sum += event.amount;
    this.#currencies.add(event.currency);
  }

  /** By how much the closing balance is above what it should be; null when it is right or cannot be told. */
  difference(): StatementBalance | null {
    const { opening, closing } = this;
    if (opening === null || closing === null || !this.#known) return null;
    const { currency } = opening;
    if (closing.currency !== currency || [...this.#currencies].some((other) => other !== currency)) return null;
    const minor = closing.minor - opening.minor - this.#sum;
    return minor === 0n ? null : { minor, currency };
  }

  /**
   * What is wrong with the sum, as an event at the line; null when it is right, or when the statement does not print both balances.
   *
   * @param hint further sentence for what the entries of this statement have in common
   */
  problem(
    where: { readonly line: number; readonly file: string | null; readonly account: string | null },
    hint = "",
  ): FormatEvent | null {
    const { opening, closing } = this;
    if (opening !== null && closing !== null && opening.currency !== closing.currency) {
      const message =
        `the statement opens in ${opening.currency} and closes in ${closing.currency}, so that it cannot be told whether entries are missing: ` +
        "fetch it again from the bank, or import it with --accept-balance-difference";
      return { type: "error", line: where.line, file: where.file, code: "statement.balance", message };
    }
    const difference = this.difference();
    if (difference === null || opening === null || closing === null) return null;
    const text = (minor: bigint): string => `${formatAmount(minor, difference.currency)} ${difference.currency}`;
    const owner = where.account === null ? "the statement" : `the statement of ${where.account}`;
    const message =
      `${owner} opens with ${text(opening.minor)}, its booked entries come to ${text(this.#sum)}, and it should close with ` +
      `${text(opening.minor + this.#sum)} but closes with ${text(closing.minor)}, a difference of ${text(difference.minor)}: ` +
      `an entry is missing or wrong.${hint === "" ? "" : ` ${hint}`} Fetch it again from the bank; if the bank's own balances are wrong, ` +
      "import it with --accept-balance-difference";
    const { line, file } = where;
    return { type: "error", line, file, code: "statement.balance", message, difference };
  }
}
