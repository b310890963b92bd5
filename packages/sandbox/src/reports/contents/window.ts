import type { Transition } from "../../engine/objects/index.ts";
import { wholeSecond } from "../../settlement/periods/running-period.ts";
import type { DraftRow } from "../../engine/objects/report.ts";

/** Which objects' changes belong into a report. */
export interface Window {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  /** First moment, milliseconds. */
  readonly startAt: number;
  /** The moment after the last. */
  readonly endAt: number;
  /** One row per change of state, or one with the last. */
  readonly rowPerState: boolean;
}

/** What a row is sorted by beside its cells. */
export interface DatedRow {
  readonly at: number;
  readonly row: DraftRow;
}

/** The changes of an object that lie in the window, in order; only the last where one row per object is wanted. */
export function changesIn<Change>(
  history: readonly Transition[],
  window: Window,
  read: (transition: Transition) => Change | null,
): { readonly at: number; readonly change: Change }[] {
  const found: { at: number; change: Change }[] = [];
  for (const transition of history) {
    if (transition.at < window.startAt || transition.at >= window.endAt) continue;
    const change = read(transition);
    if (change !== null) found.push({ at: wholeSecond(transition.at), change });
  }
  return window.rowPerState ? found : found.slice(-1);
}

/** Newest first, as in the real refund reports; rows of one second keep the later change first. */
export function newestFirst(rows: readonly DatedRow[]): DraftRow[] {
  return rows
    .toReversed()
    .toSorted((left, right) => right.at - left.at)
    .map((dated) => dated.row);
}
