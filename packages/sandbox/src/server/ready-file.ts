import { join } from "node:path";
import type { MwsCredentials } from "../engine/objects/index.ts";
import type { Sandbox } from "../service/sandbox.ts";
import type { Listening } from "./listen.ts";

/** Written when the sandbox accepts calls: everything a client needs. */
export interface ReadyFile {
  readonly http: string;
  readonly https: string;
  /** PEM of the certificate authority to trust. */
  readonly caFile: string;
  readonly merchants: readonly ReadyMerchant[];
}

/** A merchant as the ready file has it. */
export interface ReadyMerchant {
  readonly merchantId: string;
  readonly storeId: string;
  readonly region: "na" | "eu" | "jp";
  readonly currency: string;
  readonly keys: readonly { readonly publicKeyId: string; readonly privateKeyFile: string }[];
  readonly mws: MwsCredentials;
}

/** Merchants whose private keys the sandbox does not have show only the keys that it has. */
export function readyFileOf(sandbox: Sandbox, listening: Listening, folder: string): ReadyFile {
  return {
    http: listening.http,
    https: listening.https,
    caFile: join(folder, "tls", "ca.pem"),
    merchants: sandbox.merchants.map(({ merchantId, storeId, region, currency, keys, mws }) => ({
      merchantId,
      storeId,
      region,
      currency,
      keys: keys.flatMap(({ publicKeyId }) => {
        const privateKeyFile = sandbox.keyFileOf(publicKeyId);
        return privateKeyFile === undefined ? [] : [{ publicKeyId, privateKeyFile }];
      }),
      mws: { sellerId: mws.sellerId, accessKeyId: mws.accessKeyId, secretKey: mws.secretKey, authToken: mws.authToken },
    })),
  };
}
