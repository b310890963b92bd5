/** Writes DER (ITU-T X.690), as much of it as certificates need, and reads again what was written by whoever made a key. */

const CONTEXT = 0x80;
const CONSTRUCTED = 0x20;

/** Tags that certificates are made of. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octetString: 0x04,
  nothing: 0x05,
  objectId: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A tag whose meaning its place says: `[0]`, `[1]`, …; constructed where other elements are in it. */
export const tagged = (number: number, constructed: boolean): number =>
  CONTEXT | number | (constructed ? CONSTRUCTED : 0);

/** An element of some parts, one after the other. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length < 0x80) return Buffer.concat([Uint8Array.of(tag, length), ...parts]);
  const digits: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) digits.unshift(left % 256);
  return Buffer.concat([Uint8Array.of(tag, 0x80 | digits.length, ...digits), ...parts]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => element(TAG.sequence, ...parts);

/** A number that is not below zero, of big-endian bytes. */
export function positive(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Uint8Array.of(0) : bytes.subarray(first);
  // The first bit is the sign.
  return element(TAG.integer, (digits[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : Uint8Array.of(), digits);
}

/** `1.2.840.113549` and so on. */
export function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...others] = text.split(".").map(Number);
  const bytes = [first * 40 + second, ...others].flatMap((part) => {
    const digits = [part & 0x7f];
    for (let left = part >>> 7; left > 0; left >>>= 7) digits.unshift(0x80 | (left & 0x7f));
    return digits;
  });
  return element(TAG.objectId, Uint8Array.from(bytes));
}

/** A row of bits that fills its bytes. */
export const bits = (bytes: Uint8Array): Buffer => element(TAG.bits, Uint8Array.of(0), bytes);

/** Bits by their numbers, the first one highest, without those at the end that are not set. */
export function namedBits(numbers: readonly number[]): Buffer {
  const last = Math.max(...numbers);
  const bytes = new Uint8Array((last >> 3) + 1);
  for (const number of numbers) bytes[number >> 3] = (bytes[number >> 3] ?? 0) | (0x80 >> (number & 7));
  return element(TAG.bits, Uint8Array.of(7 - (last & 7)), bytes);
}

export const utf8 = (text: string): Buffer => element(TAG.utf8, Buffer.from(text));
export const yes = (): Buffer => element(TAG.boolean, Uint8Array.of(0xff));
export const octetString = (bytes: Uint8Array): Buffer => element(TAG.octetString, bytes);

/** From 2050 on the year has four digits (RFC 5280 4.1.2.5). */
const FOUR_DIGITS = Date.UTC(2050, 0, 1);

/** A moment in whole seconds. */
export function time(instant: number): Buffer {
  const digits = `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}Z`;
  return instant < FOUR_DIGITS
    ? element(TAG.utcTime, Buffer.from(digits.slice(2)))
    : element(TAG.generalizedTime, Buffer.from(digits));
}

/** An element that is there. */
export interface FoundElement {
  readonly encoded: Uint8Array;
  readonly content: Uint8Array;
}

/** The elements that stand one after the other in bytes that are known to be good: of a key or certificate that was parsed. */
export function elementsIn(bytes: Uint8Array): FoundElement[] {
  const found: FoundElement[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at + 1] ?? 0;
    const digits = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + digits;
    const length = digits === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
    found.push({ encoded: bytes.subarray(at, start + length), content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}
