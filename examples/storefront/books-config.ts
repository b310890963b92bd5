import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ReadyFile, ReadyMerchant } from "@amazon-pay-kit/sandbox";

/**
 * Writes the configuration with which `apay` keeps the books of this shop: it names the sandbox, its authority and the key.
 *
 * @returns path of the file
 */
export function writeBooksConfig(folder: string, ready: ReadyFile, merchant: ReadyMerchant): string {
  mkdirSync(folder, { recursive: true });
  const path = resolve(join(folder, "apay.config.json"));
  const [key] = merchant.keys;
  const config = {
    accounts: {
      shop: {
        region: merchant.region,
        publicKeyId: key?.publicKeyId,
        privateKeyFile: key?.privateKeyFile,
        endpoint: ready.https,
        caFile: ready.caFile,
      },
    },
    dataDir: "books",
  };
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`);
  return path;
}
