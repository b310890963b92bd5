import { originOf } from "../client/base-url.ts";
import type { Hooks, Logger } from "../client/events.ts";
import { type Observer, observerOf } from "../client/observer.ts";
import type { Clock } from "../clock/clock.ts";
import { systemClock } from "../clock/system.ts";
import { isRecord } from "../operations/fields/check.ts";
import type { Random } from "../random/random.ts";
import { systemRandom } from "../random/system.ts";
import { LARGEST_MWS_REPORT } from "../transport/answer-limit.ts";
import { defaultTransport } from "../transport/default.ts";
import type { FetchFunction } from "../transport/fetch.ts";
import type { Transport } from "../transport/transport.ts";
import { MwsError } from "./errors.ts";
import { MWS_ENDPOINTS } from "./marketplaces.ts";
import { type UserAgentParts, userAgentText } from "./user-agent.ts";
import { isText } from "../kind.ts";

/** How to reach MWS, and in whose name. */
export interface MwsOptions {
  /** Region of the seller; decides the host. `baseUrl` overrides it. */
  readonly region: keyof typeof MWS_ENDPOINTS;
  /** The seller whose reports are read (parameter `Merchant`). */
  readonly sellerId: string;
  /** Access key of the developer, or of the seller. */
  readonly accessKeyId: string;
  /** The access key's secret. It signs, and is never sent, logged or put into an error. */
  readonly secretKey: string;
  /** Needed when the access key belongs to a developer and not to the seller. */
  readonly authToken?: string | undefined;
  /** Another address: of a marketplace outside the three regions (`MWS_MARKETPLACES`), or of a sandbox. */
  readonly baseUrl?: string | undefined;
  /** Certificates (PEM) to trust besides the runtime's own. */
  readonly ca?: string | readonly string[] | undefined;
  /**
   * Proxy that connections go through, such as `http://user:password@proxy.example:3128`; `false` for none. Default: what
   * `HTTPS_PROXY` and `NO_PROXY` say. TLS is always spoken with Amazon's host itself, through the proxy's CONNECT.
   */
  readonly proxy?: string | false | undefined;
  /** A `fetch` of your own, called with a `Request`. */
  readonly fetch?: FetchFunction | undefined;
  /** A transport of your own, in place of `fetch` and `ca`. */
  readonly transport?: Transport | undefined;
  /** What the program calls itself. Default: this package's name and version. */
  readonly userAgent?: UserAgentParts | undefined;
  /**
   * Wait before a call that the published quotas would refuse, counted in this object. Default `true`. Two objects for the
   * same seller and developer do not know of each other; then the service throttles, and the call is repeated later.
   */
  readonly waitForQuota?: boolean | undefined;
  /** Further attempts after the first. Default 4; 0 for none. */
  readonly maxRetries?: number | undefined;
  /** Longest wait for one attempt's whole answer, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number | undefined;
  /** The same for `getReport`. Default 600,000. */
  readonly downloadTimeoutMs?: number | undefined;
  /** Longest pause before an attempt, in milliseconds; a longer one ends the call. Default 120,000. */
  readonly longestPauseMs?: number | undefined;
  /** Largest report that `getReport` reads, in bytes; it is held in memory. Default 1 GiB. */
  readonly maxReportBytes?: number | undefined;
  /** Default: the machine's clock. */
  readonly clock?: Clock | undefined;
  /** Default: the machine's cryptographic randomness. */
  readonly random?: Random | undefined;
  /** Told of every call, as the hooks of the client of API v2 are; `environment` is `live`, since MWS has no other. */
  readonly hooks?: Hooks | undefined;
  /** Where to write about calls; `console` fits. */
  readonly logger?: Logger | undefined;
}

const NAMES: Readonly<Record<keyof MwsOptions, true>> = {
  region: true,
  sellerId: true,
  accessKeyId: true,
  secretKey: true,
  authToken: true,
  baseUrl: true,
  ca: true,
  proxy: true,
  fetch: true,
  transport: true,
  userAgent: true,
  waitForQuota: true,
  maxRetries: true,
  timeoutMs: true,
  downloadTimeoutMs: true,
  longestPauseMs: true,
  maxReportBytes: true,
  clock: true,
  random: true,
  hooks: true,
  logger: true,
};

/** The options, checked and filled up. */
export interface MwsSettings {
  readonly region: keyof typeof MWS_ENDPOINTS;
  readonly endpoint: string;
  readonly sellerId: string;
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly authToken: string | undefined;
  readonly transport: Transport;
  readonly userAgent: string;
  readonly waitForQuota: boolean;
  readonly maxRetries: number;
  readonly timeoutMs: number;
  readonly downloadTimeoutMs: number;
  readonly longestPauseMs: number;
  readonly maxReportBytes: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly observer: Observer | undefined;
}

function text(name: "sellerId" | "accessKeyId" | "secretKey", value: unknown): string {
  if (isText(value) && value !== "" && value.trim() === value) return value;
  throw new MwsError("mws.bad-option", `\`${name}\` must be a text that is not empty and has no blanks around it`);
}

function number(name: string, value: number | undefined, fallback: number, lowest: number): number {
  const given = value ?? fallback;
  if (Number.isSafeInteger(given) && given >= lowest) return given;
  throw new MwsError("mws.bad-option", `\`${name}\` must be a whole number, ${lowest} or more`);
}

/**
 * Checks the options and fills them up.
 *
 * @throws MwsError `mws.bad-option`; ConfigurationError for `baseUrl` and `ca`
 */
export function mwsSettings(options: MwsOptions): MwsSettings {
  if (!isRecord(options)) {
    throw new MwsError(
      "mws.bad-option",
      "the client needs its options: an object with `region`, `sellerId`, `accessKeyId` and `secretKey`",
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || Object.hasOwn(NAMES, name)) continue;
    throw new MwsError("mws.bad-option", `unknown option \`${name}\`: known are ${Object.keys(NAMES).join(", ")}`);
  }
  const { region, authToken } = options;
  if (options.baseUrl === undefined && !Object.hasOwn(MWS_ENDPOINTS, region)) {
    throw new MwsError("mws.bad-option", `\`region\` must be one of ${Object.keys(MWS_ENDPOINTS).join(", ")}`);
  }
  return {
    region,
    endpoint: originOf(options.baseUrl ?? MWS_ENDPOINTS[region]),
    sellerId: text("sellerId", options.sellerId),
    accessKeyId: text("accessKeyId", options.accessKeyId),
    secretKey: text("secretKey", options.secretKey),
    authToken: authToken === "" ? undefined : authToken,
    transport: options.transport ?? defaultTransport(options),
    userAgent: userAgentText(options.userAgent),
    waitForQuota: options.waitForQuota ?? true,
    maxRetries: number("maxRetries", options.maxRetries, 4, 0),
    timeoutMs: number("timeoutMs", options.timeoutMs, 60_000, 1),
    downloadTimeoutMs: number("downloadTimeoutMs", options.downloadTimeoutMs, 600_000, 1),
    longestPauseMs: number("longestPauseMs", options.longestPauseMs, 120_000, 0),
    maxReportBytes: number("maxReportBytes", options.maxReportBytes, LARGEST_MWS_REPORT, 1),
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    observer: observerOf(options.hooks, options.logger),
  };
}
