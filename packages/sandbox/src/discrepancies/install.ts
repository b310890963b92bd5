import type { Engine } from "../engine/engine.ts";
import { plantInDeposit, plantInDraft, plantInPlan } from "./inject.ts";

/** Listens for reports and payouts that a waiting discrepancy fits. */
export function installDiscrepancies(engine: Engine): void {
  engine.announcer.on("report.planned", ({ plan }) => plantInPlan(engine, plan));
  engine.announcer.on("report.drafted", ({ draft }) => plantInDraft(engine, draft));
  engine.announcer.on("settlement.closed", ({ settlement }) => plantInDeposit(engine, settlement));
}
