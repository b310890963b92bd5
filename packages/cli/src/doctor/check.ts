import type { Context } from "../program/context.ts";
import type { Account } from "../config/config.ts";

/** What a check found. */
export interface Finding {
  readonly ok: boolean | "warning" | "skipped";
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
  /** Long texts for anyone who looks closer: canonical request, string to sign. */
  readonly detail?: string;
}

/** Result of a check with its name. */
export interface NamedFinding extends Finding {
  readonly check: string;
}

/** One thing that the doctor looks at. A new check is one file and one line in `checks.ts`. */
export interface Check {
  readonly name: string;
  readonly run: (context: Context, account: Account, before: readonly NamedFinding[]) => Promise<Finding>;
}

/** Whether an earlier check failed, so that this one would only repeat it. */
export function failedBefore(before: readonly NamedFinding[], ...checks: readonly string[]): boolean {
  return before.some((finding) => checks.includes(finding.check) && finding.ok === false);
}

/** The words of an error. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
