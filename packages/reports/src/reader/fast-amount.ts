const ZERO = 0x30;
const POINT = 0x2e - ZERO;
const COMMA = 0x2c - ZERO;
const MINUS = 0x2d;

/** Up to this many digits a double is an exact integer, also after the two that a currency may add. */
const MOST_DIGITS = 13;

const POWERS = [1, 10, 100, 1000];

/**
 * Reads amounts such as `-1,234.56` straight from their bytes, as whole numbers that a double holds exactly.
 *
 * What is longer, or unusual in any way, is left to the careful reading.
 */
export class AmountBytes {
  /** All digits of the amount just read as one number, point left out. */
  digits = 0;
  /** How many of them stand after the point. */
  fraction = 0;

  /**
   * Where the amount at `at` ends, or -1 when it is none that can be read here.
   *
   * @param grouped whether commas may stand between groups of three: in a cell without quotes a comma ends the cell
   */
  read(bytes: Uint8Array, start: number, grouped: boolean): number {
    let at = start;
    let digit = bytes[at] ?? 0;
    const negative = digit === MINUS;
    if (negative) digit = bytes[++at] ?? 0;
    const first = at;
    let value = 0;
    digit -= ZERO;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = (bytes[++at] ?? 0) - ZERO;
    }
    let count = at - first;
    if (count === 0) return -1;
    if (grouped && digit === COMMA) {
      if (count > 3 || bytes[first] === ZERO) return -1;
      while (digit === COMMA) {
        const group = threeDigits(bytes, at + 1);
        if (group < 0) return -1;
        value = value * 1000 + group;
        count += 3;
        at += 4;
        digit = (bytes[at] ?? 0) - ZERO;
      }
      if (digit >= 0 && digit <= 9) return -1;
    }
    const point = at;
    if (digit === POINT) {
      digit = (bytes[++at] ?? 0) - ZERO;
      while (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digit = (bytes[++at] ?? 0) - ZERO;
      }
      this.fraction = at - point - 1;
      if (this.fraction === 0) return -1;
      count += this.fraction;
    } else this.fraction = 0;
    this.digits = negative ? -value : value;
    return count > MOST_DIGITS ? -1 : at;
  }
}

/** The number that three digits make, or -1. */
function threeDigits(bytes: Uint8Array, at: number): number {
  const hundreds = (bytes[at] ?? 0) - ZERO;
  const tens = (bytes[at + 1] ?? 0) - ZERO;
  const ones = (bytes[at + 2] ?? 0) - ZERO;
  if (hundreds >>> 0 > 9 || tens >>> 0 > 9 || ones >>> 0 > 9) return -1;
  return hundreds * 100 + tens * 10 + ones;
}

/**
 * Minor units of digits with this many after the point, or `NaN` where the careful reading must decide.
 *
 * @param currencyDigits as the currency has after its point
 */
export function scaled(digits: number, fraction: number, currencyDigits: number): number {
  if (fraction === currencyDigits) return digits;
  if (fraction > 2) return Number.NaN;
  if (fraction < currencyDigits) return digits * (POWERS[currencyDigits - fraction] ?? Number.NaN);
  const divisor = POWERS[fraction - currencyDigits] ?? Number.NaN;
  return digits % divisor === 0 ? digits / divisor : Number.NaN;
}

const words = new Int32Array(2);
const wide = new BigInt64Array(words.buffer);
const LOW = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1;

/**
 * A safe integer as a `bigint`.
 *
 * Reading one from a typed array is compiled to a few instructions; `BigInt()` is a call out of compiled code.
 */
export function bigintOf(value: number): bigint {
  if (value > 0x7fff_ffff || value < -0x7fff_ffff) return BigInt(value);
  words[LOW] = value;
  words[1 - LOW] = value < 0 ? -1 : 0;
  return wide[0] ?? 0n;
}
