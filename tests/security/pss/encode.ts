import { createHash, type JsonWebKey, type KeyObject } from "node:crypto";

/** How an encoded message is spoilt. Everything left out is as RFC 8017, 9.1.1 has it. */
export interface Spoil {
  readonly saltLength?: number;
  /** Hash of the mask. */
  readonly mask?: "sha1" | "sha256" | "sha512";
  readonly trailer?: number;
  /** What stands before the salt; 01 by rights. */
  readonly border?: number;
  /** A byte of the zeros before the border. */
  readonly padding?: number;
  /** Leaves the bits above the modulus set. */
  readonly highBits?: boolean;
  /** Eight bytes before the hash of the message; zeros by rights. */
  readonly prefix?: number;
  /** Changes the hash inside. */
  readonly hash?: (hash: Buffer) => Buffer;
  /** Changes the finished signature, of which `n` is the modulus. */
  readonly signature?: (signature: bigint, n: bigint) => bigint;
  /** Changes the bytes of the signature. */
  readonly bytes?: (bytes: Buffer) => Buffer;
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
const fromUrl = (text: string | undefined): bigint => numberOf(Buffer.from(text ?? "", "base64url"));
const bytesOf = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(length * 2, "0"), "hex");

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let factor = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

function maskOf(seed: Buffer, length: number, hash: string): Buffer {
  const parts: Buffer[] = [];
  for (let counter = 0, size = 0; size < length; counter += 1) {
    const part = createHash(hash)
      .update(seed)
      .update(bytesOf(BigInt(counter), 4))
      .digest();
    parts.push(part);
    size += part.length;
  }
  return Buffer.concat(parts).subarray(0, length);
}

/**
 * Signs with RSASSA-PSS as RFC 8017 writes it, in plain arithmetic: no library of cryptography is asked but for SHA. So it is
 * independent of what it tests, and it can do wrong on purpose, which no library offers.
 *
 * @param key an RSA private key
 */
export function pssSignature(key: KeyObject, message: Uint8Array, saltByte: number, spoil: Spoil = {}): Buffer {
  const jwk: JsonWebKey = key.export({ format: "jwk" });
  const [n, d] = [fromUrl(jwk.n), fromUrl(jwk.d)];
  const bits = n.toString(2).length - 1;
  const length = Math.ceil(bits / 8);
  const salt = Buffer.alloc(spoil.saltLength ?? 32, saltByte);
  const inner = createHash("sha256").update(message).digest();
  const seed = createHash("sha256")
    .update(Buffer.alloc(8, spoil.prefix ?? 0))
    .update(inner)
    .update(salt)
    .digest();
  const hash = spoil.hash?.(seed) ?? seed;
  const block = Buffer.concat([
    Buffer.alloc(length - salt.length - hash.length - 2),
    Buffer.of(spoil.border ?? 1),
    salt,
  ]);
  if (spoil.padding !== undefined) block[3] = spoil.padding;
  const mask = maskOf(hash, block.length, spoil.mask ?? "sha256");
  const masked = Buffer.from(block.map((byte, place) => byte ^ (mask[place] ?? 0)));
  const spare = 8 * length - bits;
  masked[0] = (masked[0] ?? 0) & (0xff >> spare);
  if (spoil.highBits === true && spare > 0) masked[0] |= 0x80;
  const encoded = numberOf(Buffer.concat([masked, hash, Buffer.of(spoil.trailer ?? 0xbc)]));
  const signature = power(encoded, d, n);
  const size = Math.ceil(n.toString(2).length / 8);
  const bytes = bytesOf(spoil.signature?.(signature, n) ?? signature, size);
  return spoil.bytes?.(bytes) ?? bytes;
}
