import { createReportFields, listDisbursementsQuery, listReportsQuery } from "../fields/reports.ts";
import { startBeforeEnd, tokenStandsAlone } from "../fields/rules.ts";
import type { Operation } from "../operation.ts";

/** Reference 3.20. */
export const getReports: Operation = {
  name: "getReports",
  method: "GET",
  path: "/reports",
  success: [200],
  idempotency: "none",
  query: listReportsQuery,
  rules: [tokenStandsAlone],
};

/** Reference 3.21. */
export const getReportById: Operation = {
  name: "getReportById",
  method: "GET",
  path: "/reports/{reportId}",
  success: [200],
  idempotency: "none",
};

/** Reference 3.22. */
export const getReportDocument: Operation = {
  name: "getReportDocument",
  method: "GET",
  path: "/report-documents/{reportDocumentId}",
  success: [200],
  idempotency: "none",
};

/** Reference 3.23. */
export const createReport: Operation = {
  name: "createReport",
  method: "POST",
  path: "/reports",
  success: [201],
  idempotency: "optional",
  body: createReportFields,
  rules: [startBeforeEnd],
};

/** Reference 3.28. */
export const getDisbursements: Operation = {
  name: "getDisbursements",
  method: "GET",
  path: "/disbursements",
  success: [200],
  idempotency: "none",
  query: listDisbursementsQuery,
  rules: [tokenStandsAlone],
};
