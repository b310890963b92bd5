/** What the pages and tables of the faces show: read-only, paged on the server, fast on a ledger of any size. */
export { csvCell, csvLine } from "./csv-text.ts";
export { listAccounts, type AccountSummary } from "./accounts.ts";
export { listTransfers, type TransferView } from "./bank.ts";
export {
  countExceptions,
  getException,
  listExceptions,
  TO_DO,
  type ExceptionEventView,
  type ExceptionFilter,
  type ExceptionView,
} from "./exceptions.ts";
export * from "./explain/index.ts";
export { feesOverTime, type FeePoint } from "./fees.ts";
export { listOpenItems, type OpenItemFilter, type OpenItemView } from "./list-open-items.ts";
export { listAlerts, listCoverage, listReports, type CoverageView, type ReportView } from "./reports.ts";
export { ageing, AGE_GROUPS, listForecasts, type AgeGroup, type ForecastView } from "./open-items.ts";
export { listRowErrors, type RowErrorView } from "./row-errors.ts";
export { listSettlementRows, type SettlementRowView } from "./rows.ts";
export { searchRows } from "./search.ts";
export { serviceNow } from "./service-now.ts";
export {
  getSettlement,
  listSettlements,
  type SettlementDetail,
  type SettlementFilter,
  type SettlementPart,
  type SettlementSummary,
} from "./settlements.ts";
export {
  ViewError,
  type AccountFilter,
  type Page,
  type PageRequest,
  type ViewContext,
  type ViewErrorCode,
} from "./view.ts";
