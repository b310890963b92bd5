/** From any figure or id back to rows, file hashes and lines. */
export { explain, type ExplainRequest } from "./explain.ts";
export type {
  BankLinePlace,
  DepositedTransfer,
  DepositLink,
  DifferenceCause,
  ExplainedDeposit,
  ExplainedMatch,
  ExplainedRecord,
  ExplainedReportRow,
  ExplainedRow,
  ExplainedSettlement,
  ExplainedTransaction,
  Explanation,
  Figure,
  FigureName,
  FigurePart,
  FileSource,
  LineSource,
  NearTransfer,
  ReturnedTransfer,
} from "./explanation.ts";
export type { NearestAmount } from "./nearest.ts";
