import type { Engine } from "../engine/engine.ts";
import type { Settlement } from "../engine/objects/index.ts";

/** A settlement that paid something out. */
export interface Disbursement {
  readonly settlement: Settlement;
  /** What the bank statement prints. */
  readonly referenceId: string;
  readonly amount: bigint;
  readonly at: number;
}

/** Payouts of a merchant, in order of settlement. */
export function disbursementsOf(engine: Engine, merchantId: string): Disbursement[] {
  const found: Disbursement[] = [];
  for (const settlement of engine.state.settlements.under("merchant", merchantId)) {
    const { disbursementReferenceId, transferredAt, transferred } = settlement;
    if (disbursementReferenceId === null || transferredAt === null) continue;
    found.push({ settlement, referenceId: disbursementReferenceId, amount: transferred, at: transferredAt });
  }
  return found;
}
