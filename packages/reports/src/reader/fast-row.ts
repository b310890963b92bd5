import { type Buffer, isUtf8 } from "node:buffer";
import { currencyDigits, isCurrency } from "@amazon-pay-kit/money";
import type { CellValue } from "../layouts/layout.ts";
import { isKnownWord } from "../vocabulary/words.ts";
import { readTime } from "./cell.ts";
import type { ColumnPlan, PlannedCell } from "./column-plan.ts";
import type { Drift } from "./drift.ts";
import { AmountBytes, bigintOf, scaled } from "./fast-amount.ts";
import { INSTANT_BYTES, InstantBytes } from "./fast-instant.ts";
import { MASK, type ReadSettings } from "./settings.ts";
import type { Totals } from "./totals.ts";
import { WordCache } from "./word-cache.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

/** What a byte is inside a cell: 1 plain, 2 part of a longer character, 0 an end or something to look at carefully. */
function byteKinds(stops: readonly number[]): Uint8Array {
  const kinds = new Uint8Array(256).fill(1, 0x20, 0x7f).fill(2, 0x80);
  kinds[0x09] = 1;
  for (const stop of stops) kinds[stop] = 0;
  return kinds;
}
const IN_QUOTES = byteKinds([QUOTE]);
const BARE = byteKinds([QUOTE, COMMA]);

const TEXT = 0;
const WORD = 1;
const INSTANT = 2;
const AMOUNT = 3;
const CURRENCY = 4;

/** A cell as the fast way needs it. */
interface FastCell {
  readonly kind: 0 | 1 | 2 | 3 | 4;
  readonly planned: PlannedCell;
  readonly required: boolean;
  readonly slot: number;
  readonly masked: boolean;
  readonly words: WordCache;
}

interface KnownCurrency {
  readonly key: number;
  readonly code: string;
  readonly digits: number;
}

/**
 * Reads rows as the service writes them, in one pass over their bytes and without a copy of anything but the values.
 *
 * It knows one line, nothing doubled, broken or out of the ordinary; for everything else it gives up and says so, and
 * the careful reading, which can do all, does the row. So whatever it gives is what the careful reading would give.
 */
export class FastRow {
  /** The row last read. */
  row: CellValue[] = [];

  readonly #cells: readonly FastCell[];
  readonly #amountCells: readonly PlannedCell[];
  readonly #settings: ReadSettings;
  readonly #drift: Drift;
  readonly #totals: Totals;
  readonly #empty: readonly CellValue[];
  readonly #instant = new InstantBytes();
  readonly #amount = new AmountBytes();
  readonly #digits: Float64Array;
  readonly #fractions: Int8Array;
  /** By place in the line: the currency of this row's cell, `null` for an empty one. */
  readonly #rowCurrencies: (KnownCurrency | null)[];
  readonly #currencies: KnownCurrency[] = [];

  constructor(plan: ColumnPlan, settings: ReadSettings, drift: Drift, totals: Totals) {
    this.#settings = settings;
    this.#drift = drift;
    this.#totals = totals;
    this.#cells = plan.cells.map((cell) => this.#fastCell(cell));
    this.#amountCells = plan.cells.filter((cell) => cell.type === "amount");
    this.#digits = new Float64Array(this.#amountCells.length);
    this.#fractions = new Int8Array(this.#amountCells.length);
    this.#rowCurrencies = plan.cells.map(() => null);
    this.#empty = plan.columns.map(() => null);
  }

  /**
   * Reads the row at `at` into {@link row} and adds it to the totals.
   *
   * @param bytes with a zero at `end`, where the bytes at hand end
   * @param text the same bytes, each as one character
   * @returns where the next row begins, or -1 when this row needs the careful reading or more bytes
   */
  read(bytes: Buffer, text: string, start: number, end: number): number {
    const cells = this.#cells;
    const row = this.#empty.slice();
    let at = start;
    let amounts = 0;
    for (let position = 0; position < cells.length; position++) {
      const cell = cells[position];
      if (cell === undefined || (position > 0 && bytes[at++] !== COMMA)) return -1;
      const quoted = bytes[at] === QUOTE;
      if (quoted) at++;
      const byte = bytes[at] ?? 0;
      const empty = quoted ? byte === QUOTE : byte === COMMA || byte === LF || byte === CR;
      if (empty) {
        if (cell.required) return -1;
        if (cell.kind === CURRENCY) this.#rowCurrencies[position] = null;
        else if (cell.kind === AMOUNT) this.#fractions[amounts++] = -1;
      } else {
        switch (cell.kind) {
          case TEXT: {
            const from = at;
            const kinds = quoted ? IN_QUOTES : BARE;
            let kind = kinds[byte];
            while (kind === 1) kind = kinds[bytes[++at] ?? 0];
            if (kind === 2) {
              at = this.#longCharacters(bytes, from, at, quoted, cell, row);
              if (at < 0) return -1;
            } else if (cell.slot >= 0) row[cell.slot] = cell.masked ? MASK : text.slice(from, at);
            break;
          }
          case WORD:
            at = this.#word(bytes, at, quoted, cell, row);
            break;
          case INSTANT:
            at = this.#time(bytes, text, at, end, quoted, cell, row);
            break;
          case AMOUNT:
            at = this.#amount.read(bytes, at, quoted);
            this.#digits[amounts] = this.#amount.digits;
            this.#fractions[amounts++] = this.#amount.fraction;
            break;
          case CURRENCY:
            at = this.#currency(bytes, at, position, cell, row);
            break;
        }
        if (at < 0) return -1;
      }
      if (quoted && bytes[at++] !== QUOTE) return -1;
    }
    const next = afterLine(bytes, at, end);
    if (next < 0 || next - start >= this.#settings.rowBytes || !this.#amounts(row)) return -1;
    this.row = row;
    return next;
  }

  #fastCell(planned: PlannedCell): FastCell {
    const { type, required, slot, personal } = planned;
    const kind =
      type === "instant"
        ? INSTANT
        : type === "amount"
          ? AMOUNT
          : type === "currency"
            ? CURRENCY
            : planned.repeats
              ? WORD
              : TEXT;
    const masked = personal && this.#settings.personalData === "mask";
    return { kind, planned, required, slot, masked, words: new WordCache() };
  }

