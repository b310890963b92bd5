import type { JournalEntry } from "./entry.ts";

/** `7` or `7-61`: lines of the report file; of several files one after the other. */
export function linesOf({ sources }: JournalEntry): string {
  return sources.map(({ lines: [first, last] }) => (first === last ? String(first) : `${first}-${last}`)).join(", ");
}

/** `line 7` or `lines 7-61`, for people. */
export function placeOf(entry: JournalEntry): string {
  const lines = linesOf(entry);
  return `${/^\d+$/.test(lines) ? "line" : "lines"} ${lines}`;
}

/** Ids of the settlements that an entry comes from. */
export function settlementsOf({ sources }: JournalEntry): string {
  return [...new Set(sources.map(({ settlementId }) => settlementId))].join(", ");
}

/** SHA-256 of the report files that an entry comes from, whole or cut to this many characters. */
export function hashesOf({ sources }: JournalEntry, length?: number): string {
  return [...new Set(sources.map(({ fileHash }) => fileHash.slice(0, length)))].join(", ");
}

/** Settlement, report and lines of an entry, for people; empty for one that comes from no report. */
export function originOf(entry: JournalEntry): string {
  if (entry.sources.length === 0) return "";
  return `settlement ${settlementsOf(entry)}, report ${hashesOf(entry, 12)}, ${placeOf(entry)}`;
}
