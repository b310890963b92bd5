import { DAY, HOUR } from "@amazon-pay-kit/money";

/** When a delivery that failed is tried again. */
export interface RetryPolicy {
  /** Time between two attempts, in milliseconds. */
  readonly interval: number;
  /** How long after the first attempt the last one may be, in milliseconds. */
  readonly span: number;
}

/** The two schedules that the documentation has had; which one holds now is unknown (docs/amazon-pay/notifications.md). */
export const RETRY_POLICIES = {
  v2: { interval: HOUR, span: 3 * HOUR },
  legacy: { interval: HOUR, span: 14 * DAY },
} as const satisfies Readonly<Record<string, RetryPolicy>>;

/** Name of a schedule. */
export type RetryPolicyName = keyof typeof RETRY_POLICIES;

/** How an attempt ended. */
export type AttemptResult =
  | { readonly outcome: "accepted"; readonly status: number }
  | { readonly outcome: "refused"; readonly status: number }
  | { readonly outcome: "timeout" | "unreachable"; readonly status: null };

/** 5xx and silence are tried again; 4xx, redirects and hosts that cannot be reached are not (docs/amazon-pay/notifications.md). */
export function isWorthAnotherTry(result: AttemptResult): boolean {
  return result.outcome === "timeout" || (result.outcome === "refused" && result.status >= 500);
}

/**
 * The moment of the next attempt.
 *
 * @param first moment of the first attempt
 * @param last moment of the attempt that failed
 * @returns undefined when the schedule is over
 */
export function nextAttemptAt(policy: RetryPolicy, first: number, last: number): number | undefined {
  const next = last + policy.interval;
  return next - first > policy.span ? undefined : next;
}
