import type { Selectable } from "kysely";
import type { SettlementTable } from "../../store/schema/verdicts.ts";

/** A settlement as a link of the chain of one currency. Money in minor units. */
export interface Link {
  readonly settlementId: string;
  readonly currency: string;
  readonly fileId: number;
  readonly startAt: number | null;
  readonly endAt: number | null;
  /** Balance carried in, a negative Debt row included. */
  readonly carriedIn: bigint;
  /** The negative Debt row among it. */
  readonly debt: bigint;
  /** Sum of the net amounts: what is left when the reserve is held back. */
  readonly left: bigint;
  readonly released: bigint;
  /** Positive. */
  readonly held: bigint;
  /** The Transfer rows, negative; 0 without one. */
  readonly payout: bigint;
  readonly payoutAt: number | null;
}

/** A settlement as a link, by its own rows alone. */
export function linkOf(row: Selectable<SettlementTable>): Link {
  const implied = row.implied_minor;
  return {
    settlementId: row.settlement_id,
    currency: row.currency,
    fileId: row.file_id,
    startAt: row.start_at,
    endAt: row.end_at,
    carriedIn: row.opening_minor - row.released_minor - implied,
    debt: row.debt_minor,
    left: row.closing_minor + row.reserve_minor - implied,
    released: row.released_minor,
    held: -row.reserve_minor,
    payout: row.payout_minor,
    payoutAt: row.payout_at,
  };
}
