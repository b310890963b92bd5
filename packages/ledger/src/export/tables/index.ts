import { exceptionsTable } from "./exceptions.ts";
import type { ExportTable } from "../export-table.ts";
import { rowsTable } from "./rows.ts";
import { settlementsTable } from "./settlements.ts";

/** Every table. A new one is one file and one line here. */
export const EXPORT_TABLES: readonly ExportTable[] = [rowsTable, settlementsTable, exceptionsTable];
