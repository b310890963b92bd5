import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { ExportError } from "../errors.ts";
import type { ExportJob } from "../format.ts";
import type { ExportCell, ExportTable } from "../export-table.ts";
import { EXPORT_TABLES } from "../tables/index.ts";
import { journalTable } from "../tables/journal.ts";

/** The table that a job is about. */
export function tableOf(job: ExportJob): ExportTable {
  if (job.what === "journal") return journalTable(job);
  const table = EXPORT_TABLES.find(({ name }) => name === job.what);
  if (table === undefined) throw new ExportError("export.format", `there is no table ${job.what}`);
  return table;
}

/** Cells as texts: times in UTC, amounts as decimal texts with exactly the currency's digits. */
export function textsOf(table: ExportTable): (cells: readonly ExportCell[]) => (string | null)[] {
  const currencyAt = table.columns.findIndex(({ name }) => name === "currency");
  return (cells) =>
    cells.map((cell, index) => {
      if (cell === null) return null;
      if (typeof cell === "bigint") return formatAmount(cell, String(cells[currencyAt]));
      return table.columns[index]?.type === "instant" ? formatInstant(Number(cell)) : String(cell);
    });
}

/** Characters that are handed on together: single lines would be slow. */
export const PIECE = 64 * 1024;
