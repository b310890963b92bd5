import { type Buffer, isUtf8 } from "node:buffer";
import { currencyDigits, isCurrency } from "@amazon-pay-kit/money";
import type { CellValue } from "../layouts/layout.ts";
import { isKnownValue } from "../vocabulary/cell-values.ts";
import { readTime } from "./cell.ts";
import {
  afterEmptyCell,
  afterLine,
  BARE,
  COMMA,
  CR,
  endOfAscii,
  endOfText,
  IN_QUOTES,
  isPlain,
  LF,
  QUOTE,
} from "./cell-bytes.ts";
import type { ColumnPlan, PlannedCell } from "./column-plan.ts";
import type { SchemaDrift } from "./schema-drift.ts";
import { AmountBytes, bigintOf, scaled } from "./fast-amount.ts";
import { INSTANT_BYTES, InstantBytes } from "./fast-instant.ts";
import { MASK, type ReadSettings } from "./settings.ts";
import type { Totals } from "./totals.ts";
import { CellCache } from "./cell-cache.ts";

const TEXT = 0;
const WORD = 1;
const INSTANT = 2;
const AMOUNT = 3;
const CURRENCY = 4;

interface KnownCurrency {
  /** The bytes of the code as one number. */
  readonly key: number;
  readonly code: string;
  readonly digits: number;
  /** Its number among the totals. */
  total: number;
}

/**
 * Reads rows as the service writes them, in one pass over their bytes and without a copy of anything but the values.
 *
 * It knows one line, nothing doubled, broken or out of the ordinary; for everything else it gives up and says so, and
 * the careful reading, which can do all, does the row. So whatever it gives is what the careful reading would give.
 */
export class FastPathRow {
  /** The row last read. */
  row: CellValue[] = [];
  /** How many physical lines it takes. */
  lines = 1;

  readonly #planned: readonly PlannedCell[];
  // One array per property: this is read for every cell of every row.
  readonly #kinds: Uint8Array;
  readonly #slots: Int32Array;
  readonly #required: Uint8Array;
  readonly #masked: Uint8Array;
  /** 1 for texts that blanks around them are no part of, 2 for identifiers among them. */
  readonly #plain: Uint8Array;
  readonly #words: readonly CellCache[];
  readonly #amountSlots: Int32Array;
  readonly #amountCurrencies: Int32Array;
  readonly #amountTotals: Int32Array;
  readonly #settings: ReadSettings;
  readonly #drift: SchemaDrift;
  readonly #totals: Totals;
  readonly #empty: readonly CellValue[];
  readonly #instant = new InstantBytes();
  readonly #amount = new AmountBytes();
  readonly #digits: Float64Array;
  readonly #fractions: Int8Array;
  /** By place in the line: the currency of this row's cell, `null` for an empty one. */
  readonly #rowCurrencies: (KnownCurrency | null)[];
  readonly #currencies: KnownCurrency[] = [];

  constructor(plan: ColumnPlan, settings: ReadSettings, drift: SchemaDrift, totals: Totals) {
    const { cells } = plan;
    this.#settings = settings;
    this.#drift = drift;
    this.#totals = totals;
    this.#planned = cells;
    this.#kinds = Uint8Array.from(cells, kindOf);
    this.#slots = Int32Array.from(cells, (cell) => cell.slot);
    this.#required = Uint8Array.from(cells, (cell) => (cell.required ? 1 : 0));
    this.#masked = Uint8Array.from(cells, (cell) => (cell.personal && settings.personalData === "mask" ? 1 : 0));
    this.#plain = Uint8Array.from(cells, (cell) => (cell.id !== null ? 2 : cell.trimmed ? 1 : 0));
    this.#words = cells.map(() => new CellCache());
    const amounts = cells.filter((cell) => cell.type === "amount");
    this.#amountSlots = Int32Array.from(amounts, (cell) => cell.slot);
    this.#amountCurrencies = Int32Array.from(amounts, (cell) => cell.currencyCell);
    this.#amountTotals = Int32Array.from(amounts, (cell) => cell.total);
    this.#digits = new Float64Array(amounts.length);
    this.#fractions = new Int8Array(amounts.length);
    this.#rowCurrencies = cells.map(() => null);
    this.#empty = plan.columns.map(() => null);
  }

