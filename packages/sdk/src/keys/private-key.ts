import { KeyError } from "../errors/key-error.ts";
import { isCryptoKey, type CryptoKeyLike, type KeyObjectLike } from "./key-input.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { nodeSigner } from "./node-keys.ts";
import { readKey } from "./read-key.ts";
import type { Signer } from "./signer.ts";
import { webSigner } from "./web-keys.ts";

/**
 * A private key: PEM text or bytes (PKCS#1 or PKCS#8, line ends may be lost), DER bytes, a `KeyObject`, or a `CryptoKey`
 * of algorithm RSA-PSS with SHA-256.
 */
export type PrivateKeyInput = string | Uint8Array | KeyObjectLike | CryptoKeyLike;

/**
 * Makes a signer of a private key; the key is read once, here.
 *
 * On Node it signs synchronously with a parsed `KeyObject`, which is the fastest way; elsewhere with WebCrypto.
 *
 * @example const signer = privateKeySigner(process.env.AMAZON_PAY_PRIVATE_KEY!);
 * @throws KeyError that says what is wrong with the key, and never quotes it
 */
export function privateKeySigner(input: PrivateKeyInput): Signer {
  if (input === undefined || input === null) {
    throw new KeyError(
      "key.missing",
      "no private key was given: pass the PEM text, a KeyObject, a CryptoKey, or a signer of your own",
    );
  }
  if (isCryptoKey(input)) return webSigner(input);
  const { pkcs1 } = readKey(input, "private");
  const native = nodeCrypto();
  return native === undefined ? webSigner(pkcs1) : nodeSigner(native, pkcs1);
}
