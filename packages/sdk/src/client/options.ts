import type { Clock } from "../clock/clock.ts";
import type { PrivateKeyInput } from "../keys/private-key.ts";
import type { Signer } from "../keys/signer.ts";
import type { RegionName } from "../operations/api-regions.ts";
import type { Random } from "../random/random.ts";
import type { SimulationCode } from "../operations/simulation-codes.ts";
import type { AlgorithmName } from "../operations/algorithms.ts";
import type { FetchFunction } from "../transport/fetch.ts";
import type { Transport } from "../transport/transport.ts";
import type { Hooks, Logger } from "./events.ts";

/**
 * Options of the client. Either `privateKey` or `signer` is required.
 *
 * @example
 * const options: AmazonPayOptions = { region: "eu", publicKeyId: "SANDBOX-AE...", privateKey: pem };
 */
export type AmazonPayOptions = ClientOptions & (SignerOption | PrivateKeyOption);

/** A key that is kept elsewhere, for example in a key service. */
export interface SignerOption {
  /** Makes the signatures. */
  readonly signer: Signer;
  /** Not together with `signer`. */
  readonly privateKey?: undefined;
}

/** A private key that this process holds. */
export interface PrivateKeyOption {
  /**
   * The private half of the key pair in Seller Central: RSA, 2048 bits or more. PEM text (PKCS#1 or PKCS#8; line ends lost to
   * an environment variable, or written as `\n`, do no harm), its bytes, a `KeyObject` of Node or a WebCrypto `CryptoKey`.
   */
  readonly privateKey: PrivateKeyInput;
  /** Not together with `privateKey`. */
  readonly signer?: undefined;
}

/** Client options besides the key. */
export interface ClientOptions {
  /** `na`, `eu` or `jp`, or one of the aliases `us`, `de`, `uk`. Text from elsewhere goes through `findRegion(text)?.region`. */
  readonly region: RegionName | Uppercase<RegionName>;
  /** Id of the key pair in Seller Central. */
  readonly publicKeyId: string;
  /** Default `AMZN-PAY-RSASSA-PSS-V2`. The service takes both. */
  readonly algorithm?: AlgorithmName | undefined;
  /** Needed where the key id does not begin with LIVE or SANDBOX; where it does, the key decides. */
  readonly environment?: "live" | "sandbox" | undefined;
  /** Another address of the service, such as a sandbox on this machine: `https://localhost:8543`. Plain HTTP on loopback only. */
  readonly baseUrl?: string | undefined;
  /** Certificates (PEM) to trust besides the runtime's own. */
  readonly ca?: string | readonly string[] | undefined;
  /**
   * Proxy that connections go through, such as `http://user:password@proxy.example:3128`; `false` for none. Default: what
   * `HTTPS_PROXY` and `NO_PROXY` say. TLS is always spoken with Amazon's host itself, through the proxy's CONNECT.
   */
  readonly proxy?: string | false | undefined;
  /** A `fetch` of your own, called with a `Request`. Default: `node:https` on Node, the runtime's `fetch` elsewhere. */
  readonly fetch?: FetchFunction | undefined;
  /** A transport of your own, in place of `fetch` and `ca`. */
  readonly transport?: Transport | undefined;
  /** Further attempts after the first. Default 3; 0 for none. */
  readonly maxRetries?: number | undefined;
  /** Longest wait for one attempt's answer, in milliseconds. Default 30,000; `Infinity` for no limit. */
  readonly timeoutMs?: number | undefined;
  /** Longest time for a call with all its attempts and pauses, in milliseconds. Default 90,000; `Infinity` for no limit. */
  readonly totalTimeoutMs?: number | undefined;
  /** Largest answer that is read, in bytes, unpacked. Default 16 MiB. Reports are downloaded apart and have no such limit. */
  readonly maxAnswerBytes?: number | undefined;
  /** Default: the machine's clock. */
  readonly clock?: Clock | undefined;
  /** Default: the machine's cryptographic randomness. */
  readonly random?: Random | undefined;
  /** Functions that are told about every attempt, answer and retry, for metrics and traces. Default: none. */
  readonly hooks?: Hooks | undefined;
  /** Where to write about calls, without secrets and buyer data; `console` fits. Default: nowhere. */
  readonly logger?: Logger | undefined;
  /**
   * Members of a request that this version does not know: `send` them, because the service may be newer, or `refuse` them
   * before sending, which finds misspelt names earlier. Default `send`.
   */
  readonly unknownFields?: "send" | "refuse" | undefined;
  /**
   * A solution provider's token for the merchant that all calls of this client are for, from `authorizationTokens.retrieve`.
   * A call's own `authToken` goes before it. Default: calls are for the owner of the key.
   */
  readonly authToken?: string | undefined;
}

/** Options of one call. */
export interface RequestOptions {
  /** POST only: 1 to 32 characters of a-z, A-Z, 0-9, - and _. Made by the client when left out. */
  readonly idempotencyKey?: string | undefined;
  /** Aborts the call at any time, also while it waits to retry. */
  readonly signal?: AbortSignal | undefined;
  /** Timeout of one attempt, in milliseconds. Default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** Longest time for the call with all its attempts and pauses, in milliseconds. Default: the client's. */
  readonly totalTimeoutMs?: number | undefined;
  /** Further attempts after the first; 0 for none. Default: the client's. */
  readonly maxRetries?: number | undefined;
  /**
   * Sandbox only: how the call is to end, for example `"SoftDeclined"`. Sent as `x-amz-pay-simulation-code`; which codes an operation
   * takes is in `SIMULATION_CODES`. Another code is 400 `InvalidSandboxSimulationSpecified`.
   *
   * @example await pay.charges.create(charge, { simulate: "SoftDeclined" });
   */
  readonly simulate?: SimulationCode | undefined;
  /** Further headers. They are sent unsigned. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A solution provider's token for a merchant, from `authorizationTokens.retrieve`. */
  readonly authToken?: string | undefined;
}
