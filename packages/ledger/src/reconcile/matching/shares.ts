import type { MatchGroup, RecordCandidate, RowCandidate } from "./match-candidates.ts";

/** How much of a record stands against a row. */
export interface Share {
  readonly row: RowCandidate;
  readonly record: RecordCandidate;
  readonly amount: bigint;
}

/**
 * Spreads the records of a group over its rows, in order, so that each row stands against exactly what the records have
 * for it. When the sums differ, the difference stays with the last row (too little or too much against it); amounts in
 * different currencies are never compared, so there a row stands against its own amount.
 */
export function sharesOf(group: MatchGroup): readonly Share[] {
  const [first] = group.records;
  const last = group.rows.at(-1);
  if (first === undefined || last === undefined) return [];
  const foreign = group.records.some((record) => record.currency !== last.currency);
  if (foreign) return group.rows.map((row) => ({ row, record: first, amount: row.amount }));
  const shares: Share[] = [];
  const waiting = group.records.map((record) => ({ record, rest: record.amount }));
  let at = 0;
  for (const row of group.rows) {
    let open = row.amount;
    for (; at < waiting.length; at += 1) {
      const next = waiting[at];
      if (next === undefined) break;
      const amount = row === last || next.rest <= open ? next.rest : open;
      if (amount > 0n || next.record.amount === 0n) shares.push({ row, record: next.record, amount });
      next.rest -= amount;
      open -= amount;
      if (next.rest > 0n) break;
    }
    if (!shares.some((share) => share.row === row)) {
      const record = group.records.at(-1) ?? first;
      shares.push({ row, record, amount: 0n });
    }
  }
  return shares;
}
