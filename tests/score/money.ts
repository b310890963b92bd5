/** Digits after the point, by currency: known to the test by itself, not by what it tests. */
const DIGITS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, GBP: 2, JPY: 0 };

/** An amount as a plain decimal text: `-12.34`, `1234`. */
export function amountText(minor: bigint, currency: string): string {
  const digits = DIGITS[currency];
  if (digits === undefined) throw new TypeError(`the test knows no currency ${currency}`);
  const size = String(minor < 0n ? -minor : minor).padStart(digits + 1, "0");
  const sign = minor < 0n ? "-" : "";
  return digits === 0 ? `${sign}${size}` : `${sign}${size.slice(0, -digits)}.${size.slice(-digits)}`;
}

/** With commas between thousands: `1,234.50`. */
export function grouped(text: string): string {
  const [whole = "", part] = text.split(".");
  const spaced = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return part === undefined ? spaced : `${spaced}.${part}`;
}

/** So many ten-thousandths of an amount, half away from zero. */
export function shareOf(amount: bigint, tenThousandths: bigint): bigint {
  const size = (amount < 0n ? -amount : amount) * tenThousandths;
  const rounded = (size * 2n + 10_000n) / 20_000n;
  return amount < 0n ? -rounded : rounded;
}

export const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n);
