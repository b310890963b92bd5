import type { KeyService } from "../key-service.ts";

/** The one method of `@azure/keyvault-keys`'s `CryptographyClient` that is needed. */
export interface AzureCryptography {
  signData(algorithm: "PS256", data: Uint8Array): Promise<{ readonly result: Uint8Array }>;
}

/** A key in Azure Key Vault or Managed HSM: kind RSA, operation `sign`. The client is made for one key already. */
export const azureKey = (cryptography: AzureCryptography): KeyService => ({
  sign: async (message) => (await cryptography.signData("PS256", message)).result,
});
