import { createReportFields, listDisbursementsQuery, listReportsQuery } from "../fields/reports.ts";
import { startBeforeEnd, tokenStandsAlone } from "../fields/rules.ts";
import type { Operation } from "../operation.ts";

export const getReports = {
  name: "getReports",
  method: "GET",
  path: "/reports",
  success: [200],
  idempotency: "none",
  query: listReportsQuery,
  rules: [tokenStandsAlone],
} as const satisfies Operation;

export const getReportById = {
  name: "getReportById",
  method: "GET",
  path: "/reports/{reportId}",
  success: [200],
  idempotency: "none",
} as const satisfies Operation;

export const getReportDocument = {
  name: "getReportDocument",
  method: "GET",
  path: "/report-documents/{reportDocumentId}",
  success: [200],
  idempotency: "none",
} as const satisfies Operation;

export const createReport = {
  name: "createReport",
  method: "POST",
  path: "/reports",
  success: [201],
  idempotency: "optional",
  body: createReportFields,
  rules: [startBeforeEnd],
} as const satisfies Operation;

export const getDisbursements = {
  name: "getDisbursements",
  method: "GET",
  path: "/disbursements",
  success: [200],
  idempotency: "none",
  query: listDisbursementsQuery,
  rules: [tokenStandsAlone],
} as const satisfies Operation;
