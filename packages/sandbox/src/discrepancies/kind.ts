import type { Engine } from "../engine/engine.ts";
import type { KnownReportKind } from "@amazon-pay-kit/reports";
import type { ReportDraft, ReportPlan } from "../engine/objects/report.ts";
import type { Settlement } from "../engine/objects/index.ts";

/** What was made wrong: kept beside the truth. */
export interface Injected {
  /** In one sentence. */
  readonly what: string;
  /** Transaction that it is about. */
  readonly transactionId?: string | null;
  /** Row of the draft that it is about, after the change; its line is worked out from it. */
  readonly row?: ReportDraft["rows"][number];
  /** By how much the file is wrong, minor units. */
  readonly minor?: bigint;
  readonly currency?: string;
}

/** What a kind has in common with all others. */
interface KindFacts {
  readonly kind: string;
  /** What it does, in one sentence. */
  readonly does: string;
  /** Codes of exceptions that a reconciler must report. Empty: nothing is wrong, and nothing must be reported. */
  readonly leadsTo: readonly string[];
  /** Codes that may follow from the same cause. */
  readonly mayFollow: readonly string[];
}

/** Changes the contents of a report before it is written. */
export interface DraftKind extends KindFacts {
  readonly stage: "contents";
  /** Reports that it can be put into. */
  readonly reports: readonly KnownReportKind[];
  /** @returns null when this report has nothing that could be made wrong in this way; the next one may */
  readonly inject: (engine: Engine, draft: ReportDraft) => Injected | null;
}

/** Changes whether and when a report comes. */
export interface PlanKind extends KindFacts {
  readonly stage: "making";
  readonly inject: (engine: Engine, plan: ReportPlan) => Injected | null;
}

/** Changes what the bank books. */
export interface BankKind extends KindFacts {
  readonly stage: "bank";
  readonly inject: (engine: Engine, settlement: Settlement) => Injected | null;
}

/** Changes what goes over the wire, and not the report. */
export interface DeliveryKind extends KindFacts {
  readonly stage: "delivery";
  /** @returns the Content-MD5 to send in place of the right one */
  readonly checksum: (right: string) => string;
}

/** A way in which a report, its making, its delivery or a deposit can be wrong. */
export type DiscrepancyKind = DraftKind | PlanKind | BankKind | DeliveryKind;
