import { formatInstant } from "@amazon-pay-kit/ledger";

/** As much of a hash as tells files apart; with a colon and a line it can be explained again. */
export function place(contentHash: string, line: number): string {
  return `${contentHash.slice(0, 12)}:${line}`;
}

/** The day of a moment, or a question mark. */
export function day(instant: number | null): string {
  return instant === null ? "?" : formatInstant(instant).slice(0, 10);
}
