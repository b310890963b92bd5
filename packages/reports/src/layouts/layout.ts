import type { KnownReportKind } from "../kind.ts";

/**
 * How the cells of a column are read.
 *
 * - `text`: as it stands; an empty cell is `null`
 * - `instant`: milliseconds since the epoch
 * - `amount`: `bigint` of minor units, in the currency of the row
 * - `currency`: ISO 4217 code, a text that must be known
 */
export type ColumnType = "text" | "instant" | "amount" | "currency";

/** The lists of words against which a column is watched for drift. */
export type Vocabulary = "transaction-type" | "reason-code" | "state" | "refund-type";

/** One column of a layout: a row of the table that reader and writer share. */
export interface Column {
  /** Name in the header line of the file: `NetTransactionAmount`. */
  readonly name: string;
  /** Name in typed rows: `netTransactionAmount`. */
  readonly key: string;
  readonly type: ColumnType;
  /** The column must be in the file, and no cell of it may be empty. Default `false`. */
  readonly required?: true;
  /** Holds data of the buyer: never shown in messages, masked or dropped on request. Default `false`. */
  readonly personal?: true;
  /** Key of the column that holds this amount's currency. Default `currencyCode`. */
  readonly currency?: string;
  /**
   * The amounts are added up in the summary. Default `false`: in reports of states a row is one state of an object that
   * has several, so that a sum of its rows counts the same money more than once.
   */
  readonly total?: true;
  /**
   * The text is an identifier, of Amazon or chosen by the merchant: blanks around it are no part of it, and a form that
   * only a spreadsheet gives it makes the whole file unusable.
   */
  readonly id?: "amazon" | "merchant";
  /** Few distinct values in a file, so that the reader keeps one copy of each. Default `false`. */
  readonly repeats?: true;
  /** Words that are known for this column; another word is kept and noticed once per file. */
  readonly vocabulary?: Vocabulary;
}

/** A report layout as a table of columns. A new report type is one file with one of these. */
export interface Layout {
  readonly kind: KnownReportKind;
  /** Name of the report in its preamble, where it has one: `Settlement Report`. */
  readonly title?: string;
  /** Names of the first column by which a file of this kind is recognised. */
  readonly firstColumns: readonly string[];
  /** Columns that, all present in whatever order, show this kind where no layout knows the first column. */
  readonly tellingColumns: readonly string[];
  /** The telling columns decide even against the first column. Default `false`. */
  readonly decisive?: true;
  readonly columns: readonly Column[];
}

/** A typed cell: `null` where the file has an empty one. */
export type CellValue = string | number | bigint | null;

interface ValueOfType {
  text: string;
  instant: number;
  amount: bigint;
  currency: string;
}

/**
 * The typed row of a layout: `ValuesOf<typeof settlement>` has `netTransactionAmount: bigint`,
 * `sellerOrderId: string | null` and so on. A column that a file leaves out is absent.
 */
export type ValuesOf<L extends { readonly columns: readonly Column[] }> = {
  readonly [
    C in L["columns"][number] as C extends { readonly required: true } ? C["key"] : never
  ]: ValueOfType[C["type"]];
} & {
  readonly [C in L["columns"][number] as C extends { readonly required: true } ? never : C["key"]]?:
    | ValueOfType[C["type"]]
    | null;
};
