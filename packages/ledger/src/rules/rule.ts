/** Severity of an exception: `error` means that money or data is wrong, `warning` that someone should check it. */
export type Severity = "error" | "warning";

/**
 * What is known about a rule. Each rule is one file with these facts, its English messages and, where a single row can break
 * it, its predicate (see `rows/row-rule.ts`). Other languages are in `locales/`; what they lack is shown in English.
 */
export interface Rule {
  /** Stable code of the exceptions, as in the contract of `apay reconcile --json`. */
  readonly code: string;
  readonly severity: Severity;
  /** What the rule demands, in one sentence. */
  readonly rule: string;
  /** What the exception's amount is. */
  readonly amount: string;
  /** What to do about an exception. */
  readonly remedy: string;
  /** What its exceptions say, as ICU messages by name. An exception may be several of them, one directly after the other. */
  readonly messages: Readonly<Record<string, string>>;
}
