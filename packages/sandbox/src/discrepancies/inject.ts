import type { Engine } from "../engine/engine.ts";
import type { Settlement } from "../engine/objects/index.ts";
import { lineOfRow, type ReportDraft, type ReportPlan } from "../engine/objects/report-draft.ts";
import { reportTypeFacts } from "../reports/report-types.ts";
import { discrepancies, type Discrepancy } from "./discrepancy.ts";
import { DiscrepancyError } from "./discrepancy-error.ts";
import type { DiscrepancyKind, Planted } from "./kind.ts";
import { DISCREPANCY_KINDS, discrepancyKind } from "./kinds/index.ts";

/** A request for a discrepancy. */
export interface DiscrepancyWish {
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
export function askForDiscrepancy(engine: Engine, wish: DiscrepancyWish): Discrepancy {
  const kind = discrepancyKind(wish.kind);
  if (kind === undefined) {
    const known = DISCREPANCY_KINDS.map((one) => one.kind).join(", ");
    throw new DiscrepancyError("discrepancy.kind", `kind: expected one of ${known}`);
  }
  if (wish.merchantId !== undefined && engine.state.merchants.get(wish.merchantId) === undefined) {
    throw new DiscrepancyError("discrepancy.merchant", "merchantId: there is no such merchant");
  }
  if (wish.reportType !== undefined) requireFit(kind, wish.reportType);
  const all = discrepancies(engine);
  const discrepancy: Discrepancy = {
    discrepancyId: `discrepancy-${all.size + 1}`,
    kind: kind.kind,
    merchantId: wish.merchantId ?? null,
    reportType: wish.reportType ?? null,
    askedAt: engine.now(),
    status: "waiting",
    plantedAt: null,
    what: null,
    plantedIn: null,
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
export function plantInDraft(engine: Engine, draft: ReportDraft): void {
  for (const [discrepancy, kind] of waitingFor(engine, draft.merchantId)) {
    if (kind.stage !== "contents" || !kind.reports.includes(draft.kind)) continue;
    if (discrepancy.reportType !== null && discrepancy.reportType !== draft.reportType) continue;
    const planted = kind.plant(engine, draft);
    if (planted === null) continue;
    const { merchantId, environment, reportId, reportType, settlementId } = draft;
    const line = planted.row === undefined ? null : lineOfRow(draft, draft.rows.indexOf(planted.row));
    note(engine, discrepancy, planted, { merchantId, environment, reportId, reportType, settlementId, line });
    return;
  }
}

/** Plants the first that fits into the making of a report; where no type is named, settlements are meant. */
export function plantInPlan(engine: Engine, plan: ReportPlan): void {
  for (const [discrepancy, kind] of waitingFor(engine, plan.merchantId)) {
    if (kind.stage !== "making") continue;
    if (discrepancy.reportType === null ? plan.cause !== "settlement" : discrepancy.reportType !== plan.reportType)
      continue;
    const planted = kind.plant(engine, plan);
    if (planted === null) continue;
    const { merchantId, environment, reportType, settlementId } = plan;
    note(engine, discrepancy, planted, {
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
export function plantInDeposit(engine: Engine, settlement: Settlement): void {
  const { merchantId, environment, settlementId } = settlement;
  for (const [discrepancy, kind] of waitingFor(engine, merchantId)) {
    if (kind.stage !== "bank") continue;
    const planted = kind.plant(engine, settlement);
    if (planted === null) continue;
    note(engine, discrepancy, planted, {
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
export function plantInDelivery(engine: Engine, report: Delivery): string {
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
  NonNullable<Discrepancy["plantedIn"]>,
  "merchantId" | "environment" | "reportId" | "reportType" | "settlementId" | "line"
>;

function note(engine: Engine, discrepancy: Discrepancy, planted: Planted, place: Place): void {
  discrepancy.status = "planted";
  discrepancy.plantedAt = engine.now();
  discrepancy.what = planted.what;
  discrepancy.plantedIn = {
    ...place,
    transactionId: planted.transactionId ?? null,
    minor: planted.minor ?? null,
    currency: planted.currency ?? null,
  };
  discrepancies(engine).put(discrepancy.discrepancyId, discrepancy);
}
