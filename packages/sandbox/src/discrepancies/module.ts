import type { Module } from "../module.ts";
import { discrepancyControl } from "./control/routes.ts";
import type { Engine } from "../engine/engine.ts";
import { injectIntoDeposit, injectIntoDraft, injectIntoPlan } from "./inject.ts";

/** Listens for reports and payouts that a waiting discrepancy fits. */
export function installDiscrepancies(engine: Engine): void {
  engine.bus.on("report.planned", ({ plan }) => injectIntoPlan(engine, plan));
  engine.bus.on("report.drafted", ({ draft }) => injectIntoDraft(engine, draft));
  engine.bus.on("settlement.closed", ({ settlement }) => injectIntoDeposit(engine, settlement));
}

/** Reports that are wrong on request, and the truth that they are held against. */
export const discrepanciesModule: Module = {
  name: "discrepancies",
  install({ engine }) {
    installDiscrepancies(engine);
    return { control: discrepancyControl(engine) };
  },
};
