import type { Merchant, MwsCredentials } from "../engine/objects/index.ts";

/** A merchant as the operator of the sandbox sees it. */
export interface SandboxMerchant {
  readonly merchantId: string;
  readonly storeId: string;
  readonly region: "na" | "eu" | "jp";
  readonly currency: "USD" | "EUR" | "GBP" | "JPY";
  readonly storeName: string;
  readonly keys: readonly SandboxKey[];
  readonly mws: MwsCredentials;
}

/** A key pair of a merchant. */
export interface SandboxKey {
  readonly publicKeyId: string;
  readonly publicKeyPem: string;
  /** PKCS#8 PEM; undefined for a key whose private half the sandbox does not have. */
  readonly privateKeyPem: string | undefined;
}

/** The merchant with the private keys that are known. */
export function sandboxMerchant(
  merchant: Merchant,
  privateKeyOf: (publicKeyId: string) => string | undefined,
): SandboxMerchant {
  const { merchantId, storeId, region, currency, storeName, mws } = merchant;
  const keys = merchant.keys.map((key) => ({ ...key, privateKeyPem: privateKeyOf(key.publicKeyId) }));
  return { merchantId, storeId, region, currency, storeName, keys, mws };
}
