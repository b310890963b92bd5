import { DAY } from "@amazon-pay-kit/money";
import { reportKindOf } from "@amazon-pay-kit/reports";
import { inChunks } from "../../store/chunks.ts";
import { businessDaysAfter } from "../deposits/business-days.ts";
import type { Step } from "../step/step.ts";
import { message } from "../../rules/index.ts";
import { type Cause, type Symptom, timeOf, valueOf } from "./cause.ts";

interface Span {
  from: number;
  to: number;
  readonly heads: Symptom[];
  /** The settlement before it. */
  readonly before: Set<string>;
}

/** What tells best that a settlement is lost. */
const HEADS = ["report.quarantined", "row.unreadable", "report.missing", "report.late", "settlement.gap"];

async function windowsOfFiles(step: Step): Promise<ReadonlyMap<number, { from: number; to: number }>> {
  const rows = await step.db
    .selectFrom("report_file as d")
    .innerJoin("report as r", (join) =>
      join
        .onRef("r.account_id", "=", "d.account_id")
        .onRef("r.source", "=", "d.source")
        .onRef("r.report_id", "=", "d.report_id"),
    )
    .select(["d.file_id", "r.report_type", "r.window_start_at", "r.window_end_at"])
    .where("d.account_id", "=", step.accountId)
    .where("r.state", "=", "quarantined")
    .execute();
  return new Map(
    rows.flatMap((row) =>
      row.window_start_at === null || row.window_end_at === null || reportKindOf(row.report_type) !== "settlement"
        ? []
        : [[row.file_id, { from: row.window_start_at, to: row.window_end_at }] as const],
    ),
  );
}

/** The windows of files of which no row can be read. */
async function windowsOfUnreadable(
  step: Step,
  symptoms: readonly Symptom[],
): Promise<ReadonlyMap<number, { from: number | null; to: number | null }>> {
  const unreadable = symptoms.filter(({ code, settlementId }) => code === "row.unreadable" && settlementId === null);
  const rows = await inChunks(new Set(unreadable.map(({ fileId }) => fileId ?? 0)), (some) =>
    step.db
      .selectFrom("file")
      .select(["file_id", "window_start_at as from", "window_end_at as to"])
      .where("account_id", "=", step.accountId)
      .where("file_id", "in", [...some])
      .execute(),
  );
  return new Map(rows.map(({ file_id, from, to }) => [file_id, { from, to }]));
}

/** The times of which a settlement report is lost, each with what tells it. */
async function lostSpans(step: Step, symptoms: readonly Symptom[]): Promise<readonly Span[]> {
  const spans: Span[] = [];
  const files = await windowsOfFiles(step);
  const unreadable = await windowsOfUnreadable(step, symptoms);
  const add = (head: Symptom, from: number | null, to: number | null, before: string | null): void => {
    if (from === null || to === null || to <= from) return;
    spans.push({ from, to, heads: [head], before: new Set(before === null ? [] : [before]) });
  };
  for (const one of symptoms) {
    if (one.code === "settlement.gap") add(one, timeOf(one, "from"), timeOf(one, "to"), valueOf(one, "before"));
    else if (one.code === "report.missing" && valueOf(one, "report") === "settlement")
      add(one, timeOf(one, "from"), timeOf(one, "to"), null);
    else if (one.code === "report.quarantined") {
      const window = files.get(one.fileId ?? -1);
      if (window !== undefined) add(one, window.from, window.to, null);
    } else if (one.code === "row.unreadable" && one.settlementId === null) {
      const { from = null, to = null } = unreadable.get(one.fileId ?? -1) ?? {};
      add(one, from, to, null);
    }
  }
  const merged: Span[] = [];
  for (const span of spans.sort((left, right) => left.from - right.from)) {
    const last = merged.at(-1);
    if (last === undefined || span.from >= last.to) merged.push(span);
    else {
      last.to = Math.max(last.to, span.to);
      last.heads.push(...span.heads);
      for (const id of span.before) last.before.add(id);
    }
  }
  return merged;
}

