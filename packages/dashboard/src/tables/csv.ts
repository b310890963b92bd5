import { csvLine, type ViewContext } from "@amazon-pay-kit/ledger";
import type { ListTable, Query } from "./list-table.ts";

const PAGE = 500;

/** The whole list as CSV, page after page, so that a million rows never stand in memory at once. */
export function csvStream<Item>(
  table: ListTable<Item>,
  views: ViewContext,
  query: Query,
  account: string | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let cursor: string | undefined;
  let started = false;
  return new ReadableStream({
    async pull(controller) {
      if (!started) {
        started = true;
        // The mark tells spreadsheets that this is UTF-8.
        controller.enqueue(encoder.encode(`\uFEFF${csvLine(table.columns.map((column) => column.title))}`));
      }
      const page = await table.fetch(views, query, account, { limit: PAGE, cursor });
      controller.enqueue(
        encoder.encode(page.items.map((item) => csvLine(table.columns.map((column) => column.csv(item)))).join("")),
      );
      if (page.next === null) controller.close();
      else cursor = page.next;
    },
  });
}
