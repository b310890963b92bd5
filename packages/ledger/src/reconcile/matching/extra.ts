import { groupBy } from "@amazon-pay-kit/backports";

/** A row that shares its transaction id with another one. */
export interface Duplicate {
  readonly fileId: number;
  readonly line: number;
  readonly contentHash: string;
  readonly settlementId: string;
  readonly transactionId: string;
  readonly postedAt: number;
  readonly type: string;
  readonly typeKey: string;
  readonly currency: string;
  readonly netMinor: bigint;
}

function direction(duplicate: Duplicate): string {
  return duplicate.netMinor < 0n ? "-" : "+";
}

function byTime(left: Duplicate, right: Duplicate): number {
  return (
    left.postedAt - right.postedAt ||
    (left.settlementId === right.settlementId ? 0 : left.settlementId < right.settlementId ? -1 : 1) ||
    left.line - right.line ||
    (left.contentHash < right.contentHash ? -1 : 1)
  );
}

/**
 * The rows that settle a transaction a second time: same id, same type, same direction, later than the first.
 * A reversal has the other direction; a dispute fee shares the id of its chargeback but has another type.
 */
export function extraOf(
  duplicates: readonly Duplicate[],
): readonly { readonly duplicate: Duplicate; readonly first: Duplicate }[] {
  const groups = groupBy(
    duplicates,
    (duplicate) => `${duplicate.transactionId} ${duplicate.typeKey} ${direction(duplicate)}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group.toSorted(byTime);
    return first === undefined ? [] : others.map((duplicate) => ({ duplicate, first }));
  });
}