  /**
   * Reads the row at `at` into {@link row} and adds it to the totals.
   *
   * @param bytes with a zero at `end`, where the bytes read so far end
   * @param text the same bytes, each as one character
   * @returns where the next row begins, or -1 when this row needs the careful reading or more bytes
   */
  read(bytes: Buffer, text: string, start: number, end: number): number {
    const kinds = this.#kinds;
    const row = this.#empty.slice();
    let at = start;
    let amounts = 0;
    this.lines = 1;
    for (let position = 0; position < kinds.length; position++) {
      if (position > 0 && bytes[at++] !== COMMA) return -1;
      const quoted = bytes[at] === QUOTE;
      if (quoted) at++;
      const byte = bytes[at] ?? 0;
      if (quoted ? byte === QUOTE && bytes[at + 1] !== QUOTE : byte === COMMA || byte === LF || byte === CR) {
        if (this.#required[position] === 1) return -1;
        if (kinds[position] === CURRENCY) this.#rowCurrencies[position] = null;
        else if (kinds[position] === AMOUNT) this.#fractions[amounts++] = -1;
      } else {
        switch (kinds[position]) {
          case TEXT: {
            const from = at;
            const inside = quoted ? IN_QUOTES : BARE;
            let kind = inside[byte];
            while (kind === 1) kind = inside[bytes[++at] ?? 0];
            if (quoted && (bytes[at] !== QUOTE || bytes[at + 1] === QUOTE))
              at = this.#unusual(bytes, from, at, position, row);
            else if (kind === 2) at = this.#longCharacters(bytes, from, at, position, row);
            else if (this.#plain[position] === 0 || isPlain(bytes, from, at, this.#plain[position] === 2))
              this.#put(row, position, text.slice(from, at));
            else return -1;
            break;
          }
          case WORD:
            at = this.#word(bytes, at, quoted, position, row);
            break;
          case INSTANT:
            at = this.#time(bytes, text, at, end, quoted, position, row);
            break;
          case AMOUNT:
            at = this.#amount.read(bytes, at, quoted);
            this.#digits[amounts] = this.#amount.digits;
            this.#fractions[amounts++] = this.#amount.fraction;
            break;
          case CURRENCY:
            at = this.#currency(bytes, at, position, row);
            break;
        }
        if (at < 0) return -1;
      }
      if (quoted && bytes[at++] !== QUOTE) return -1;
    }
    const next = afterLine(bytes, this.#settings.strict ? at : afterEmptyCell(bytes, at), end);
    if (next < 0 || next - start >= this.#settings.rowBytes || !this.#amounts(row)) return -1;
    this.row = row;
    return next;
  }

  #put(row: CellValue[], position: number, value: CellValue): void {
    const slot = this.#slots[position] ?? -1;
    if (slot >= 0) row[slot] = this.#masked[position] === 1 ? MASK : value;
  }

  /** A quoted text with longer characters, doubled quotes or line ends in it. */
  #unusual(bytes: Buffer, from: number, start: number, position: number, row: CellValue[]): number {
    let at = start;
    let doubled = false;
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        if (bytes[at + 1] !== QUOTE) break;
        doubled = true;
        at++;
      } else if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) this.lines++;
      else if (IN_QUOTES[byte] === 0 && byte !== CR) return -1;
      at++;
    }
    if (this.#plain[position] !== 0 || !isUtf8(bytes.subarray(from, at))) return -1;
    const text = bytes.toString("utf8", from, at);
    this.#put(row, position, doubled ? text.replaceAll('""', '"') : text);
    return at;
  }

  /** A text with longer characters and no quotes around it. */
  #longCharacters(bytes: Buffer, from: number, high: number, position: number, row: CellValue[]): number {
    const end = endOfText(bytes, high, false);
    if (this.#plain[position] !== 0 || !isUtf8(bytes.subarray(from, end))) return -1;
    this.#put(row, position, bytes.toString("utf8", from, end));
    return end;
  }

