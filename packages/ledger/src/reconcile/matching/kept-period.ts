import { DAY } from "@amazon-pay-kit/money";
import type { Kept } from "../settings.ts";
import type { Step } from "../step/step.ts";
import type { MatchKind } from "./match-candidates.ts";

/** A stretch of time, both ends included. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const EVER: Period = { from: 0, to: Number.MAX_SAFE_INTEGER };

/**
 * First and last moment of the import of a record: an export of orders that has one refund would have had the others of its time
 * too.
 */
async function spanOfImport(step: Step, importId: number): Promise<{ from: number; to: number }> {
  const row = await step.db
    .selectFrom("record")
    .select(({ fn }) => [fn.min<number>("occurred_at").as("from"), fn.max<number>("occurred_at").as("to")])
    .where("account_id", "=", step.accountId)
    .where("import_id", "=", importId)
    .executeTakeFirstOrThrow();
  return { from: Number(row.from), to: Number(row.to) };
}

/**
 * The time for which an account keeps records of a kind: from a day before its first to a day after its last, or as far as the
 * imports of these two reach. Rows outside it say nothing when they have no record; without any record there is no such time.
 */
export async function keptPeriod(step: Step, kind: MatchKind, kept: Kept): Promise<Period | null> {
  if (kept === "ignored") return null;
  if (kept === "required") return EVER;
  const [first, last] = await Promise.all(
    (["asc", "desc"] as const).map((direction) =>
      step.db
        .selectFrom("record")
        .select(["occurred_at", "import_id"])
        .where("account_id", "=", step.accountId)
        .where("kind", "=", kind)
        .orderBy("occurred_at", direction)
        .limit(1)
        .executeTakeFirst(),
    ),
  );
  if (first === undefined || last === undefined) return null;
  const [earliest, latest] = [await spanOfImport(step, first.import_id), await spanOfImport(step, last.import_id)];
  return {
    from: Math.min(first.occurred_at, earliest.from) - DAY,
    to: Math.max(last.occurred_at, latest.to) + DAY,
  };
}

/** Whether a time lies in a period. */
export function within(period: Period | null, time: number): boolean {
  return period !== null && time >= period.from && time <= period.to;
}

/** The parts of a period that were not in another one. */
export function newParts(period: Period | null, before: Period | null): readonly Period[] {
  if (period === null) return [];
  if (before === null || before.to < period.from || before.from > period.to) return [period];
  const parts: Period[] = [];
  if (period.from < before.from) parts.push({ from: period.from, to: before.from - 1 });
  if (period.to > before.to) parts.push({ from: before.to + 1, to: period.to });
  return parts;
}
