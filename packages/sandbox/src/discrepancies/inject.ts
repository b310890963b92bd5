import type { Engine } from "../engine/engine.ts";
import type { Settlement } from "../engine/objects/index.ts";
import { lineOfRow, type ReportDraft, type ReportPlan } from "../engine/objects/report.ts";
import { reportTypeFacts } from "../reports/report-types.ts";
import { discrepancies, type Discrepancy } from "./discrepancy.ts";
import { DiscrepancyError } from "./discrepancy-error.ts";
import type { DiscrepancyKind, Injected } from "./kind.ts";
import { DISCREPANCY_KINDS, discrepancyKind } from "./kinds/index.ts";

/** A request for a discrepancy. */
export interface DiscrepancySpec {
  /** See {@link DISCREPANCY_KINDS}. */
  readonly kind: string;
  /** Default: the next report of any merchant. */
  readonly merchantId?: string;
  /** Default: settlements, for kinds that concern them; else any report that it fits. */
  readonly reportType?: string;
}

/**
 * Makes the next report that it fits wrong in one way. Each report takes one discrepancy at most; several that wait go
 * into one report after the other.
 *
 * @throws DiscrepancyError for a kind, merchant or report type that does not exist, and for a type that the kind cannot change
 */
export function requestDiscrepancy(engine: Engine, spec: DiscrepancySpec): Discrepancy {
  const kind = discrepancyKind(spec.kind);
  if (kind === undefined) {
    const known = DISCREPANCY_KINDS.map((one) => one.kind).join(", ");
    throw new DiscrepancyError("discrepancy.kind", `kind: expected one of ${known}`);
  }
  if (spec.merchantId !== undefined && engine.state.merchants.get(spec.merchantId) === undefined) {
    throw new DiscrepancyError("discrepancy.merchant", "merchantId: there is no such merchant");
  }
  if (spec.reportType !== undefined) requireFit(kind, spec.reportType);
  const all = discrepancies(engine);
  const discrepancy: Discrepancy = {
    discrepancyId: `discrepancy-${all.size + 1}`,
    kind: kind.kind,
    merchantId: spec.merchantId ?? null,
    reportType: spec.reportType ?? null,
    askedAt: engine.now(),
    status: "waiting",
    injectedAt: null,
    what: null,
    injectedIn: null,
  };
  return all.put(discrepancy.discrepancyId, discrepancy);
}

function requireFit(kind: DiscrepancyKind, reportType: string): void {
  const facts = reportTypeFacts(reportType);
  const fits = facts !== undefined && (kind.stage === "contents" ? kind.reports.includes(facts.kind) : true);
  if (fits && (kind.stage === "contents" || kind.stage === "making")) return;
  throw new DiscrepancyError(
    "discrepancy.report-type",
    facts === undefined
      ? "reportType: is not a known report type"
      : `reportType: ${kind.kind} cannot be put into reports of this type`,
  );
}

/** Withdraws what still waits. @returns how many */
export function withdrawDiscrepancies(engine: Engine): number {
  let count = 0;
  for (const discrepancy of discrepancies(engine).values()) {
    if (discrepancy.status !== "waiting") continue;
    discrepancy.status = "withdrawn";
    discrepancies(engine).put(discrepancy.discrepancyId, discrepancy);
    count += 1;
  }
  return count;
}

/** Those that wait for something of this merchant, with their kinds, oldest first. */
export function* waitingFor(engine: Engine, merchantId: string): Generator<[Discrepancy, DiscrepancyKind]> {
  for (const discrepancy of discrepancies(engine).values()) {
    if (discrepancy.status !== "waiting") continue;
    if (discrepancy.merchantId !== null && discrepancy.merchantId !== merchantId) continue;
    const kind = discrepancyKind(discrepancy.kind);
    if (kind !== undefined) yield [discrepancy, kind];
  }
}

/** Plants the first that fits into the contents of a report. */
export function injectIntoDraft(engine: Engine, draft: ReportDraft): void {
  for (const [discrepancy, kind] of waitingFor(engine, draft.merchantId)) {
    if (kind.stage !== "contents" || !kind.reports.includes(draft.kind)) continue;
    if (discrepancy.reportType !== null && discrepancy.reportType !== draft.reportType) continue;
    const injected = kind.inject(engine, draft);
    if (injected === null) continue;
    const { merchantId, environment, reportId, reportType, settlementId } = draft;
    const line = injected.row === undefined ? null : lineOfRow(draft, draft.rows.indexOf(injected.row));
    note(engine, discrepancy, injected, { merchantId, environment, reportId, reportType, settlementId, line });
    return;
  }
}

/** Plants the first that fits into the making of a report; where no type is named, settlements are meant. */
export function injectIntoPlan(engine: Engine, plan: ReportPlan): void {
  for (const [discrepancy, kind] of waitingFor(engine, plan.merchantId)) {
    if (kind.stage !== "making") continue;
    if (discrepancy.reportType === null ? plan.cause !== "settlement" : discrepancy.reportType !== plan.reportType)
      continue;
    const injected = kind.inject(engine, plan);
    if (injected === null) continue;
    const { merchantId, environment, reportType, settlementId } = plan;
    note(engine, discrepancy, injected, {
      merchantId,
      environment,
      reportId: null,
      reportType,
      settlementId,
      line: null,
    });
    return;
  }
}

/** Plants the first that fits into the deposit of a settlement. */
export function injectIntoDeposit(engine: Engine, settlement: Settlement): void {
  const { merchantId, environment, settlementId } = settlement;
  for (const [discrepancy, kind] of waitingFor(engine, merchantId)) {
    if (kind.stage !== "bank") continue;
    const injected = kind.inject(engine, settlement);
    if (injected === null) continue;
    note(engine, discrepancy, injected, {
      merchantId,
      environment,
      reportId: null,
      reportType: null,
      settlementId,
      line: null,
    });
    return;
  }
}

/** The checksum that goes out with a report's bytes: another one where that was asked for. */
export function injectIntoDelivery(engine: Engine, report: Delivery): string {
  for (const [discrepancy, kind] of waitingFor(engine, report.merchantId)) {
    if (kind.stage !== "delivery") continue;
    const { merchantId, environment, reportId, reportType } = report;
    const where = { merchantId, environment, reportId, reportType, settlementId: null, line: null };
    note(engine, discrepancy, { what: "the checksum in the header is another one" }, where);
    return kind.checksum(report.contentMd5);
  }
  return report.contentMd5;
}

/** A report that goes out over MWS. */
export interface Delivery {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly reportId: string;
  readonly reportType: string;
  readonly contentMd5: string;
}

type Place = Pick<
  NonNullable<Discrepancy["injectedIn"]>,
  "merchantId" | "environment" | "reportId" | "reportType" | "settlementId" | "line"
>;

function note(engine: Engine, discrepancy: Discrepancy, injected: Injected, place: Place): void {
  discrepancy.status = "injected";
  discrepancy.injectedAt = engine.now();
  discrepancy.what = injected.what;
  discrepancy.injectedIn = {
    ...place,
    transactionId: injected.transactionId ?? null,
    minor: injected.minor ?? null,
    currency: injected.currency ?? null,
  };
  discrepancies(engine).put(discrepancy.discrepancyId, discrepancy);
}
