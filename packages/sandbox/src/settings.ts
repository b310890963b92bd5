import type { FetchFunction, SignatureVersion } from "@amazon-pay-kit/sdk/notifications";
import type { MonthlyLimits } from "./engine/limits.ts";
import type { RetryPolicyName } from "./notifications/retry-policy.ts";

/** Behaviour that a sandbox can be asked for; every module may read it. */
export interface Settings {
  /** Refuse what the live service's own sandbox refuses, for example most report types. Default false. */
  readonly strict: boolean;
  /** Enforce the published throttling figures. Default false. */
  readonly throttling: boolean;
  /** How far `x-amz-pay-date` may be from the clock, in milliseconds. Default 15 minutes. */
  readonly clockSkewMillis: number;
  /** Longest request body, in bytes. Default 1 MiB. */
  readonly maximumBodyBytes: number;
  /** How many calls the event log keeps. Default 1,000. */
  readonly eventLimit: number;
  /**
   * What the page at `amazonPayRedirectUrl` does: `ask` waits for the buyer's click and offers other outcomes, `straight`
   * goes on by itself as the live one does. Default `ask`.
   */
  readonly processing: "ask" | "straight";
  /** Delivers notifications to the merchants. Default: `fetch`. */
  readonly transport: FetchFunction;
  /** Signature version of notifications: `1` is RSA with SHA-1, what Amazon Pay's topics send, `2` with SHA-256. Default `1`. */
  readonly notificationSignature: SignatureVersion;
  /**
   * How disputes show their times: `epoch` as seconds since 1970, as official samples send them; `iso` as the reference page
   * of disputes has them, ISO 8601 text and `statusDetails.lastUpdatedTimestamp`. Which of them is live is unknown.
   * Default `iso`.
   */
  readonly disputeTimes: "epoch" | "iso";
  /**
   * Monthly limits of recurring and saved-wallet permissions, in whole units of the currency, where an account has others than
   * the published ones: `{ Recurring: { SEK: 5000 } }`. Default: the published ones.
   */
  readonly monthlyLimits: MonthlyLimits;
  /** When a failed notification is sent again: `v2` hourly over the next three hours, `legacy` hourly for 14 days. Default `v2`. */
  readonly notificationRetries: RetryPolicyName;
}

/** What holds when nothing is asked for. */
export const DEFAULT_SETTINGS: Settings = {
  strict: false,
  throttling: false,
  clockSkewMillis: 15 * 60 * 1000,
  maximumBodyBytes: 1024 * 1024,
  eventLimit: 1000,
  processing: "ask",
  transport: (request) => fetch(request),
  notificationSignature: "1",
  disputeTimes: "iso",
  monthlyLimits: {},
  notificationRetries: "v2",
};
