import { unreadable } from "./unreadable.ts";

/** Tags that X.509 certificates use (X.690 8.1.2); constructed and context-specific bits included. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One element of a DER text. The byte arrays are views into the input, not copies. */
export interface DerElement {
  readonly tag: number;
  /** The value's bytes. */
  readonly content: Uint8Array;
  /** The whole element, tag and length included: what signatures cover and names are compared by. */
  readonly encoded: Uint8Array;
}

const LONGEST_LENGTH = 3;

function lengthAt(bytes: Uint8Array, offset: number): { readonly length: number; readonly start: number } {
  const first = bytes[offset];
  if (first === undefined) throw unreadable("it ends in the middle of an element");
  if (first < 0x80) return { length: first, start: offset + 1 };
  const count = first & 0x7f;
  // X.690 10.1: DER knows the definite form only, in the fewest bytes. 3 bytes are 16 MB, more than any certificate.
  if (count === 0 || count > LONGEST_LENGTH) throw unreadable("an element has an indefinite or oversized length");
  let length = 0;
  for (let index = 1; index <= count; index += 1) {
    const byte = bytes[offset + index];
    if (byte === undefined) throw unreadable("it ends in the middle of an element");
    length = length * 256 + byte;
  }
  if (length < 0x80 || length < 256 ** (count - 1)) throw unreadable("a length is not written in the fewest bytes");
  return { length, start: offset + 1 + count };
}

function elementAt(bytes: Uint8Array, offset: number): DerElement {
  const tag = bytes[offset];
  if (tag === undefined) throw unreadable("it ends in the middle of an element");
  if ((tag & 0x1f) === 0x1f) throw unreadable("an element has a tag of several bytes");
  const { length, start } = lengthAt(bytes, offset + 1);
  if (start + length > bytes.length) throw unreadable("an element is longer than what holds it");
  return { tag, content: bytes.subarray(start, start + length), encoded: bytes.subarray(offset, start + length) };
}

/**
 * Reads a row of elements that fills the bytes exactly.
 *
 * @throws NotificationError `notification.certificate-unreadable` for anything that is not strict DER
 */
export function readElements(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const element = elementAt(bytes, offset);
    elements.push(element);
    offset += element.encoded.length;
  }
  return elements;
}

/** Reads exactly one element and nothing behind it. */
export function readElement(bytes: Uint8Array): DerElement {
  const element = elementAt(bytes, 0);
  if (element.encoded.length !== bytes.length) throw unreadable("there are bytes behind its end");
  return element;
}

/** The element itself, when it has the tag that belongs there. */
export function expectTag(element: DerElement | undefined, tag: number, what: string): DerElement {
  if (element === undefined || element.tag !== tag) throw unreadable(`${what} is missing or of another kind`);
  return element;
}

/** The elements inside one that must be a SEQUENCE. */
export function sequence(element: DerElement | undefined, what: string): DerElement[] {
  return readElements(expectTag(element, TAG.sequence, what).content);
}

/** An object identifier in its dotted form, for example `2.5.29.17`. */
export function oidOf(element: DerElement | undefined, what: string): string {
  const { content } = expectTag(element, TAG.oid, what);
  const arcs: number[] = [];
  let arc = 0;
  let begun = false;
  for (const byte of content) {
    if (!begun && byte === 0x80) throw unreadable(`${what} is not written in the fewest bytes`);
    begun = true;
    arc = arc * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) throw unreadable(`${what} has a number that is too large`);
    if ((byte & 0x80) !== 0) continue;
    arcs.push(arc);
    arc = 0;
    begun = false;
  }
  const [first, ...rest] = arcs;
  if (first === undefined || begun) throw unreadable(`${what} ends in the middle of a number`);
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join(".");
}

/** A BOOLEAN: one octet, all bits or none (X.690 11.1). */
export function booleanOf(element: DerElement | undefined, what: string): boolean {
  const { content } = expectTag(element, TAG.boolean, what);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff))
    throw unreadable(`${what} is neither yes nor no`);
  return content[0] === 0xff;
}

/** The bytes of an INTEGER, which must be the fewest (X.690 8.3.2). */
export function integerOf(element: DerElement | undefined, what: string): Uint8Array {
  const { content } = expectTag(element, TAG.integer, what);
  const [first = 0, second = 0] = content;
  const padded = content.length > 1 && (first === 0 ? second < 0x80 : first === 0xff && second >= 0x80);
  if (content.length === 0 || padded) throw unreadable(`${what} is not written in the fewest bytes`);
  return content;
}

/** The bytes of an INTEGER that must be more than zero, without a leading zero octet. */
export function positiveOf(element: DerElement | undefined, what: string): Uint8Array {
  const content = integerOf(element, what);
  const digits = content[0] === 0 ? content.subarray(1) : content;
  if (digits.length === 0 || (content[0] ?? 0) >= 0x80) throw unreadable(`${what} is not a positive number`);
  return digits;
}

/** An AlgorithmIdentifier: its name and at most one parameter. */
export function algorithmOf(
  element: DerElement | undefined,
  what: string,
): { readonly oid: string; readonly parameters: DerElement | undefined } {
  const [name, parameters, ...more] = sequence(element, what);
  if (more.length > 0) throw unreadable(`${what} has more than a name and its parameters`);
  return { oid: oidOf(name, what), parameters };
}

/** Nothing, or a NULL, which holds nothing. */
export function expectNothing(element: DerElement | undefined, what: string): void {
  if (element === undefined) return;
  if (expectTag(element, TAG.null, what).content.length > 0) throw unreadable(`${what} are not empty`);
}

/** The bytes of a BIT STRING that must have no unused bits. */
export function bytesOfBits(element: DerElement | undefined, what: string): Uint8Array {
  const { content } = expectTag(element, TAG.bitString, what);
  if (content[0] !== 0) throw unreadable(`${what} is not a whole number of bytes`);
  return content.subarray(1);
}
