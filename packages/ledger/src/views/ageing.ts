import { DAY } from "@amazon-pay-kit/money";
import { scopeOf, type AccountFilter, type ViewContext } from "./view.ts";

/** The age groups that finance people use, in days; the last has no end. */
export const AGE_GROUPS = [
  { name: "0-7", from: 0, to: 7 },
  { name: "8-15", from: 8, to: 15 },
  { name: "16-30", from: 16, to: 30 },
  { name: "30+", from: 31, to: null },
] as const;

/** One of {@link AGE_GROUPS}. */
type AgeBounds = (typeof AGE_GROUPS)[number];

/**
 * Between which moments the items of a group have occurred: up to the first, after the second. An item is n days old until it
 * has been for n + 1 days; what carries a later time than now is new.
 */
export function ageBounds({ from, to }: AgeBounds, now: number): { readonly upTo?: number; readonly after?: number } {
  return {
    ...(from > 0 && { upTo: now - from * DAY }),
    ...(to !== null && { after: now - (to + 1) * DAY }),
  };
}

/** Unsettled items of one kind, currency and age. */
export interface AgeGroup {
  /** `charge` or `refund`. */
  readonly kind: string;
  readonly currency: string;
  /** Name of one of {@link AGE_GROUPS}. */
  readonly group: string;
  readonly count: number;
  /** Positive for both kinds. */
  readonly amountMinor: bigint;
}

/** Charges and refunds that are in no settlement yet, grouped by age. Empty groups are left out. */
export async function ageing(
  context: ViewContext,
  request: AccountFilter & { readonly now: number },
): Promise<readonly AgeGroup[]> {
  const scope = await scopeOf(context, request);
  const groups: AgeGroup[] = [];
  for (const group of AGE_GROUPS) {
    const { upTo, after } = ageBounds(group, request.now);
    let query = context.store.db
      .selectFrom("open_item")
      .select((eb) => [
        "kind",
        "currency",
        eb.fn.countAll<number>().as("count"),
        eb.fn.sum<bigint>("amount_minor").as("amount_minor"),
      ])
      .where(scope.of());
    if (upTo !== undefined) query = query.where("occurred_at", "<=", upTo);
    if (after !== undefined) query = query.where("occurred_at", ">", after);
    const rows = await query.groupBy(["kind", "currency"]).orderBy("kind").orderBy("currency").execute();
    for (const row of rows)
      groups.push({
        kind: row.kind,
        currency: row.currency,
        group: group.name,
        count: row.count,
        amountMinor: row.amount_minor,
      });
  }
  return groups;
}
