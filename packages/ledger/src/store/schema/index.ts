import type { HookDeliveryTable, HookTable, NewsTable } from "./outbox.ts";
import type {
  BankLineTable,
  DisbursementTable,
  ImportTable,
  RecordTable,
  StatementWithdrawalTable,
  WithdrawnBankLineTable,
} from "./books.ts";
import type {
  AccountTable,
  AlertTable,
  FileTable,
  ReportFileTable,
  ReportTable,
  RowErrorTable,
  RowRepeatTable,
  SchemaDriftTable,
  SettlementRowTable,
  TransactionRowTable,
} from "./reports.ts";
import type { RateBucketTable } from "./rates.ts";
import type { LeaseTable, SyncMarkTable } from "./sync.ts";
import type {
  CoverageTable,
  ExceptionEventTable,
  ExceptionTable,
  OpenItemTable,
  ReconcileMarkTable,
  RowMatchTable,
  SettlementFeeTable,
  SettlementFileTable,
  SettlementTable,
  TransferForecastTable,
} from "./verdicts.ts";

/** Every table of the ledger, by name. */
export interface Schema {
  account: AccountTable;
  report: ReportTable;
  file: FileTable;
  report_file: ReportFileTable;
  settlement_row: SettlementRowTable;
  transaction_row: TransactionRowTable;
  row_error: RowErrorTable;
  row_repeat: RowRepeatTable;
  schema_drift: SchemaDriftTable;
  alert: AlertTable;
  import: ImportTable;
  record: RecordTable;
  bank_line: BankLineTable;
  statement_withdrawal: StatementWithdrawalTable;
  withdrawn_bank_line: WithdrawnBankLineTable;
  disbursement: DisbursementTable;
  settlement: SettlementTable;
  settlement_file: SettlementFileTable;
  settlement_fee: SettlementFeeTable;
  row_match: RowMatchTable;
  exception: ExceptionTable;
  exception_event: ExceptionEventTable;
  open_item: OpenItemTable;
  transfer_forecast: TransferForecastTable;
  coverage: CoverageTable;
  reconcile_mark: ReconcileMarkTable;
  lease: LeaseTable;
  sync_mark: SyncMarkTable;
  news: NewsTable;
  hook: HookTable;
  hook_delivery: HookDeliveryTable;
  rate_bucket: RateBucketTable;
}
