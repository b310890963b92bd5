/** What can be made to go wrong. */
export const FAULT_KINDS = ["status", "throttle", "reset", "lost-answer", "hang", "slow", "truncate"] as const;

/** Kind of fault. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A rule by which calls go wrong. */
export interface FaultRule {
  readonly faultId: string;
  readonly match: {
    /** In capitals; null for every method. */
    readonly method: string | null;
    /** Pattern of the path; null for every path. */
    readonly path: string | null;
  };
  readonly fault: FaultKind;
  /** Status of `status`. */
  readonly status: number;
  /** Reason code of `status`; null for the status's usual one. */
  readonly reasonCode: string | null;
  /** Seconds for a `Retry-After` header; null for none. */
  readonly retryAfter: number | null;
  /** Delay of `slow`, in milliseconds. */
  readonly delayMillis: number;
  /** Matching calls that still pass. */
  skip: number;
  /** Matching calls that still go wrong; null for all of them. */
  times: number | null;
  /** Chance that a matching call goes wrong, drawn from the seed; null for certainty. */
  readonly probability: number | null;
  /** Draws made so far. */
  draws: number;
}

/** A call that was made to go wrong; part of the truth. */
export interface FaultHit {
  readonly at: number;
  readonly faultId: string;
  readonly fault: FaultKind;
  readonly method: string;
  readonly path: string;
}
