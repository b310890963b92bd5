import type { Hooks, Logger } from "../client/events.ts";
import type { AmazonPayOptions } from "../client/options.ts";
import { type Settings, settingsOf } from "../client/settings.ts";
import type { Clock } from "../clock/clock.ts";
import type { PrivateKeyInput } from "../keys/private-key.ts";
import type { RegionName } from "../operations/api-regions.ts";
import { environmentOfKey } from "../operations/regions.ts";
import type { Random } from "../random/random.ts";
import type { AlgorithmName } from "../operations/algorithms.ts";
import type { FetchFunction } from "../transport/fetch.ts";
import type { AnyText } from "../operations/open.ts";

/** The configuration of the official Node SDK, and below it what this one understands besides. */
export interface ClientConfig {
  /** Id of the key pair in Seller Central. */
  readonly publicKeyId: string;
  /** Text or bytes of the key (PEM), or a key object. */
  readonly privateKey: PrivateKeyInput;
  /** `us`, `na`, `de`, `uk`, `eu`, `jp`, in any case. */
  readonly region: AnyText<RegionName>;
  /** Ignored for keys that begin with `LIVE` or `SANDBOX`. Default: live. */
  readonly sandbox?: boolean | "true" | "false" | undefined;
  /** Default `AMZN-PAY-RSASSA-PSS`, as in the official SDK. */
  readonly algorithm?: AlgorithmName | undefined;
  /** Another host, with or without port. Its TLS certificate is verified; the official SDK stops verifying any. */
  readonly overrideServiceUrl?: string | undefined;

  /** Certificates (PEM) to trust besides the runtime's own. */
  readonly ca?: string | readonly string[] | undefined;
  /** A `fetch` of your own. Not in the official SDK. */
  readonly fetch?: FetchFunction | undefined;
  /** Further attempts after the first. Default 3. */
  readonly maxRetries?: number | undefined;
  /** Milliseconds for one attempt. Default 30,000; the official SDK waits for ever. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for a call with all attempts and pauses. Default 90,000. */
  readonly totalTimeoutMs?: number | undefined;
  /** Default: the machine's clock. Not in the official SDK. */
  readonly clock?: Clock | undefined;
  /** Default: the machine's randomness. Not in the official SDK. */
  readonly random?: Random | undefined;
  /** Functions that are told about every call. Not in the official SDK. */
  readonly hooks?: Hooks | undefined;
  /** Where to write about calls. Not in the official SDK. */
  readonly logger?: Logger | undefined;
}

/** Host of the API, as the official SDK sends it in `x-amz-pay-host`. */
export function hostOf(config: ClientConfig, settings: Settings): string {
  return overrideOf(config) ?? settings.region.apiHost;
}

function overrideOf({ overrideServiceUrl }: ClientConfig): string | undefined {
  const host = overrideServiceUrl?.replace(/^https:\/\//i, "").replace(/\/+$/, "") ?? "";
  return host === "" ? undefined : host;
}

/**
 * Turns the official configuration into this package's settings. The official environment is a switch, here a name.
 *
 * @throws ConfigurationError, KeyError
 */
export function settingsFrom(config: ClientConfig): Settings {
  const sandbox = config.sandbox === true || config.sandbox === "true";
  const override = overrideOf(config);
  const prefixed = environmentOfKey(String(config.publicKeyId ?? "")) !== undefined;
  const options: AmazonPayOptions = {
    // The client itself refuses what is no region.
    region: config.region as AmazonPayOptions["region"],
    publicKeyId: config.publicKeyId,
    privateKey: config.privateKey,
    algorithm: config.algorithm ?? "AMZN-PAY-RSASSA-PSS",
    environment: prefixed ? undefined : sandbox ? "sandbox" : "live",
    baseUrl: override === undefined ? undefined : `https://${override}`,
    ca: config.ca,
    fetch: config.fetch,
    maxRetries: config.maxRetries ?? 3,
    timeoutMs: config.timeoutMs,
    totalTimeoutMs: config.totalTimeoutMs,
    clock: config.clock,
    random: config.random,
    hooks: config.hooks,
    logger: config.logger,
  };
  return settingsOf(options);
}
