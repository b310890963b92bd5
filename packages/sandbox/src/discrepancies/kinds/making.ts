import { HOUR } from "@amazon-pay-kit/money";
import type { ReportPlan } from "../../engine/objects/report.ts";
import type { PlanKind } from "../kind.ts";
import { WITHOUT_SETTLEMENT } from "./without-settlement.ts";

/** Generation is sometimes delayed, by a day at most. */
const LATE_BY = 20 * HOUR;

/** Reports that nobody ordered by hand: an order that vanishes would be an error of the call. */
const automatic = (plan: ReportPlan): boolean => plan.cause !== "order";

/** Reports that come late, fail or never come. */
export const MAKING_KINDS: readonly PlanKind[] = [
  {
    kind: "drop-report",
    does: "never makes a report that is due",
    stage: "making",
    leadsTo: ["report.missing"],
    mayFollow: WITHOUT_SETTLEMENT,
    inject: (_engine, plan) => {
      if (!automatic(plan)) return null;
      plan.dropped = true;
      return { what: "the report is never made" };
    },
  },
  {
    kind: "late-report",
    does: "makes a report twenty hours late, so that it is dated a day after its data",
    stage: "making",
    leadsTo: ["report.late"],
    mayFollow: WITHOUT_SETTLEMENT,
    inject: (_engine, plan) => {
      if (!automatic(plan)) return null;
      plan.delayMillis = LATE_BY;
      return { what: "the report is made twenty hours late" };
    },
  },
  {
    kind: "failed-report",
    does: "ends the processing of a report as FAILED",
    stage: "making",
    leadsTo: ["report.missing"],
    mayFollow: WITHOUT_SETTLEMENT,
    inject: (_engine, plan) => {
      plan.failed = true;
      return { what: "the report fails" };
    },
  },
];
