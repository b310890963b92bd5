import { toHex } from "../hex.ts";
import type { Random } from "./random.ts";

/** An integer from `low` to `high`, both inclusive. */
export function integer(random: Random, low: number, high: number): number {
  return low + Math.floor(random.fraction() * (high - low + 1));
}

/** One of the values. */
export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[integer(random, 0, values.length - 1)];
  if (value === undefined) throw new TypeError("cannot pick from nothing");
  return value;
}

function draw(random: Random, alphabet: string, length: number): string {
  let text = "";
  for (let count = 0; count < length; count += 1) text += alphabet.charAt(integer(random, 0, alphabet.length - 1));
  return text;
}

/** This many decimal digits. */
export function digits(random: Random, length: number): string {
  return draw(random, "0123456789", length);
}

/** This many capitals and digits, as Amazon's ids have them. */
export function alphanumeric(random: Random, length: number): string {
  return draw(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length);
}

/** This many random bytes in lower-case hexadecimal: twice as many characters. */
export function hex(random: Random, bytes: number): string {
  return toHex(random.bytes(bytes));
}

/** A version 4 UUID with dashes, lower case. */
export function uuid(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = toHex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
