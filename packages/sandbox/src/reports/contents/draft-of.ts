import { digits } from "@amazon-pay-kit/sdk/random";
import { wholeSecond } from "../../settlement/periods/running-period.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Movement, Report } from "../../engine/objects/index.ts";
import type { ReportDraft } from "../../engine/objects/report-draft.ts";
import { reportTypeFacts } from "../report-types.ts";
import { reportsSettings, writeOptions } from "../settings.ts";
import { authorizationRows, captureRows } from "./charge-rows.ts";
import { multiCurrencyRows } from "./multi-currency-rows.ts";
import { billingAgreementRows, orderReferenceRows } from "./permission-rows.ts";
import { refundRows } from "./refund-rows.ts";
import { sandboxSettlementRows } from "./sandbox-settlement.ts";
import { settlementRows } from "./settlement-rows.ts";
import type { Window } from "./window.ts";
import type { DraftRow } from "../../engine/objects/report-draft.ts";

type Source = (engine: Engine, window: Window) => DraftRow[];

/** Where the rows of each transaction report come from. */
const SOURCES: Readonly<Record<string, Source>> = {
  __proto__: null as never,
  "order-reference": orderReferenceRows,
  "billing-agreement": billingAgreementRows,
  authorization: authorizationRows,
  capture: captureRows,
  refund: refundRows,
  "multi-currency": multiCurrencyRows,
};

/** The rows of a transaction report. */
export function transactionRows(engine: Engine, kind: string, window: Window): DraftRow[] {
  return SOURCES[kind]?.(engine, window) ?? [];
}

/**
 * The contents of a report as the truth has them.
 *
 * @param settlementId of the settlement that the report is about; null for reports over a stretch of time
 */
export function draftOf(engine: Engine, report: Report, settlementId: string | null): ReportDraft {
  const facts = reportTypeFacts(report.reportType);
  if (facts === undefined) throw new TypeError(`no report type ${report.reportType}`);
  const settings = reportsSettings(engine, report.merchantId);
  const { reportId, merchantId, environment, reportType, startAt, endAt } = report;
  const window: Window = { merchantId, environment, startAt, endAt, rowPerState: settings.rowPerState };
  const header =
    facts.kind === "settlement"
      ? { sellerId: merchantId, settlementStartDate: wholeSecond(startAt), settlementEndDate: wholeSecond(endAt) }
      : {};
  return {
    reportId,
    merchantId,
    environment,
    reportType,
    kind: facts.kind,
    settlementId,
    header,
    rows: rowsFor(engine, facts.kind, window, settlementId),
    options: writeOptions(settings),
    damage: [],
  };
}

function rowsFor(engine: Engine, kind: string, window: Window, settlementId: string | null): DraftRow[] {
  if (kind !== "settlement") return transactionRows(engine, kind, window);
  if (settlementId === null) return sandboxSettlementRows(engine, window, `6${digits(engine.random, 9)}`);
  return settlementRows(movementsOf(engine, window.merchantId, settlementId), settlementId);
}

function movementsOf(engine: Engine, merchantId: string, settlementId: string): Movement[] {
  const found: Movement[] = [];
  for (const movement of engine.state.movements.under("merchant", merchantId)) {
    if (movement.settlementId === settlementId) found.push(movement);
  }
  return found;
}
