import type { Engine } from "../engine/engine.ts";
import { reportDays } from "./making/daily-reports.ts";
import { handleReports } from "./making/report-clock.ts";
import { reportOnSchedule } from "./making/scheduled-reports.ts";
import { reportSettlements } from "./making/settlement-reports.ts";

/** Begins to make reports: with every settlement, every midnight, by schedule and on order. */
export function installReports(engine: Engine): void {
  handleReports(engine);
  reportSettlements(engine);
  reportDays(engine);
  reportOnSchedule(engine);
}
