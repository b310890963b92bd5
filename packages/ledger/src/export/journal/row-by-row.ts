import { AT_A_TIME } from "../export-table.ts";
import type { ScopedBooks } from "../scope.ts";
import { bookRow } from "./book-row.ts";
import { type BookedSettlement, broughtIn, rowsOf } from "./booked-settlement.ts";
import type { JournalEntry } from "./entry.ts";

/** Entries of a settlement: one for each row, and one for what it brings in. */
export async function* rowByRow(books: ScopedBooks, settlement: BookedSettlement): AsyncGenerator<JournalEntry> {
  const base = { accountId: settlement.accountId, currency: settlement.currency, clearingAfter: null };
  const opening = broughtIn(settlement);
  const rows = books.context.store.db
    .selectFrom(rowsOf(books.context.store.db, settlement))
    .innerJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "r.account_id").onRef("f.file_id", "=", "r.file_id"),
    )
    .selectAll("r")
    .select("f.content_hash")
    .orderBy("r.posted_at")
    .orderBy("r.file_id")
    .orderBy("r.line");
  let first = true;
  for await (const row of rows.stream(AT_A_TIME)) {
    if (first && opening.length > 0) {
      // On the day of the first row, as where the settlement is one entry: months have the same sums either way.
      yield {
        ...base,
        number: `${settlement.settlementId}-1`,
        sources: [{ settlementId: settlement.settlementId, fileHash: settlement.fileHash, lines: [1, 1] }],
        day: books.calendar.dayOf(row.posted_at),
        description: `Balance brought into settlement ${settlement.settlementId}`,
        transactionId: null,
        orderId: null,
        postings: opening,
      };
    }
    first = false;
    const postings = bookRow({
      typeKey: row.type_key,
      store: row.store_name,
      amount: row.amount_minor,
      net: row.net_minor,
    });
    if (postings.length === 0) continue;
    const names = [row.type, row.order_id ?? row.reference_id, row.description].filter((name) => name !== null);
    yield {
      ...base,
      number: `${settlement.settlementId}-${row.line}`,
      sources: [{ settlementId: settlement.settlementId, fileHash: row.content_hash, lines: [row.line, row.line] }],
      day: books.calendar.dayOf(row.posted_at),
      description: names.join(" "),
      transactionId: row.transaction_id,
      orderId: row.order_id,
      postings,
    };
  }
}
