import { manualClock } from "@amazon-pay-kit/sdk/clock";
import type { BooksContext } from "../../../books/context.ts";
import { openSqliteStore } from "../../../store/sqlite/open.ts";

/** Books in memory with one European account, `shop`, and nothing in them. */
export async function emptyBooks(now: number): Promise<BooksContext> {
  const store = await openSqliteStore(":memory:");
  const account = {
    account_id: "shop",
    seller_id: null,
    region: "eu",
    environment: "live",
    currency: "EUR",
    created_at: 1,
  };
  await store.db.insertInto("account").values(account).execute();
  return { store, clock: manualClock(now) };
}

/** A file in pieces that end in the middle of lines and of characters. */
export async function* inPieces(file: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
