import { DAY, HOUR } from "@amazon-pay-kit/money";
import { type ReportKind, reportKindOf } from "@amazon-pay-kit/reports";
import type { Kysely } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import { firstUnreported, hasEvidence, windowsWithMoney } from "./evidence.ts";
import { holesIn, inOneLine, type Span, type Stretch } from "./span.ts";
import type { ReportWindow } from "./windows.ts";

/** When a report counts as late or missing. */
export interface CoverageSettings {
  /** How long after the end of its window a report may still come without being late. Default 27 hours: delays of a day occur. */
  readonly lateAfterMillis?: number;
  /** How long after that it counts as missing rather than late. Default two days. */
  readonly missingAfterMillis?: number;
}

/** What judging needs to know. */
export interface Judging extends Required<CoverageSettings> {
  readonly db: Kysely<Schema>;
  readonly accountId: string;
  readonly now: number;
}

export const LATE_AFTER = 27 * HOUR;
export const MISSING_AFTER = 2 * DAY;

/** This many windows make a rhythm. */
const RHYTHM = 3;

function spanOf(judging: Judging, window: ReportWindow): Span | null {
  const { from, to } = window;
  switch (window.state) {
    case "loaded":
    case "linked":
      return { from, to, status: "complete" };
    case "no-data":
      return { from, to, status: "no-data" };
    case "failed":
    case "quarantined":
      return { from, to, status: "missing" };
    case "withdrawn":
      return null;
    case "listed":
    case "in-progress":
    case "archived":
      // Somebody may ask today for a report about last year: it is late when it takes long, not because it is old.
      return judging.now - Math.max(to, window.createdAt ?? to) > judging.lateAfterMillis
        ? { from, to, status: "late" }
        : null;
  }
}

/** By how long it is overdue, something that was due at the end of a stretch is late, or missing, or neither yet. */
function overdue(judging: Judging, end: number): "late" | "missing" | null {
  const waited = judging.now - end - judging.lateAfterMillis;
  if (waited <= 0) return null;
  return waited > judging.missingAfterMillis ? "missing" : "late";
}

/**
 * How long the windows of a type usually are; `null` where they follow no rhythm, as with reports that somebody asks for
 * now and then.
 */
export function rhythmOf(windows: readonly Stretch[]): number | null {
  const distinct = new Map(windows.map((window) => [`${window.from} ${window.to}`, window]));
  const lengths = [...distinct.values()].map(({ from, to }) => to - from).sort((left, right) => left - right);
  const median = lengths[Math.floor(lengths.length / 2)];
  if (median === undefined || lengths.length < RHYTHM) return null;
  const regular = lengths.filter((length) => length > median / 2 && length < median * 2).length;
  return regular * 2 > lengths.length ? median : null;
}

async function settlementGap(judging: Judging, hole: Stretch): Promise<Span | null> {
  const status = overdue(judging, hole.to);
  return status === null ? null : { ...hole, status };
}

/**
 * The settlements that should have closed after the last one, up to now: not only the first of them, since what has not come
 * for a month is a month. Without any activity there is none.
 */
async function settlementTail(judging: Judging, last: number, rhythm: number | null): Promise<readonly Span[]> {
  if (rhythm === null) return [];
  const { db, accountId, now, lateAfterMillis, missingAfterMillis } = judging;
  /** The end of the last window that was over before a moment. */
  const endBefore = (moment: number): number => last + Math.max(0, Math.ceil((moment - last) / rhythm) - 1) * rhythm;
  const due = endBefore(now - lateAfterMillis);
  if (due === last) return [];
  const active = await windowsWithMoney(db, accountId, { from: last, to: due, length: rhythm });
  if (active !== null) {
    return active.flatMap(({ from, to }) => {
      const status = overdue(judging, to);
      return status === null ? [] : [{ from, to, status }];
    });
  }
  const missing = endBefore(now - lateAfterMillis - missingAfterMillis);
  const spans: readonly Span[] = [
    { from: last, to: missing, status: "missing" },
    { from: missing, to: due, status: "late" },
  ];
  return spans.filter(({ from, to }) => to > from);
}

/** A stretch without a transaction report: such reports are made only for days on which something happened. */
async function quietStretch(judging: Judging, kind: ReportKind, hole: Stretch, rhythm: number): Promise<Span | null> {
  const first = await firstUnreported(judging.db, judging.accountId, kind, hole);
  if (first === null) return { ...hole, status: "no-data" };
  const status = overdue(judging, first + rhythm);
  return status === null ? null : { ...hole, status };
}

/** Puts the windows of one report type in a line and judges what lies between and after them. */
export async function judgeType(
  judging: Judging,
  reportType: string,
  windows: readonly ReportWindow[],
): Promise<Span[]> {
  const known = windows.map((window) => spanOf(judging, window)).filter((span) => span !== null);
  const line = inOneLine(known);
  const last = line.at(-1)?.to;
  if (last === undefined) return line;
  const kind = reportKindOf(reportType);
  const rhythm = rhythmOf(windows);
  const found: (Span | null)[] = [];
  if (kind === "settlement") {
    for (const hole of holesIn(line)) found.push(await settlementGap(judging, hole));
    found.push(...(await settlementTail(judging, last, rhythm)));
  } else if (rhythm !== null && hasEvidence(kind)) {
    for (const hole of holesIn(line)) found.push(await quietStretch(judging, kind, hole, rhythm));
    const tail = await quietStretch(judging, kind, { from: last, to: Math.max(last, judging.now) }, rhythm);
    if (tail !== null && tail.status !== "no-data") found.push(tail);
  }
  return inOneLine([...line, ...found.filter((span) => span !== null)]);
}
