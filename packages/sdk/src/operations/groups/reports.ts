import { createReportFields, listDisbursementsQuery, listReportsQuery } from "../fields/reports.ts";
import { startBeforeEnd, tokenStandsAlone } from "../fields/rules.ts";
import { operation } from "../operation.ts";

export const getReports = operation("getReports", "GET", "/reports", [200], {
  query: listReportsQuery,
  rules: [tokenStandsAlone],
});

export const getReportById = operation("getReportById", "GET", "/reports/{reportId}", [200]);

export const getReportDocument = operation("getReportDocument", "GET", "/report-documents/{reportDocumentId}", [200]);

export const createReport = operation("createReport", "POST", "/reports", [201], {
  body: createReportFields,
  rules: [startBeforeEnd],
});

export const getDisbursements = operation("getDisbursements", "GET", "/disbursements", [200], {
  query: listDisbursementsQuery,
  rules: [tokenStandsAlone],
});
