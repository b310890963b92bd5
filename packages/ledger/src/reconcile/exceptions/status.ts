/** States of an exception. Exceptions are never deleted. */
export const EXCEPTION_STATUSES = ["open", "explained", "resolved", "reopened"] as const;

/** One of {@link EXCEPTION_STATUSES}. */
export type ExceptionStatus = (typeof EXCEPTION_STATUSES)[number];

/** Found and not settled by anybody: what a run reports, and what keeps a settlement from being balanced. */
export const STANDING: readonly ExceptionStatus[] = ["open", "reopened"];

/** What the last run has found, explained or not. */
export const LIVE: readonly ExceptionStatus[] = ["open", "reopened", "explained"];

/** What can happen to an exception. */
export type ExceptionChange = "found" | "gone" | "explain" | "reopen";

/** The word for a change in the audit trail. */
export type ExceptionEventWord = "found" | "explained" | "resolved" | "reopened" | "assigned" | "noted" | "asked";

/** What a change makes of a status. */
export interface Step {
  readonly to: ExceptionStatus;
  readonly event: ExceptionEventWord;
}

/**
 * The life of an exception. A change that is not in its row is refused, or, for the runs' own (`found`, `gone`), changes
 * nothing. People explain, and only data resolves: what a person settles while the difference is still there stays
 * explained, so that the next run does not open it again.
 */
const STEPS: Readonly<Record<ExceptionStatus, Partial<Record<ExceptionChange, Step>>>> = {
  open: {
    gone: { to: "resolved", event: "resolved" },
    explain: { to: "explained", event: "explained" },
  },
  reopened: {
    gone: { to: "resolved", event: "resolved" },
    explain: { to: "explained", event: "explained" },
  },
  explained: {
    gone: { to: "resolved", event: "resolved" },
    explain: { to: "explained", event: "explained" },
    reopen: { to: "reopened", event: "reopened" },
  },
  resolved: {
    found: { to: "reopened", event: "reopened" },
    reopen: { to: "reopened", event: "reopened" },
  },
};

/** What a change makes of a status; `null` where it makes nothing. */
export function stepFrom(status: ExceptionStatus, change: ExceptionChange): Step | null {
  return STEPS[status][change] ?? null;
}
