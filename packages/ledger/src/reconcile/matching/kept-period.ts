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

/** First and last moment of the records of a kind. */
async function spanOf(step: Step, kind: MatchKind): Promise<Period | null> {
  const [first, last] = await Promise.all(
    (["asc", "desc"] as const).map((direction) =>
      step.db
        .selectFrom("record")
        .select("occurred_at")
        .where("account_id", "=", step.accountId)
        .where("kind", "=", kind)
        .orderBy("occurred_at", direction)
        .limit(1)
        .executeTakeFirst(),
    ),
  );
  return first === undefined || last === undefined ? null : { from: first.occurred_at, to: last.occurred_at };
}

/**
 * The time for which an account keeps records of a kind. Rows outside it say nothing when they have no record; without any
 * record of the kind there is no such time. It depends on the records alone, never on the files that brought them: the same
 * records have to give the same verdicts, however they were divided.
 *
 * Charges are kept from a day before the first to a day after the last. Refunds are rare: who keeps any keeps them for the
 * time of the charges too, so that one before the first or after the last own refund is missed by nobody.
 */
export async function keptPeriod(step: Step, kind: MatchKind, kept: Kept): Promise<Period | null> {
  if (kept === "ignored") return null;
  if (kept === "required") return EVER;
  const own = await spanOf(step, kind);
  if (own === null) return null;
  const charges = kind === "refund" ? await spanOf(step, "charge") : null;
  return {
    from: Math.min(own.from, charges?.from ?? own.from) - DAY,
    to: Math.max(own.to, charges?.to ?? own.to) + DAY,
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
