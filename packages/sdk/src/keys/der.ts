import { expect, notRsa, unsupported } from "./invalid-key.ts";

/** One element of DER. */
interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const NULL = 0x05;
const ATTRIBUTES = 0xa0;
const PUBLIC_HALF = 0x81;

/** Octets of object identifiers, with commas between: those of RSA (1.2.840.113549.1.1) but for the last, and of elliptic curves. */
const PKCS1 = "42,134,72,134,247,13,1,1,";
const RSA_ENCRYPTION = `${PKCS1}1`;
const RSASSA_PSS = `${PKCS1}10`;
const ELLIPTIC_CURVES = "42,134,72,206,61,";

/** What an RSA key in DER turned out to be. */
export interface RsaKeyDer {
  readonly kind: "private" | "public";
  /** The bare RSA key structure of PKCS#1. */
  readonly pkcs1: Uint8Array;
  readonly modulusBits: number;
}

/**
 * Reads an RSA key from DER: PKCS#8, PKCS#1, SubjectPublicKeyInfo or a PKCS#1 public key. Strict: shortest forms only, nothing
 * behind or beside the key, numbers that an RSA key can have.
 *
 * @throws KeyError `key.malformed`, `key.not-rsa`, `key.unsupported`
 */
export function readRsaKey(der: Uint8Array): RsaKeyDer {
  const outer = whole(der);
  const [first, second, third, ...more] = outer;
  if (first?.tag === INTEGER && second?.tag === SEQUENCE && third?.tag === OCTET_STRING) {
    expectRsa(second);
    // Attributes, and in a later form the public half, may follow.
    expect(more.every(({ tag }) => tag === ATTRIBUTES || tag === PUBLIC_HALF));
    return readPkcs1(third.content, "private");
  }
  if (first?.tag === SEQUENCE && second?.tag === BIT_STRING) {
    expectRsa(first);
    expect(outer.length === 2 && second.content[0] === 0);
    return readPkcs1(second.content.subarray(1), "public");
  }
  if (first?.tag === INTEGER && second?.tag === OCTET_STRING) throw notRsa("an EC key");
  return readPkcs1(der, outer.length === 2 ? "public" : "private");
}

/** PKCS#8 around an RSA private key, as WebCrypto wants it. */
export function wrapPkcs8(pkcs1: Uint8Array): Uint8Array {
  return encode(SEQUENCE, Uint8Array.of(INTEGER, 1, 0), rsaIdentifier(), encode(OCTET_STRING, pkcs1));
}

/** SubjectPublicKeyInfo around an RSA public key, as WebCrypto wants it. */
export function wrapSpki(pkcs1: Uint8Array): Uint8Array {
  return encode(SEQUENCE, rsaIdentifier(), encode(BIT_STRING, Uint8Array.of(0), pkcs1));
}

/** rsaEncryption with its NULL parameter, as a whole AlgorithmIdentifier. */
function rsaIdentifier(): Uint8Array {
  const name = Uint8Array.from(RSA_ENCRYPTION.split(","), Number);
  return encode(SEQUENCE, encode(OBJECT_ID, name), encode(NULL));
}

function readPkcs1(der: Uint8Array, kind: "private" | "public"): RsaKeyDer {
  const numbers = whole(der).map(positive);
  const isPrivate = kind === "private";
  const [modulus, exponent] = isPrivate ? numbers.slice(1) : numbers;
  expect(modulus !== undefined && exponent !== undefined && numbers.length === (isPrivate ? 9 : 2));
  const isOdd = (number: Uint8Array): boolean => ((number.at(-1) ?? 0) & 1) === 1;
  expect(isOdd(modulus) && isOdd(exponent) && exponent.join() !== "1");
  return { kind, pkcs1: der, modulusBits: modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24 };
}

/** The bytes of a number that is not below zero and is written in as few as it takes, without its sign. */
function positive({ tag, content }: Element): Uint8Array {
  const [first = 0xff, second = 0xff] = content;
  const isPadded = first === 0 && content.length > 1;
  expect(tag === INTEGER && first < 0x80 && (!isPadded || second >= 0x80));
  return isPadded ? content.subarray(1) : content;
}

/** The elements of a sequence that is all there is. */
function whole(der: Uint8Array): Element[] {
  const [outer, ...more] = elementsOf(der);
  expect(more.length === 0);
  return inside(outer);
}

function inside(element: Element | undefined): Element[] {
  expect(element?.tag === SEQUENCE);
  return elementsOf(element.content);
}

function expectRsa(identifier: Element): void {
  const [oid, parameters, ...more] = inside(identifier);
  expect(oid?.tag === OBJECT_ID);
  const name = oid.content.join();
  if (name === RSA_ENCRYPTION) {
    // NULL, which some leave out.
    expect((parameters?.tag ?? NULL) === NULL && !parameters?.content.length && more.length === 0);
    return;
  }
  if (name === RSASSA_PSS) throw unsupported("is restricted to RSASSA-PSS: make a plain RSA key");
  throw notRsa(name.startsWith(ELLIPTIC_CURVES) ? "an EC key" : "a key of another kind");
}

/** The elements that fill some bytes exactly. */
function elementsOf(bytes: Uint8Array): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0;
    let length = bytes[at + 1] ?? 0x80;
    at += 2;
    if (length >= 0x80) {
      // 0x80 is BER's length that is not told, and no key needs more than four octets of it.
      const count = length & 0x7f;
      expect(count > 0 && count < 5);
      length = bytes.subarray(at, at + count).reduce((sum, octet) => sum * 256 + octet, 0);
      at += count;
      // A length that fits fewer octets is BER, too.
      expect(length >= 0x80 && length >= 256 ** (count - 1));
    }
    const content = bytes.subarray(at, at + length);
    expect(content.length === length);
    found.push({ tag, content });
    at += length;
  }
  return found;
}

function encode(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from([[tag], size, ...parts].flatMap((part) => [...part]));
}
