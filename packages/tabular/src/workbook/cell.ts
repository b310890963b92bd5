const DAY = 86_400_000;
/** Day 0 of each way of counting. The first believes that 1900 was a leap year, so that only days from March 1900 on fit it. */
const [DAY_0_OF_1900, DAY_0_OF_1904] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)];
const LAST_DAY = 2_958_465;

/** A number without exponent: of as many digits as a spreadsheet reckons with. */
function plainNumber(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  // Spreadsheets show and compare fifteen digits; 0.1 + 0.2 is 0.3 there.
  const text = value.toPrecision(15);
  if (text.includes("e")) return value.toFixed(20).replace(/0+$/, "");
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/**
 * The number of a cell as a text with one reading, whatever the sign before its decimals is: three decimals, which could be a
 * group of thousands, get a fourth.
 *
 * @param decimal the sign before the decimals in the texts of the sheet
 */
export function numberText(raw: string, decimal: "." | ","): string {
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  const plain = plainNumber(value);
  const distinct = /\.\d{3}$/.test(plain) ? `${plain}0` : plain;
  return decimal === "." ? distinct : distinct.replace(".", ",");
}

/** Whether a number has more digits than a spreadsheet keeps: those behind the fifteenth have become zeros. */
export function hasLostDigits(raw: string): boolean {
  const value = Math.abs(Number(raw));
  return Number.isFinite(value) && value >= 1e15;
}

/** The number of a cell whose format shows days: `2026-10-05`, with the time where it has one. */
export function dayText(raw: string, from1904: boolean): string {
  const serial = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(serial) || serial < 0 || serial > LAST_DAY) return raw;
  // Before March 1900 the count is one off, and no bank's entry is so old: the number stays.
  if (!from1904 && serial < 61) return raw;
  const at = (from1904 ? DAY_0_OF_1904 : DAY_0_OF_1900) + Math.round(serial * 86_400) * 1000;
  const text = new Date(at).toISOString();
  return at % DAY === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

/** Place of a cell's column from its name: 0 for `A7`, 26 for `AA7`. Null for no name. */
export function columnOf(name: string): number | null {
  const letters = /^([A-Z]{1,3})\d*$/.exec(name)?.[1];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
