/** Tables that people export, read as rows of cells. */
export {
  columnList,
  type ColumnNames,
  type Columns,
  findColumns,
  numberedPlace,
  plainName,
  plainNames,
} from "./columns.ts";
export { type Declared, decodedText, encodingName, likelyEncoding, markedEncoding } from "./encoding.ts";
export { TableError, type TableErrorCode } from "./errors.ts";
export { findHeader, type FoundHeader, SEPARATORS, separatorWords, widestRow } from "./header.ts";
export type { ReadingOptions, TableOptions } from "./options.ts";
export { isBlankRow, rowFault, type TableRow } from "./row.ts";
export { unquotedLine } from "./rows.ts";
export { type SheetOptions, SheetTable } from "./workbook/sheet-table.ts";
export { openWorkbook, type Sheet, type Workbook } from "./workbook/workbook.ts";
export { openTable, separatorOf, type Table, type TableLayout, type TableSource } from "./table.ts";
