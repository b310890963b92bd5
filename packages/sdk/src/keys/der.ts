import { KeyError } from "../errors/key-error.ts";
import { toHex } from "../hex.ts";
import { malformedKey, notRsa } from "./invalid-key.ts";

/** One element of DER: its tag and where its contents lie. */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const NULL = 0x05;
const ATTRIBUTES = 0xa0;
const PUBLIC_HALF = 0x81;

/** rsaEncryption with its NULL parameter, as a whole AlgorithmIdentifier. */
const RSA_IDENTIFIER = /* @__PURE__ */ Uint8Array.of(
  0x30,
  0x0d,
  0x06,
  0x09,
  0x2a,
  0x86,
  0x48,
  0x86,
  0xf7,
  0x0d,
  0x01,
  0x01,
  0x01,
  0x05,
  0x00,
);
const RSA_OID = "2a864886f70d010101";
const RSA_PSS_OID = "2a864886f70d01010a";

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
    expectRsa(der, second);
    // Attributes, and in a later form the public half, may follow.
    if (more.some(({ tag }) => tag !== ATTRIBUTES && tag !== PUBLIC_HALF)) throw malformedKey();
    return readPkcs1(der.subarray(third.start, third.end), "private");
  }
  if (first?.tag === SEQUENCE && second?.tag === BIT_STRING) {
    expectRsa(der, first);
    if (outer.length !== 2 || der[second.start] !== 0) throw malformedKey();
    return readPkcs1(der.subarray(second.start + 1, second.end), "public");
  }
  if (first?.tag === INTEGER && second?.tag === OCTET_STRING) throw notRsa("an EC key");
  return readPkcs1(der, outer.length === 2 ? "public" : "private");
}

/** PKCS#8 around an RSA private key, as WebCrypto wants it. */
export function wrapPkcs8(pkcs1: Uint8Array): Uint8Array {
  return encode(SEQUENCE, Uint8Array.of(INTEGER, 1, 0), RSA_IDENTIFIER, encode(OCTET_STRING, pkcs1));
}

/** SubjectPublicKeyInfo around an RSA public key, as WebCrypto wants it. */
export function wrapSpki(pkcs1: Uint8Array): Uint8Array {
  return encode(SEQUENCE, RSA_IDENTIFIER, encode(BIT_STRING, Uint8Array.of(0), pkcs1));
}

function readPkcs1(der: Uint8Array, kind: "private" | "public"): RsaKeyDer {
  const numbers = whole(der).map((part) => positive(der, part));
  const [modulus, exponent] = kind === "private" ? numbers.slice(1) : numbers;
  if (modulus === undefined || exponent === undefined || numbers.length !== (kind === "private" ? 9 : 2)) {
    throw malformedKey();
  }
  const isOdd = (number: Uint8Array): boolean => ((number.at(-1) ?? 0) & 1) === 1;
  if (!isOdd(modulus) || !isOdd(exponent) || (exponent.length === 1 && exponent[0] === 1)) throw malformedKey();
  return { kind, pkcs1: der, modulusBits: modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24 };
}

/** The bytes of a number that is not below zero and is written in as few as it takes, without its sign. */
function positive(der: Uint8Array, { tag, start, end }: Element): Uint8Array {
  const [first, second = 0xff] = der.subarray(start, end);
  const isShortest = first !== undefined && (first !== 0 || end - start === 1 || second >= 0x80);
  if (tag !== INTEGER || !isShortest || first >= 0x80) throw malformedKey();
  return der.subarray(first === 0 && end - start > 1 ? start + 1 : start, end);
}

/** The elements of a sequence that is all there is. */
function whole(der: Uint8Array): Element[] {
  const outer = element(der, 0, der.length);
  if (outer.end !== der.length) throw malformedKey();
  return children(der, outer, SEQUENCE);
}

function expectRsa(der: Uint8Array, identifier: Element): void {
  const [oid, parameters, ...more] = children(der, identifier, SEQUENCE);
  if (oid?.tag !== OBJECT_ID) throw malformedKey();
  const hex = toHex(der.subarray(oid.start, oid.end));
  if (hex === RSA_OID) {
    // NULL, which some leave out.
    const isNothing = parameters === undefined || (parameters.tag === NULL && parameters.start === parameters.end);
    if (!isNothing || more.length > 0) throw malformedKey();
    return;
  }
  if (hex === RSA_PSS_OID) {
    throw new KeyError("key.unsupported", "the key is restricted to RSASSA-PSS: make a plain RSA key");
  }
  throw notRsa(hex.startsWith("2a8648ce3d") ? "an EC key" : "a key of another kind");
}

function element(der: Uint8Array, offset: number, limit: number): Element {
  const tag = der[offset];
  const short = der[offset + 1];
  if (tag === undefined || short === undefined) throw malformedKey();
  if (short < 0x80) return within({ tag, start: offset + 2, end: offset + 2 + short }, limit);
  const count = short & 0x7f;
  if (count === 0 || count > 4) throw malformedKey();
  let length = 0;
  for (let index = 0; index < count; index += 1) length = length * 256 + (der[offset + 2 + index] ?? 0);
  // A length that fits fewer octets is BER.
  if (length < 0x80 || length < 256 ** (count - 1)) throw malformedKey();
  return within({ tag, start: offset + 2 + count, end: offset + 2 + count + length }, limit);
}

function within(found: Element, limit: number): Element {
  if (found.end > limit) throw malformedKey();
  return found;
}

function children(der: Uint8Array, parent: Element, tag: number): Element[] {
  if (parent.tag !== tag) throw malformedKey();
  const found: Element[] = [];
  for (let offset = parent.start; offset < parent.end;) {
    const next = element(der, offset, parent.end);
    found.push(next);
    offset = next.end;
  }
  return found;
}

function encode(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const result = new Uint8Array(1 + size.length + length);
  result.set([tag, ...size]);
  let offset = 1 + size.length;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}
