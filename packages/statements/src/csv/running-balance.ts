import { MoneyError, readAmount } from "@amazon-pay-kit/money";
import type { FormatEvent, StatementLine } from "../events.ts";
import type { CellForms } from "./cells.ts";

/** More accounts than these are not followed. */
const MOST_ACCOUNTS = 200;

/** What one account's lines come to since the last that had a balance. */
interface Chain {
  line: number;
  amount: bigint;
  balance: bigint;
  /** Amounts of lines without a balance since then. */
  between: bigint;
  blanks: number;
}

/** How often a line follows from the one before it, read in one order of the file. */
class Order {
  follows = 0;
  against = 0;
  firstBroken: number | null = null;
  firstAgainst: number | null = null;

  take(line: number, change: bigint, expected: bigint, alone: boolean): void {
    if (change === expected) {
      this.follows += 1;
      return;
    }
    if (alone && change === -expected) {
      this.against += 1;
      this.firstAgainst ??= line;
    } else this.firstBroken ??= line;
  }
}

/**
 * Follows the running balance that a table has beside its amounts, oldest line first or newest first. It proves nothing that is not
 * in the table, but it disproves: an amount without the sign that it should have, and lines that are missing.
 */
export class RunningBalance {
  readonly #forms: CellForms;
  readonly #chains = new Map<string, Chain>();
  readonly #oldestFirst = new Order();
  readonly #newestFirst = new Order();
  #pairs = 0;
  #signed = false;

  constructor(forms: CellForms) {
    this.#forms = forms;
  }

  /** @param text the cell of the balance */
  add(account: string, entry: StatementLine, text: string): void {
    if (entry.amount < 0n) this.#signed = true;
    const key = `${account} ${entry.currency}`;
    const chain = this.#chains.get(key);
    const balance = this.#read(text, entry.currency);
    if (balance === undefined) {
      this.#chains.delete(key);
      return;
    }
    if (balance === null) {
      if (chain !== undefined) {
        chain.between += entry.amount;
        chain.blanks += 1;
      }
      return;
    }
    if (chain !== undefined) {
      this.#pairs += 1;
      const alone = chain.blanks === 0;
      this.#oldestFirst.take(entry.line, balance - chain.balance, chain.between + entry.amount, alone);
      this.#newestFirst.take(chain.line, chain.balance - balance, chain.amount + chain.between, alone);
    }
    if (chain === undefined && this.#chains.size >= MOST_ACCOUNTS) return;
    this.#chains.set(key, { line: entry.line, amount: entry.amount, balance, between: 0n, blanks: 0 });
  }

  /** A line that could not be read breaks what was known. */
  forget(): void {
    this.#chains.clear();
  }

  /** Minor units; null for a blank cell, `undefined` for one that cannot be read. */
  #read(text: string, currency: string): bigint | null | undefined {
    const plain = text.trim().replace(/\s*\(?C(?:R|r)\)?\.?$/, "");
    if (plain === "") return null;
    try {
      return readAmount(plain, { currency, decimal: this.#forms.decimal }).minor;
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      return undefined;
    }
  }

  /** What the balances say against the lines; null where they agree, or say nothing. */
  finding(file: string | null): FormatEvent | null {
    const pairs = this.#pairs;
    const [first, second] = [this.#oldestFirst, this.#newestFirst];
    if (pairs === 0 || first.follows === pairs || second.follows === pairs) return null;
    const explained = ({ follows, against }: Order): number => follows + against;
    const order = explained(first) >= explained(second) ? first : second;
    const { firstAgainst, firstBroken } = order;
    if (firstAgainst !== null && explained(order) === pairs && !this.#signed) {
      const message =
        `no amount of the table has a sign, and by its running balance that of line ${firstAgainst} goes the other way ` +
        `(${order.against} of ${pairs + 1} lines): name the column that says credit or debit with --map direction=COLUMN; ` +
        "if it is the bank's balances that are wrong, import it with --accept-balance-difference";
      return { type: "error", line: firstAgainst, file, code: "statement.balance", message };
    }
    const best = first.follows >= second.follows ? first : second;
    // A balance that follows from fewer lines is none of each line, but of a day, or the lines are in another order.
    if (best.follows * 2 < pairs) return null;
    const line =
      [best.firstBroken, best.firstAgainst].filter((at) => at !== null).toSorted((a, b) => a - b)[0] ??
      firstBroken ??
      1;
    const message =
      `the running balance at line ${line} does not follow from the lines beside it (${pairs - best.follows} of ${pairs} do not): ` +
      "lines may be missing there, or be in another order than that of booking";
    return { type: "note", line, file, code: "balance-gap", message };
  }
}
