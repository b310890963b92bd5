import type { TableRow } from "@amazon-pay-kit/tabular";
import { nearDirection } from "./amount-words.ts";
import type { StatementColumns } from "./columns.ts";
import type { AmountForms } from "./row-amount.ts";
import { Question } from "./row-fault.ts";

/**
 * Columns that say credit or debit in each row beside amounts that never have a sign, and that nobody has named: without them
 * money that went out would be read as money that came in. A column is not taken by what it holds; it is asked for.
 */
export class UnsignedColumns {
  readonly #names: readonly string[];
  #places: readonly number[];

  constructor({ places, text }: StatementColumns, { layout }: AmountForms, header: TableRow | null) {
    this.#names = header?.cells ?? [];
    const named = new Set(places.get("text"));
    const known = layout !== null || places.has("direction") || !places.has("amount");
    this.#places = known ? [] : text.filter((place) => !named.has(place));
  }

  /** @throws Question where an amount without a sign stands beside a word for debits */
  check(row: TableRow, minor: bigint): void {
    if (this.#places.length === 0 || minor === 0n) return;
    // A file with signs needs no words.
    this.#places = minor < 0n ? [] : this.#places.filter((place) => nearDirection(row.cells[place] ?? "") !== null);
    const place = this.#places.find((at) => nearDirection(row.cells[at] ?? "") === "debit");
    if (place === undefined) return;
    const column = this.#names[place]?.trim() || `#${place + 1}`;
    throw new Question(
      "--map",
      `the column ${column} says ${JSON.stringify((row.cells[place] ?? "").trim())}, and the amount has no sign: ` +
        `name it with --map direction='${column}' if it says which way the money went, and with --map text='${column}' if not`,
    );
  }
}
