/** Behaviour that a sandbox can be asked for; every room may read it. */
export interface Settings {
  /** Refuse what the live service's own sandbox refuses, for example most report types. Default false. */
  readonly strict: boolean;
  /** Enforce the published throttling figures. Default false. */
  readonly throttling: boolean;
  /** How far `x-amz-pay-date` may be from the clock, in milliseconds. Default 15 minutes. */
  readonly clockSkewMillis: number;
  /** How long a captured or refunded amount stays pending before it becomes final, in milliseconds. Default 30 seconds. */
  readonly settleMillis: number;
  /** Longest request body, in bytes. Default 1 MiB. */
  readonly maximumBodyBytes: number;
  /** How many calls the event log keeps. Default 1,000. */
  readonly eventLimit: number;
}

/** What holds when nothing is asked for. */
export const DEFAULT_SETTINGS: Settings = {
  strict: false,
  throttling: false,
  clockSkewMillis: 15 * 60 * 1000,
  settleMillis: 30 * 1000,
  maximumBodyBytes: 1024 * 1024,
  eventLimit: 1000,
};