  #word(bytes: Buffer, at: number, quoted: boolean, position: number, row: CellValue[]): number {
    const words = this.#words[position];
    const planned = this.#planned[position];
    if (words === undefined || planned === undefined) return -1;
    const known = words.find(bytes, at, quoted ? QUOTE : COMMA);
    if (known !== null) {
      this.#put(row, position, known.text);
      return at + known.bytes.length;
    }
    const end = endOfText(bytes, at, quoted);
    if (end === at || !isUtf8(bytes.subarray(at, end))) return -1;
    if (planned.trimmed && !isPlain(bytes, at, end, planned.id !== null)) return -1;
    const text = bytes.toString("utf8", at, end);
    // The careful reading gives the notice about a new word; strict reading refuses it every time.
    const { vocabulary } = planned;
    if (vocabulary !== null && !isKnownValue(vocabulary, text)) {
      if (this.#settings.strict || !this.#drift.isSettled(planned, text)) return -1;
    }
    words.add(bytes, at, end, text);
    this.#put(row, position, text);
    return end;
  }

  #time(
    bytes: Buffer,
    text: string,
    at: number,
    end: number,
    quoted: boolean,
    position: number,
    row: CellValue[],
  ): number {
    let instant = at + INSTANT_BYTES < end ? this.#instant.read(bytes, at) : -1;
    let after = at + INSTANT_BYTES;
    if (instant < 0) {
      after = endOfAscii(bytes, at, quoted);
      const read = readTime(text.slice(at, after));
      if (typeof read !== "number") return -1;
      instant = read;
    }
    this.#put(row, position, instant);
    return after;
  }

  #currency(bytes: Buffer, at: number, position: number, row: CellValue[]): number {
    const key = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    let currency = this.#rowCurrencies[position] ?? null;
    if (currency === null || currency.key !== key) {
      currency = this.#knownCurrency(key);
      if (currency === null) return -1;
      this.#rowCurrencies[position] = currency;
    }
    this.#put(row, position, currency.code);
    return at + 3;
  }

  #knownCurrency(key: number): KnownCurrency | null {
    const known = this.#currencies.find((currency) => currency.key === key);
    if (known !== undefined) return known;
    const code = String.fromCharCode(key >> 16, (key >> 8) & 0xff, key & 0xff);
    if (!isCurrency(code)) return null;
    const currency: KnownCurrency = { key, code, digits: currencyDigits(code), total: -1 };
    this.#currencies.push(currency);
    return currency;
  }

  /** Puts the amounts of the row in their places, once its currencies are known; `false` when that needs more care. */
  #amounts(row: CellValue[]): boolean {
    const digits = this.#digits;
    const fractions = this.#fractions;
    for (let index = 0; index < digits.length; index++) {
      const fraction = fractions[index] ?? -1;
      if (fraction < 0) continue;
      const currency = this.#rowCurrencies[this.#amountCurrencies[index] ?? -1] ?? null;
      if (currency === null) return false;
      if (fraction === currency.digits) continue;
      const minor = scaled(digits[index] ?? 0, fraction, currency.digits);
      if (Number.isNaN(minor)) return false;
      digits[index] = minor;
    }
    for (let index = 0; index < digits.length; index++) {
      if ((fractions[index] ?? -1) < 0) continue;
      const minor = digits[index] ?? 0;
      row[this.#amountSlots[index] ?? -1] = bigintOf(minor);
      const total = this.#amountTotals[index] ?? -1;
      if (total >= 0) this.#add(this.#rowCurrencies[this.#amountCurrencies[index] ?? -1] ?? null, total, minor);
    }
    return true;
  }

  #add(currency: KnownCurrency | null, total: number, minor: number): void {
    if (currency === null) return;
    // Not sooner: a currency is among the totals once an amount in it has been read.
    if (currency.total < 0) currency.total = this.#totals.currency(currency.code);
    this.#totals.addSmall(currency.total, total, minor);
  }
}

function kindOf({ type, repeats }: PlannedCell): number {
  if (type === "text") return repeats ? WORD : TEXT;
  return type === "instant" ? INSTANT : type === "amount" ? AMOUNT : CURRENCY;
}
