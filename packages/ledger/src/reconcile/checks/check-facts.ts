/** How bad a difference is: an `error` is money or data that is wrong, a `warning` what someone should look at. */
export type Severity = "error" | "warning";

/** One line of the table of checks. */
export interface CheckFacts {
  /** Stable code, as in the contract of `apay reconcile --json`. */
  readonly code: string;
  readonly severity: Severity;
  /** What the check asks, in one sentence. */
  readonly rule: string;
  /** What the exception's amount is. */
  readonly amount: string;
  /** What to do about it. */
  readonly remedy: string;
}