/** After its settlement is made, a deposit may take twice its usual days before it is another one's. */
function arrivesBy(to: number, bankDays: number): number {
  return businessDaysAfter(to, bankDays * 2) + DAY;
}

/**
 * The span that a deposit is of. Each is paid out at its end: the last that ended within the bank days before it, else one in
 * which it lies, such as the second of two weeks, else one that it is late for.
 */
function paidFrom(one: Symptom, spans: readonly Span[], bankDays: number): Span | undefined {
  const day = timeOf(one, "day");
  if (day === null) return undefined;
  const ended = spans.findLast(({ to }) => to - DAY <= day);
  if (ended !== undefined && day <= businessDaysAfter(ended.to, bankDays) + DAY) return ended;
  const around = spans.find(({ from, to }) => day >= from && day <= to);
  return around ?? (ended !== undefined && day <= arrivesBy(ended.to, bankDays) ? ended : undefined);
}

function belongs(one: Symptom, span: Span, spans: readonly Span[], bankDays: number): boolean {
  switch (one.code) {
    case "capture.unsettled":
    case "refund.unsettled":
      return one.occurredAt !== null && one.occurredAt >= span.from && one.occurredAt <= span.to;
    case "bank.unknown-deposit":
      return paidFrom(one, spans, bankDays) === span;
    case "settlement.roll-forward":
      return one.settlementId !== null && span.before.has(one.settlementId);
    default:
      return false;
  }
}

/**
 * Refunds whose charge is nowhere, by the time of their settlement: it may be in a report that is lost. Own records would tell
 * of the charge, so that only an account without them is meant.
 */
async function orphansIn(step: Step, symptoms: readonly Symptom[]): Promise<ReadonlyMap<Symptom, number>> {
  const orphans = symptoms.filter(({ code, settlementId }) => code === "refund.orphan" && settlementId !== null);
  if (orphans.length === 0) return new Map();
  const records = await step.db
    .selectFrom("record")
    .select("record_id")
    .where("account_id", "=", step.accountId)
    .where("kind", "=", "charge")
    .limit(1)
    .execute();
  if (records.length > 0) return new Map();
  const found = await inChunks(new Set(orphans.map((one) => one.settlementId ?? "")), (some) =>
    step.db
      .selectFrom("settlement")
      .select(["settlement_id", "end_at"])
      .where("account_id", "=", step.accountId)
      .where("settlement_id", "in", [...some])
      .execute(),
  );
  const ends = new Map(found.map((row) => [row.settlement_id, row.end_at ?? 0]));
  return new Map(orphans.map((one) => [one, ends.get(one.settlementId ?? "") ?? 0]));
}

/** One lost settlement report: the gap, what it would have settled, what came back of it, and its deposit. */
export async function lostSettlements(step: Step, symptoms: readonly Symptom[]): Promise<readonly Cause[]> {
  const spans = await lostSpans(step, symptoms);
  const taken = new Set<Symptom>();
  const orphans = spans.length === 0 ? new Map<Symptom, number>() : await orphansIn(step, symptoms);
  const cameBack = (one: Symptom, { to }: Span): boolean => {
    const end = orphans.get(one);
    return end !== undefined && end >= to && end <= to + step.settings.refundHorizon;
  };
  return spans.map((span) => {
    const [head, ...heads] = span.heads.toSorted(
      (left, right) => HEADS.indexOf(left.code) - HEADS.indexOf(right.code),
    ) as [Symptom, ...Symptom[]];
    const members = symptoms.filter(
      (one) => !taken.has(one) && (belongs(one, span, spans, step.settings.bankDays) || cameBack(one, span)),
    );
    for (const one of members) taken.add(one);
    return {
      head,
      others: [...heads, ...members],
      explain: (codes, total) => message("cause.lost-report", { codes, total }),
    };
  });
}
