import type { Stretch } from "../coverage/span.ts";
import type { Step } from "../step/step.ts";
import type { Link } from "./link.ts";

/**
 * Stretches that settlements without a row in a currency cover: files with no row at all and, where files of this account
 * hold several currencies, the settlements of the others. Where every file has one currency, each currency has settlements
 * of its own, and those of another say nothing.
 */
export async function coverageGapsOf(
  step: Step,
  links: readonly Link[],
): Promise<(currency: string) => readonly Stretch[]> {
  const empty = await step.db
    .selectFrom("file")
    .select(["window_start_at as from", "window_end_at as to"])
    .where("account_id", "=", step.accountId)
    .where("kind", "=", "settlement")
    .where("loaded_at", "is not", null)
    .where("row_count", "=", 0)
    .where("error_count", "=", 0)
    .execute();
  const currencyOf = new Map<number, string>();
  let mixed = false;
  for (const { fileId, currency } of links) {
    mixed ||= (currencyOf.get(fileId) ?? currency) !== currency;
    currencyOf.set(fileId, currency);
  }
  const stretch = ({ from, to }: { from: number | null; to: number | null }): Stretch[] =>
    from === null || to === null ? [] : [{ from, to }];
  return (currency) => [
    ...empty.flatMap(stretch),
    ...(mixed ? links : [])
      .filter((link) => link.currency !== currency)
      .flatMap(({ startAt, endAt }) => stretch({ from: startAt, to: endAt })),
  ];
}

/** Whether stretches lead over a gap, give or take the tolerance between each and the next. */
export function isBridged(gap: Stretch, gaps: readonly Stretch[], tolerance: number): boolean {
  let reached = gap.from;
  for (const { from, to } of gaps.toSorted((left, right) => left.from - right.from)) {
    if (from > reached + tolerance) break;
    reached = Math.max(reached, to);
  }
  return reached + tolerance >= gap.to;
}
