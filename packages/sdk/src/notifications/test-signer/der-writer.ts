import { TAG } from "../certificate/der.ts";

const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

/** One element with that content. */
export function element(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const bytes = joined(content);
  return Uint8Array.from([tag, ...lengthBytes(bytes.length), ...bytes]);
}

export const sequenceOf = (...parts: readonly Uint8Array[]): Uint8Array => element(TAG.sequence, ...parts);

/** An INTEGER of these bytes, high octet first, taken as positive. */
export function integerOf(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? Uint8Array.of(0) : bytes.subarray(start);
  return element(TAG.integer, ...((digits[0] ?? 0) >= 0x80 ? [Uint8Array.of(0)] : []), digits);
}

export const bitStringOf = (bytes: Uint8Array): Uint8Array => element(TAG.bitString, Uint8Array.of(0), bytes);

/** An object identifier from its dotted form. */
export function oid(dotted: string): Uint8Array {
  const [top = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const groups = [top * 40 + second, ...rest].flatMap((arc) => {
    const bytes = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift((left % 128) + 128);
    return bytes;
  });
  return element(TAG.oid, Uint8Array.from(groups));
}

/** A GeneralizedTime, or before 2050 a UTCTime, as RFC 5280 4.1.2.5 asks for. */
export function timeElement(time: number): Uint8Array {
  const text = `${new Date(time).toISOString().replaceAll(/[-T:]|\..*/g, "")}Z`;
  const bytes = new TextEncoder().encode(new Date(time).getUTCFullYear() < 2050 ? text.slice(2) : text);
  return element(bytes.length === 13 ? TAG.utcTime : TAG.generalizedTime, bytes);
}
