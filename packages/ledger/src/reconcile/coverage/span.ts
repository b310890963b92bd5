/** How it stands with a stretch of time of one report type. */
export type CoverageStatus =
  /** Its rows are in the books. */
  | "complete"
  /** There was nothing to report: the service says so, or nothing in the books says otherwise. */
  | "no-data"
  /** It should be here by now, and may still come. */
  | "late"
  /** It should have been here long ago, or it came and cannot be used. */
  | "missing";

/** A stretch of time, in milliseconds since the epoch; `to` is not part of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A stretch of time and how it stands with it. */
export interface Span extends Stretch {
  readonly status: CoverageStatus;
}

/** Which of two overlapping answers counts: data is data, whatever else was tried. */
const RANK: Readonly<Record<CoverageStatus, number>> = { complete: 3, "no-data": 2, missing: 1, late: 0 };

/** Consecutive windows may leave this many milliseconds between them: the service cuts them at slightly different seconds. */
const TOLERANCE = 2000;

/**
 * Puts windows, which may overlap and repeat, in one line: spans in order, no two of them overlapping, neighbours of one
 * status joined. Holes up to the tolerance are closed.
 */
export function inOneLine(windows: readonly Span[], tolerance = TOLERANCE): Span[] {
  const cuts = [...new Set(windows.flatMap(({ from, to }) => [from, to]))].sort((left, right) => left - right);
  const ordered = windows.toSorted((left, right) => left.from - right.from);
  const line: { from: number; to: number; status: CoverageStatus }[] = [];
  let open: Span[] = [];
  let next = 0;
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1];
    if (to === undefined) break;
    while (next < ordered.length && (ordered[next]?.from ?? Infinity) <= from) open.push(ordered[next++] as Span);
    open = open.filter((window) => window.to > from);
    if (open.length === 0) continue;
    const { status } = open.reduce((best, window) => (RANK[window.status] > RANK[best.status] ? window : best));
    const last = line.at(-1);
    if (last !== undefined && from - last.to <= tolerance) {
      if (last.status === status) {
        last.to = to;
        continue;
      }
      last.to = from;
    }
    line.push({ from, to, status });
  }
  return line;
}

/** The holes between spans that stand in one line. */
export function holesIn(line: readonly Span[], tolerance = TOLERANCE): Stretch[] {
  const holes: Stretch[] = [];
  for (const [index, { to: from }] of line.entries()) {
    const to = line[index + 1]?.from;
    if (to !== undefined && to - from > tolerance) holes.push({ from, to });
  }
  return holes;
}
