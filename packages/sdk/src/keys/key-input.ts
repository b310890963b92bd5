import { isObject } from "../kind.ts";
/** A `KeyObject` of `node:crypto`, by its shape, so that the types load without Node's. */
export interface KeyObjectLike {
  /** `private` to sign, `public` to verify. */
  readonly type: string;
  /** Must be `rsa`. */
  readonly asymmetricKeyType?: string | undefined;
  /** Size of the key and what it is restricted to. */
  readonly asymmetricKeyDetails?: { readonly modulusLength?: number | undefined } | undefined;
  /** Writes the key out, for runtimes without Node's own cryptography. */
  export(options: { readonly type: "pkcs1"; readonly format: "der" }): Uint8Array;
}

/** A WebCrypto `CryptoKey`, by its shape. */
export interface CryptoKeyLike {
  /** `private` to sign, `public` to verify. */
  readonly type: string;
  /** Must be RSA-PSS with SHA-256 to be used as it is. */
  readonly algorithm: { readonly name: string };
  /** Must hold `sign`, or `verify`. */
  readonly usages: readonly string[];
  /** Whether the key may be read out; not needed. */
  readonly extractable: boolean;
}

/** Smallest RSA key that the service takes, in bits. */
export const MINIMUM_BITS = 2048;

/** Whether it is a `KeyObject` of `node:crypto`. */
export function isKeyObject(value: unknown): value is KeyObjectLike {
  return isObject(value) && "export" in value && "type" in value;
}

/** Whether it is a WebCrypto `CryptoKey`. */
export function isCryptoKey(value: unknown): value is CryptoKeyLike {
  return isObject(value) && "algorithm" in value && "usages" in value;
}
