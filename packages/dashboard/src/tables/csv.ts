import { csvLine } from "@amazon-pay-kit/ledger";
import { translatorFor } from "../locales/texts.ts";
import type { ListTable, TableSource } from "./list-table.ts";

const PAGE = 500;
const english = translatorFor("en");

/**
 * The whole table as CSV, page after page, so that a million rows never stand in memory at once. The first page is there
 * before this resolves: what cannot be answered is refused, and does not break off a file.
 *
 * @throws LedgerError for what there is not, and for values that no row can have
 */
export async function csvStream<Item>(
  table: ListTable<Item>,
  source: TableSource,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const linesOf = (items: readonly Item[]): Uint8Array =>
    encoder.encode(items.map((item) => csvLine(table.columns.map((column) => column.csv(item)))).join(""));
  let page = await table.fetch(source, { limit: PAGE });
  return new ReadableStream({
    start(controller) {
      // The mark tells spreadsheets that this is UTF-8.
      controller.enqueue(encoder.encode(`\uFEFF${csvLine(table.columns.map((column) => english(column.title)))}`));
    },
    async pull(controller) {
      controller.enqueue(linesOf(page.items));
      if (page.next === null) controller.close();
      else page = await table.fetch(source, { limit: PAGE, cursor: page.next });
    },
  });
}
