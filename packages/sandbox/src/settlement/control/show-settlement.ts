import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import type { Settlement } from "../../engine/objects/index.ts";

/** A settlement as the control plane shows it: amounts as decimal texts, times in UTC. */
export function showSettlement(settlement: Settlement): Readonly<Record<string, unknown>> {
  const { currency, transferredAt } = settlement;
  return {
    settlementId: settlement.settlementId,
    environment: settlement.environment,
    currency,
    start: formatInstant(settlement.startAt),
    end: formatInstant(settlement.endAt),
    opening: formatAmount(settlement.opening, currency),
    transferred: formatAmount(settlement.transferred, currency),
    reserved: formatAmount(settlement.reserved, currency),
    debt: formatAmount(settlement.debt, currency),
    carryover: formatAmount(settlement.carryover, currency),
    amazonDisbursementReferenceId: settlement.disbursementReferenceId,
    transferredAt: transferredAt === null ? null : formatInstant(transferredAt),
    reportId: settlement.reportId,
  };
}
