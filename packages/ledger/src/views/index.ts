/** What the pages and tables of the user interfaces show: read-only, paged on the server, fast on a ledger of any size. */
export { type AuditFilter, listAudit } from "./audit.ts";
export { monthStates, type MonthState } from "./closed-months.ts";
export { csvCell, csvLine } from "./csv-text.ts";
export { ageing, AGE_GROUPS, type AgeGroup } from "./ageing.ts";
export { listAlerts } from "./alerts.ts";
export { balancesAt, type BalanceAt, type TransferOnItsWay, type Unsettled } from "./balance-at.ts";
export { WORDS_AMONG, type BankLineFilter, type BankLineView, listBankLines } from "./bank-lines.ts";
export { pageStatements } from "./statements.ts";
export { type DepositSuggestion, type UnmatchedDeposits, unmatchedDeposits } from "./deposit-suggestions.ts";
export { accountsInTrouble, listCoverage, type CoverageView } from "./coverage.ts";
export {
  accountsLike,
  hasAccount,
  listAccountIds,
  listAccounts,
  pageAccounts,
  type AccountSummary,
} from "./accounts.ts";
export {
  countExceptions,
  getException,
  listExceptions,
  ACTIONABLE_STATUSES,
  type ExceptionEventView,
  EXCEPTION_ORDERS,
  type ExceptionFilter,
  type ExceptionSums,
  sumExceptions,
  type ExceptionView,
} from "./exceptions.ts";
export { type CauseOrder, type ExceptionCause, type ExceptionCauses, listCauses } from "./exception-causes.ts";
export * from "./explain/index.ts";
export { feesOverTime, type FeePoint, type FeeSum, sumFeesOverTime } from "./fees.ts";
export { feesByType, type TypeFees } from "./fees-by-type.ts";
export { listForecasts, pageForecasts, type ForecastView } from "./forecasts.ts";
export {
  listOpenItems,
  type OpenItemFilter,
  type OpenItemSums,
  type OpenItemView,
  sumOpenItems,
} from "./open-items.ts";
export { type PayoutSums, payoutSums } from "./payouts.ts";
export { listReports, type ReportView } from "./reports.ts";
export { listRowErrors, type RowErrorView } from "./row-errors.ts";
export { listSettlementRows, type SettlementRowView } from "./rows.ts";
export { sumRows, type RowSums } from "./row-sums.ts";
export { searchRows, type RowFilter } from "./search.ts";
export { serviceNow } from "./service-now.ts";
export {
  getSettlement,
  everySettlement,
  listSettlements,
  settlementNeighbours,
  sumSettlements,
  type SettlementDetail,
  type SettlementFilter,
  type SettlementPart,
  type SettlementSums,
  type SettlementSummary,
} from "./settlements.ts";
export { KeptTotals } from "./totals/kept-totals.ts";
export { listTransfers, type TransferFilter, type TransferView } from "./transfers.ts";
export {
  limitOf,
  ViewError,
  type AccountFilter,
  type Page,
  type PageRequest,
  type PeriodFilter,
  type ViewContext,
  type ViewErrorCode,
} from "./view.ts";
export { type BankRuleUse, listBankRuleUses } from "./bank-rule-uses.ts";
