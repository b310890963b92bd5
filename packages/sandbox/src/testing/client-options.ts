import type { Sandbox, SandboxMerchant } from "../index.ts";

/** Which merchant and key a client acts with. */
export interface ClientChoice {
  /** Default `na`. */
  readonly region?: "na" | "eu" | "jp";
  /** Default: the first merchant of the region. */
  readonly merchantId?: string;
  /** Default: the first key that the sandbox has the private half of, which is for the sandbox environment. */
  readonly publicKeyId?: string;
}

/** Options for `new AmazonPay(…)`: everything it needs to talk to the sandbox in this process. */
export interface ClientOptions {
  readonly region: "na" | "eu" | "jp";
  readonly publicKeyId: string;
  readonly privateKey: string;
  readonly environment: "sandbox";
  readonly baseUrl: string;
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
}

/**
 * Options for a client of a sandbox in this process.
 *
 * @example const pay = new AmazonPay(clientOptions(sandbox, { region: "jp" }));
 * @throws TypeError when there is no such merchant or key
 */
export function clientOptions(sandbox: Sandbox, choice: ClientChoice = {}): ClientOptions {
  const merchant = merchantOf(sandbox, choice);
  const key = merchant.keys.find(
    ({ publicKeyId, privateKeyPem }) =>
      privateKeyPem !== undefined && (choice.publicKeyId === undefined || choice.publicKeyId === publicKeyId),
  );
  if (key?.privateKeyPem === undefined) throw new TypeError(`merchant ${merchant.merchantId} has no such private key`);
  return {
    region: merchant.region,
    publicKeyId: key.publicKeyId,
    privateKey: key.privateKeyPem,
    environment: "sandbox",
    // HTTPS, because clients insist on it; nothing leaves the process either way.
    baseUrl: sandbox.place.secureOrigin,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
  };
}

/** The merchant that is meant. @throws TypeError when there is none */
export function merchantOf(sandbox: Sandbox, { region, merchantId }: ClientChoice): SandboxMerchant {
  const found = sandbox.merchants.find((merchant) =>
    merchantId === undefined ? merchant.region === (region ?? "na") : merchant.merchantId === merchantId,
  );
  if (found === undefined) throw new TypeError(`the sandbox has no merchant ${merchantId ?? `in region ${region}`}`);
  return found;
}
