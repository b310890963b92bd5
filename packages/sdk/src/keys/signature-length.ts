/**
 * Whether a signature is as long as the modulus of its key. RFC 8017 (8.1.2 and 8.2.2) refuses every other length; OpenSSL, and
 * with it WebCrypto on Node, also takes a signature whose leading zeros were cut off.
 */
export function isAsLongAsModulus(signature: Uint8Array, modulusBits: number): boolean {
  return signature.length === Math.ceil(modulusBits / 8);
}

/** The same for a key of WebCrypto, which says its length itself. */
export function isAsLongAsKey(signature: Uint8Array, key: { readonly algorithm: object }): boolean {
  const { modulusLength } = key.algorithm as { readonly modulusLength?: number };
  return modulusLength === undefined || isAsLongAsModulus(signature, modulusLength);
}
