import type { Module } from "../module.ts";
import { reportsControl } from "./control/routes.ts";
import { serveDocument, storageRefusal } from "./documents/serve-document.ts";
import { DOCUMENT_PATH } from "./documents/signed-url.ts";
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

/** Report files, and the Reports API that lists, orders, schedules and delivers them. */
export const reportsModule: Module = {
  name: "reports",
  install({ engine }) {
    installReports(engine);
    return {
      routes: [
        {
          method: "GET",
          path: `${DOCUMENT_PATH}/:documentId`,
          refuse: storageRefusal,
          handle: (call, params) => serveDocument(engine, call, params["documentId"] ?? ""),
        },
      ],
      control: reportsControl(engine),
    };
  },
};
