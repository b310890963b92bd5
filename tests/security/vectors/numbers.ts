import { checkPrimeSync, createHash, createPrivateKey, type KeyObject } from "node:crypto";

export const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
export const bytesOf = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(length * 2, "0"), "hex");

export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let factor = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [r, next, s, following] = [modulus, value % modulus, 0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [s, following] = [following, s - quotient * following];
  }
  return ((s % modulus) + modulus) % modulus;
}

/** The largest whole number whose cube is not larger. */
export function cubeRoot(value: bigint): bigint {
  let [low, high] = [0n, 1n << BigInt(Math.ceil(value.toString(2).length / 3) + 1)];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (middle ** 3n <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}

/** An RSA key by its numbers. */
export interface FixedKey {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly size: number;
  readonly privateKey: KeyObject;
}

/**
 * The RSA key of a name: the same each time, so that vectors are the same bytes each time and no key lies in the repository.
 * Worth nothing as a secret.
 */
export function fixedKey(name: string, bits: number, e: bigint): FixedKey {
  const prime = (which: string, size: number): bigint => {
    for (let counter = 0; ; counter += 1) {
      const parts = Array.from({ length: Math.ceil(size / 256) }, (_, index) =>
        createHash("sha256").update(`${name} ${bits} ${e} ${which} ${counter} ${index}`).digest(),
      );
      const top = (3n << BigInt(size - 2)) | 1n;
      const candidate = (numberOf(Buffer.concat(parts)) & ((1n << BigInt(size)) - 1n)) | top;
      if ((candidate - 1n) % e !== 0n && checkPrimeSync(candidate)) return candidate;
    }
  };
  const [p, q] = [prime("p", Math.ceil(bits / 2)), prime("q", Math.floor(bits / 2))];
  const n = p * q;
  const d = inverse(e, (p - 1n) * (q - 1n));
  const url = (value: bigint): string => bytesOf(value, Math.ceil(value.toString(16).length / 2)).toString("base64url");
  const jwk = { kty: "RSA", n: url(n), e: url(e), d: url(d), p: url(p), q: url(q) };
  const more = { dp: url(d % (p - 1n)), dq: url(d % (q - 1n)), qi: url(inverse(q, p)) };
  const privateKey = createPrivateKey({ key: { ...jwk, ...more }, format: "jwk" });
  return { n, e, d, size: Math.ceil(n.toString(2).length / 8), privateKey };
}
