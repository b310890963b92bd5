import type { Archive } from "@amazon-pay-kit/packed";
import { openWorkbook, SheetTable } from "@amazon-pay-kit/tabular";
import { OrdersError } from "./errors.ts";
import type { CheckedOptions, OrdersOptions } from "./options.ts";
import { openOrderTable, type OrderTable } from "./read-table.ts";

/**
 * The sheets of an Excel workbook that hold orders, by their column names; the others are left out, such as a cover.
 *
 * @throws OrdersError `records.unusable-file` for one without orders; TableError `table.workbook` for a broken one
 */
export async function openOrderSheets(
  archive: Archive,
  options: OrdersOptions,
  checked: CheckedOptions,
): Promise<readonly OrderTable[]> {
  const workbook = await openWorkbook(archive);
  const tables: OrderTable[] = [];
  let refusal: OrdersError | null = null;
  for (const sheet of workbook.sheets) {
    const rows = new SheetTable(workbook, sheet, { skipLines: options.skipLines, decimal: checked.decimal });
    try {
      tables.push(await openOrderTable(rows, options, checked));
    } catch (error) {
      if (!(error instanceof OrdersError)) throw error;
      refusal ??= error;
    }
  }
  if (tables.length === 0 && refusal !== null) throw refusal;
  return tables;
}
