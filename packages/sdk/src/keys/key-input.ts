/** A `KeyObject` of `node:crypto`, by its shape, so that the types load without Node's. */
export interface KeyObjectLike {
  readonly type: string;
  readonly asymmetricKeyType?: string | undefined;
  readonly asymmetricKeyDetails?: { readonly modulusLength?: number | undefined } | undefined;
  export(options: { readonly type: "pkcs1"; readonly format: "der" }): Uint8Array;
}

/** A WebCrypto `CryptoKey`, by its shape. */
export interface CryptoKeyLike {
  readonly type: string;
  readonly algorithm: { readonly name: string };
  readonly usages: readonly string[];
  readonly extractable: boolean;
}

/** Smallest RSA key that the service takes, in bits. */
export const MINIMUM_BITS = 2048;

/** Whether it is a `KeyObject` of `node:crypto`. */
export function isKeyObject(value: unknown): value is KeyObjectLike {
  return typeof value === "object" && value !== null && "export" in value && "type" in value;
}

/** Whether it is a WebCrypto `CryptoKey`. */
export function isCryptoKey(value: unknown): value is CryptoKeyLike {
  return typeof value === "object" && value !== null && "algorithm" in value && "usages" in value;
}