  #longCharacters(
    bytes: Buffer,
    from: number,
    high: number,
    quoted: boolean,
    cell: FastCell,
    row: CellValue[],
  ): number {
    const end = endOfText(bytes, high, quoted);
    if (!isUtf8(bytes.subarray(from, end))) return -1;
    if (cell.slot >= 0) row[cell.slot] = cell.masked ? MASK : bytes.toString("utf8", from, end);
    return end;
  }

  #word(bytes: Buffer, at: number, quoted: boolean, cell: FastCell, row: CellValue[]): number {
    const known = cell.words.find(bytes, at, quoted ? QUOTE : COMMA);
    if (known !== null) {
      if (cell.slot >= 0) row[cell.slot] = cell.masked ? MASK : known.text;
      return at + known.bytes.length;
    }
    const end = endOfText(bytes, at, quoted);
    if (!isUtf8(bytes.subarray(at, end))) return -1;
    const text = bytes.toString("utf8", at, end);
    // The careful reading gives the notice about a new word; strict reading refuses it every time.
    const { vocabulary } = cell.planned;
    if (vocabulary !== null && !isKnownWord(vocabulary, text)) {
      if (this.#settings.strict || !this.#drift.isSettled(cell.planned, text)) return -1;
    }
    cell.words.add(bytes, at, end, text);
    if (cell.slot >= 0) row[cell.slot] = cell.masked ? MASK : text;
    return end;
  }

  #time(
    bytes: Buffer,
    text: string,
    at: number,
    end: number,
    quoted: boolean,
    cell: FastCell,
    row: CellValue[],
  ): number {
    let instant = at + INSTANT_BYTES < end ? this.#instant.read(bytes, at) : -1;
    let after = at + INSTANT_BYTES;
    if (instant < 0) {
      after = endOfText(bytes, at, quoted);
      const read = readTime(text.slice(at, after));
      if (typeof read !== "number") return -1;
      instant = read;
    }
    if (cell.slot >= 0) row[cell.slot] = instant;
    return after;
  }

  #currency(bytes: Buffer, at: number, position: number, cell: FastCell, row: CellValue[]): number {
    const key = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    let currency = this.#rowCurrencies[position] ?? null;
    if (currency === null || currency.key !== key) {
      currency = this.#knownCurrency(key);
      if (currency === null) return -1;
      this.#rowCurrencies[position] = currency;
    }
    if (cell.slot >= 0) row[cell.slot] = currency.code;
    return at + 3;
  }

  #knownCurrency(key: number): KnownCurrency | null {
    const known = this.#currencies.find((currency) => currency.key === key);
    if (known !== undefined) return known;
    const code = String.fromCharCode(key >> 16, (key >> 8) & 0xff, key & 0xff);
    if (!isCurrency(code)) return null;
    const currency = { key, code, digits: currencyDigits(code) };
    this.#currencies.push(currency);
    return currency;
  }

  /** Puts the amounts of the row in their places, once its currencies are known; `false` when that needs more care. */
  #amounts(row: CellValue[]): boolean {
    const cells = this.#amountCells;
    const digits = this.#digits;
    const fractions = this.#fractions;
    for (let index = 0; index < cells.length; index++) {
      const fraction = fractions[index] ?? -1;
      if (fraction < 0) continue;
      const currency = this.#rowCurrencies[cells[index]?.currencyCell ?? -1] ?? null;
      if (currency === null) return false;
      const minor = scaled(digits[index] ?? 0, fraction, currency.digits);
      if (Number.isNaN(minor)) return false;
      digits[index] = minor;
    }
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index];
      if (cell === undefined || (fractions[index] ?? -1) < 0) continue;
      const minor = digits[index] ?? 0;
      row[cell.slot] = bigintOf(minor);
      if (cell.total >= 0) {
        const code = this.#rowCurrencies[cell.currencyCell]?.code ?? "";
        this.#totals.addSmall(this.#totals.currency(code), cell.total, minor);
      }
    }
    return true;
  }
}

/** Where a cell's text ends: at a byte that is not part of one. */
function endOfText(bytes: Uint8Array, start: number, quoted: boolean): number {
  const kinds = quoted ? IN_QUOTES : BARE;
  let at = start;
  while ((kinds[bytes[at] ?? 0] ?? 0) > 0) at++;
  return at;
}

/** Where the next line begins, or -1 when no line ends at `at`, or may go on behind the bytes at hand. */
function afterLine(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return -1;
  if (bytes[at] === LF) return at + 1;
  if (bytes[at] !== CR || at + 1 >= end) return -1;
  return bytes[at + 1] === LF ? at + 2 : at + 1;
}
