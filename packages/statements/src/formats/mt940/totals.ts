import { formatAmount, MoneyError } from "@amazon-pay-kit/money";
import type { FormatEvent } from "../../events.ts";
import { amountOf } from "./balance.ts";

/** A tag 90C or 90D as it stands in the file. */
export interface RawTotal {
  readonly line: number;
  readonly tag: string;
  readonly value: string;
}

const TOTAL = /^(\d{0,5})\s?([A-Z]{3})\s?([\d.,]+)\s*$/;

interface Sums {
  entries: number;
  minor: bigint;
}

/** The sums of credits and debits that a message states, compared with its entries. */
export class EntryTotals {
  readonly #byDirection = { C: { entries: 0, minor: 0n }, D: { entries: 0, minor: 0n } };
  /** An entry that takes another back is counted by some banks as what it was. */
  readonly #byLetter = { C: { entries: 0, minor: 0n }, D: { entries: 0, minor: 0n } };
  #known = true;

  /** @param tag value of the entry's tag 61 */
  add(event: FormatEvent, tag: string): void {
    if (event.type !== "line") {
      this.#known = false;
      return;
    }
    const size = event.amount < 0n ? -event.amount : event.amount;
    const letter = /^\d{6}(?:\d{4}|\s{4})?\s*[RE]?([CD])/i.exec(tag)?.[1]?.toUpperCase() === "D" ? "D" : "C";
    for (const sums of [this.#byDirection[event.amount < 0n ? "D" : "C"], this.#byLetter[letter]]) {
      sums.entries += 1;
      sums.minor += size;
    }
  }

  /** What a message states of itself and is not so. */
  *notes(
    totals: readonly RawTotal[],
    currency: string | null,
    file: string | null,
  ): Generator<FormatEvent, void, void> {
    if (!this.#known || currency === null) return;
    for (const { line, tag, value } of totals) {
      const side = tag === "90D" ? "D" : "C";
      const found: readonly Sums[] = [this.#byDirection[side], this.#byLetter[side]];
      const stated = readTotal(value, currency);
      if (
        stated === null ||
        found.some((sums) => sums.minor === stated.minor && (stated.entries ?? sums.entries) === sums.entries)
      )
        continue;
      const [own = { entries: 0, minor: 0n }] = found;
      const message =
        `the message says (:${tag}:) that ${stated.entries ?? "its"} ${side === "C" ? "credits" : "debits"} come to ` +
        `${formatAmount(stated.minor, currency)} ${currency}, and its ${own.entries} come to ${formatAmount(own.minor, currency)} ${currency}: ` +
        "entries may be missing";
      yield { type: "note", line, file, code: "control-total", message };
    }
  }
}

function readTotal(
  value: string,
  currency: string,
): { readonly entries: number | null; readonly minor: bigint } | null {
  const [, entries = "", named, amount = ""] = TOTAL.exec(value.trim()) ?? [];
  if (named !== currency) return null;
  try {
    return { entries: entries === "" ? null : Number(entries), minor: amountOf(amount, currency) };
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    return null;
  }
}
