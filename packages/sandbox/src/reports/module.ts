import type { Module } from "../module.ts";
import { reportsControl } from "./control/routes.ts";
import { serveDocument, storageRefusal } from "./documents/serve-document.ts";
import { DOCUMENT_PATH } from "./documents/signed-url.ts";
import { installReports } from "./install.ts";

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
