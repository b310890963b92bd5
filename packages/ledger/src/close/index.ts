/** Closing a month: its figures frozen and chained, compared later, opened again for a reason. */
export { checkClosed, type ClosedCheck, findClose, type KnownClose } from "./check-closed.ts";
export { CLOSE_CHECKS, type CheckedItem, type CloseCheck } from "./checklist.ts";
export {
  closeMonth,
  type AccountClose,
  type CloseContext,
  type CloseMonthOptions,
  type MonthClose,
} from "./close-month.ts";
export { CloseError, type CloseErrorCode } from "./errors.ts";
export { closePack, type PackFile } from "./pack/pack.ts";
export { reopenMonth, type ReopenedMonth } from "./reopen-month.ts";
export type { ComparedMonth } from "../reconcile/periods/check-month.ts";
export type { PeriodChange, PeriodDifference } from "../reconcile/periods/compare.ts";
export {
  canonicalText,
  hashOf as periodHash,
  type PeriodBalance,
  type PeriodDocument,
  type PeriodException,
  type PeriodExplained,
  type PeriodItem,
  type PeriodFigures,
  type PeriodFile,
  type PeriodSettlement,
  type PeriodTransfer,
  type PeriodType,
  type PeriodUnsettled,
} from "../reconcile/periods/document.ts";
