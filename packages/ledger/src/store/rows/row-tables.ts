import { REPORT_TABLES } from "../schema/reports.ts";

/** The two tables that hold rows of report files. */
export type RowTableName = "settlement_row" | "transaction_row";

/** What a cell of a row table may hold. */
export type RowCell = string | number | bigint | null;

/** How rows of a table are written, and when two of them are the same movement. */
export interface RowTable {
  readonly name: RowTableName;
  /** In the order in which rows are handed over. The first four are the same on both tables. */
  readonly columns: readonly string[];
  /**
   * The columns that make a row what it is. Rows that agree in all of them are one movement when they come in two
   * reports, and separate movements, told apart by `ordinal`, when they stand in one report.
   *
   * Not among them: what a report may leave out or mask (store name, unknown columns, data of the buyer).
   */
  readonly identity: readonly string[];
  /** Columns, never empty, that lead an index: rows that are the same agree in them, and few others do. */
  readonly anchor: readonly string[];
}

/** Names of a row table's columns. */
export type RowColumn<Name extends RowTableName> = keyof (typeof REPORT_TABLES)[Name]["columns"] & string;

function columnsOf<Name extends RowTableName>(name: Name): readonly RowColumn<Name>[] {
  return Object.keys(REPORT_TABLES[name].columns) as RowColumn<Name>[];
}

export const SETTLEMENT_ROWS = {
  name: "settlement_row",
  columns: columnsOf("settlement_row"),
  identity: [
    "settlement_id",
    "posted_at",
    "type_key",
    "transaction_id",
    "reference_id",
    "permission_id",
    "order_id",
    "currency",
    "description",
    "amount_minor",
    "percentage_fee_minor",
    "fixed_fee_minor",
    "total_fee_minor",
    "net_minor",
  ],
  anchor: ["settlement_id", "posted_at"],
} as const satisfies RowTable & { readonly identity: readonly RowColumn<"settlement_row">[] };

export const TRANSACTION_ROWS = {
  name: "transaction_row",
  columns: columnsOf("transaction_row"),
  identity: [
    "kind",
    "updated_at",
    "object_id",
    "reference_id",
    "parent_id",
    "permission_id",
    "amount_minor",
    "currency",
    "status",
    "reason_code",
    "type",
    "created_at",
    "fields",
  ],
  anchor: ["identity"],
} as const satisfies RowTable & { readonly identity: readonly RowColumn<"transaction_row">[] };
