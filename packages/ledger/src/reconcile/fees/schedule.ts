import type { Rounding } from "@amazon-pay-kit/money";

/** One rate of a schedule: `{ label: "domestic", percentage: "2.9", fixed: "0.30" }`. */
export interface FeeRate {
  /** What the rate is for: `domestic`, `cross-border`, `non-profit`, … */
  readonly label: string;
  /** Percent as a decimal text: `"2.9"`. */
  readonly percentage: string;
  /** Fee per authorization in the schedule's currency, a decimal text. Default `"0"`. */
  readonly fixed?: string;
}

/** A rate that depends on what the account captured in the calendar month (UTC) before. */
export interface FeeTier {
  /** Volume below which the tier holds, a decimal text; absent on the last. */
  readonly below?: string;
  readonly percentage: string;
}

/** What fees an account pays in one currency, from a day on. */
export interface FeeSchedule {
  /** Account that it is for. Default: every account. */
  readonly accountId?: string;
  readonly currency: string;
  /** First day, `YYYY-MM-DD` in UTC. Default: always. A later schedule for the same currency takes over on its day. */
  readonly from?: string;
  /** A row is right when its fees are those of one of these. */
  readonly rates?: readonly FeeRate[];
  /** Tiers by monthly volume, lowest first; their fixed part is `tierFixed`. They come beside `rates`. */
  readonly tiers?: readonly FeeTier[];
  readonly tierFixed?: string;
  /** `by-volume`: the tier of the volume in the books; `any`: whichever tier fits. Default `by-volume`. */
  readonly tierChoice?: "by-volume" | "any";
  /** Fee for a disputed chargeback, a decimal text. Default: not checked. */
  readonly dispute?: string;
}

/** How fees are audited. */
export interface FeeSettings {
  /**
   * The schedules, or `off`, or `auto`, which is also what holds for an account that none of the schedules is for: on a sandbox account those of the sandbox; on a live account the published rates
   * where a settlement evidently follows them, and nothing where it does not (rates are a matter of contract).
   * Default `auto`.
   */
  readonly schedules?: readonly FeeSchedule[] | "auto" | "off";
  /** Minor units by which a percentage fee may differ, since the service's rounding is not documented. Default 1. */
  readonly tolerance?: number;
  /** Rounding of the expected fee. Default `half-up`. */
  readonly rounding?: Rounding;
}
