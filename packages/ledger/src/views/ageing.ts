import { accountIds, type AccountFilter, type ViewContext } from "./view.ts";

const DAY = 86_400_000;

/** The age groups that finance people use, in days; the last has no end. */
export const AGE_GROUPS = [
  { name: "0-7", from: 0, to: 7 },
  { name: "8-15", from: 8, to: 15 },
  { name: "16-30", from: 16, to: 30 },
  { name: "30+", from: 31, to: null },
] as const;

/** What waits to be settled, of one kind, currency and age. */
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

/** Charges and refunds that are in no settlement yet, by age. Groups without any are left out. */
export async function ageing(
  context: ViewContext,
  request: AccountFilter & { readonly now: number },
): Promise<readonly AgeGroup[]> {
  const accounts = await accountIds(context, request);
  const groups: AgeGroup[] = [];
  for (const { name, from, to } of AGE_GROUPS) {
    let query = context.store.db
      .selectFrom("open_item")
      .select((eb) => [
        "kind",
        "currency",
        eb.fn.countAll<number>().as("count"),
        eb.fn.sum<bigint>("amount_minor").as("amount_minor"),
      ])
      .where("account_id", "in", accounts);
    // An item is n days old until it has been for n + 1 days; what carries a later time than now is new.
    if (from > 0) query = query.where("occurred_at", "<=", request.now - from * DAY);
    if (to !== null) query = query.where("occurred_at", ">", request.now - (to + 1) * DAY);
    const rows = await query.groupBy(["kind", "currency"]).orderBy("kind").orderBy("currency").execute();
    for (const row of rows)
      groups.push({
        kind: row.kind,
        currency: row.currency,
        group: name,
        count: row.count,
        amountMinor: row.amount_minor,
      });
  }
  return groups;
}
