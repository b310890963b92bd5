import { KeyError } from "../errors/key-error.ts";
import { isCryptoKey, type CryptoKeyLike, type KeyObjectLike } from "./key-input.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { nodeVerifierOf } from "./node-keys.ts";
import { readKey } from "./read-key.ts";
import type { SyncVerifier, Verifier } from "./signer.ts";
import { webVerifier } from "./web-keys.ts";

/** A public key: PEM text or bytes, DER bytes, a `KeyObject`, or a `CryptoKey` of algorithm RSA-PSS with SHA-256. */
export type PublicKeyInput = string | Uint8Array | KeyObjectLike | CryptoKeyLike;

/**
 * Makes a verifier of a public key; the key is read once, here.
 *
 * @throws KeyError
 */
export function publicKeyVerifier(input: PublicKeyInput): Verifier {
  if (isCryptoKey(input)) return webVerifier(input);
  const key = readKey(input, "public");
  const native = nodeCrypto();
  return native === undefined ? webVerifier(key.pkcs1) : nodeVerifierOf(native, key);
}

/**
 * A verifier that answers at once: for servers on Node, where it is the fastest.
 *
 * @throws KeyError, also `key.unsupported` where the runtime has no `node:crypto`
 */
export function nodeVerifier(input: Exclude<PublicKeyInput, CryptoKeyLike>): SyncVerifier {
  const native = nodeCrypto();
  if (native === undefined) {
    throw new KeyError(
      "key.unsupported",
      "this runtime has no node:crypto: use publicKeyVerifier, which answers with a promise",
    );
  }
  return nodeVerifierOf(native, readKey(input, "public"));
}
