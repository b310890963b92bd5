import { workbookOf } from "../../workbook.ts";
import type { MonthClose } from "../close-month.ts";
import { packPage } from "./page.ts";
import { packTables } from "./tables.ts";

/** A file of the pack of a month. */
export interface PackFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The pack of a month for those who sign it: a page to print and a workbook, both with balances, roll-forward, fees, transfers
 * with their deposits, unsettled sales, open exceptions, and the files with their hashes.
 *
 * @example
 * for (const { name, bytes } of await closePack(await closeMonth(ledger, { month: "2026-06" }))) await writeFile(name, bytes);
 */
export async function closePack(close: MonthClose): Promise<readonly PackFile[]> {
  const name = `amazon-pay-${close.month}${close.closed ? "" : "-draft"}`;
  return [
    { name: `${name}.html`, bytes: new TextEncoder().encode(packPage(close)) },
    { name: `${name}.xlsx`, bytes: await workbookOf(packTables(close)) },
  ];
}
