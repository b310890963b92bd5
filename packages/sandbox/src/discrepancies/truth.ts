import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { accountsOf } from "../settlement/account.ts";
import { bankStatement } from "../settlement/bank-statement.ts";
import { showMovement } from "../settlement/control/show-movement.ts";
import { showSettlement } from "../settlement/control/show-settlement.ts";
import type { Engine } from "../engine/engine.ts";
import { faultHits } from "../faults/fault-book.ts";
import { discrepancies, type Discrepancy } from "./discrepancy.ts";
import { discrepancyKind } from "./kinds/index.ts";

/** What the service knows about a merchant's money, as JSON: amounts as decimal texts, times in UTC. */
export interface Truth {
  readonly merchantId: string;
  /** Every movement, in order of posting; `settlementId` is null while its settlement runs. */
  readonly movements: readonly Readonly<Record<string, unknown>>[];
  readonly settlements: readonly Readonly<Record<string, unknown>>[];
  /** Settlements that run. */
  readonly running: readonly Readonly<Record<string, unknown>>[];
  readonly reports: readonly Readonly<Record<string, unknown>>[];
  /** Deposits that the bank has booked. */
  readonly bank: readonly Readonly<Record<string, unknown>>[];
  /** What was made wrong in reports and deposits, and what still waits. */
  readonly discrepancies: readonly Readonly<Record<string, unknown>>[];
  /** Calls that a fault was put into, of any merchant: who called is not known before the work. */
  readonly faults: readonly Readonly<Record<string, unknown>>[];
}

/** Everything that the sandbox knows about a merchant's money. */
export function truthOf(engine: Engine, merchantId: string): Truth {
  const movements = [...engine.state.movements.under("merchant", merchantId)];
  return {
    merchantId,
    movements: movements.map((movement) => showMovement(movement)),
    settlements: [...engine.state.settlements.under("merchant", merchantId)].map((one) => showSettlement(one)),
    running: accountsOf(engine, merchantId).map(({ environment, currency, startAt, openReserve, openCarryover }) => ({
      environment,
      currency,
      start: formatInstant(startAt),
      reserve: formatAmount(openReserve, currency),
      carryover: formatAmount(openCarryover, currency),
    })),
    reports: [...engine.state.reports.under("merchant", merchantId)].map((report) => ({
      reportId: report.reportId,
      environment: report.environment,
      reportType: report.reportType,
      start: formatInstant(report.startAt),
      end: formatInstant(report.endAt),
      created: formatInstant(report.createdAt),
      processingStatus: report.processingStatus,
    })),
    bank: bankStatement(engine, merchantId).map(({ amount, ...line }) => ({
      ...line,
      amount: formatAmount(amount, line.currency),
    })),
    discrepancies: [...discrepancies(engine).values()]
      .filter((one) => (one.injectedIn?.merchantId ?? one.merchantId ?? merchantId) === merchantId)
      .map((one) => showDiscrepancy(one)),
    faults: [...faultHits(engine).values()].map((hit) => ({ ...hit, at: formatInstant(hit.at) })),
  };
}

/** A discrepancy as the control plane shows it. */
export function showDiscrepancy(discrepancy: Discrepancy): Readonly<Record<string, unknown>> {
  const kind = discrepancyKind(discrepancy.kind);
  const { injectedIn, injectedAt } = discrepancy;
  const { minor, currency } = injectedIn ?? { minor: null, currency: null };
  return {
    discrepancyId: discrepancy.discrepancyId,
    kind: discrepancy.kind,
    status: discrepancy.status,
    merchantId: injectedIn?.merchantId ?? discrepancy.merchantId,
    asked: formatInstant(discrepancy.askedAt),
    injected: injectedAt === null ? null : formatInstant(injectedAt),
    what: discrepancy.what,
    leadsTo: kind?.leadsTo ?? [],
    mayFollow: kind?.mayFollow ?? [],
    reportId: injectedIn?.reportId ?? null,
    reportType: injectedIn?.reportType ?? discrepancy.reportType,
    settlementId: injectedIn?.settlementId ?? null,
    transactionId: injectedIn?.transactionId ?? null,
    line: injectedIn?.line ?? null,
    amount: minor === null || currency === null ? null : formatAmount(minor, currency),
    currency,
  };
}
