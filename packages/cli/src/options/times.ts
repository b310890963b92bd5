import { DAY as ONE_DAY, formatCompact, readInstant } from "@amazon-pay-kit/money";
import { CliError } from "../errors.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A moment as people type it: `2026-01-31` (midnight UTC) or a full time with its offset. */
export function momentOf(text: string, option: string): number {
  const instant = readInstant(DAY.test(text) ? `${text}T00:00:00Z` : text);
  if (instant === null) {
    throw new CliError("usage.time", `${option}: cannot read ${JSON.stringify(text)} as a time`, {
      remedy: "use 2026-01-31 or 2026-01-31T00:00:00Z",
    });
  }
  return instant;
}

/** The end of a period: a day as such is meant to its end. */
export function endOf(text: string, option: string): number {
  return momentOf(text, option) + (DAY.test(text) ? ONE_DAY : 0);
}

/** The same in the form of the API, or undefined. */
export function apiTime(text: string | undefined, option: string): string | undefined {
  return text === undefined ? undefined : formatCompact(momentOf(text, option));
}
