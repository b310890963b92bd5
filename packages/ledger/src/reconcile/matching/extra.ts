import { groupBy } from "../../group-by.ts";

/** A row that shares its transaction id with another one. */
export interface Twin {
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

function direction(twin: Twin): string {
  return twin.netMinor < 0n ? "-" : "+";
}

function byTime(left: Twin, right: Twin): number {
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
export function surplusOf(twins: readonly Twin[]): readonly { readonly twin: Twin; readonly first: Twin }[] {
  const groups = groupBy(twins, (twin) => `${twin.transactionId} ${twin.typeKey} ${direction(twin)}`);
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group.toSorted(byTime);
    return first === undefined ? [] : others.map((twin) => ({ twin, first }));
  });
}
