/** Severity of an exception: `error` means that money or data is wrong, `warning` that someone should check it. */
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
