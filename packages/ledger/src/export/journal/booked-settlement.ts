import { parseAmount, parseInstant } from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import type { LeftBehind, PeriodSettlement } from "../../reconcile/periods/document.ts";
import type { Schema } from "../../store/schema/index.ts";
import { ExportError } from "../errors.ts";
import type { ScopedBooks } from "../scope.ts";
import { merged } from "./book-row.ts";
import type { Posting } from "./entry.ts";

/** What a settlement has left when it ended. */
interface Left {
  readonly held: bigint;
  readonly carried: bigint;
  /** What it transferred, positive. */
  readonly paid: bigint;
}

/** A settlement as it is booked: as it counts now, or as it counted when a month was closed. */
export interface BookedSettlement {
  readonly accountId: string;
  readonly settlementId: string;
  readonly currency: string;
  /** SHA-256 of the file that its entries name. */
  readonly fileHash: string;
  readonly endAt: number;
  readonly opening: bigint;
  readonly released: bigint;
  readonly left: Left;
  /** What the one before it has left; undefined for the first one. */
  readonly before: Left | undefined;
  /** Files whose rows are booked, whether they still count or not; null for the rows that count. */
  readonly fileIds: readonly number[] | null;
}

/** The settlements of an account as they count now, by currency and time. */
export async function settlementsNow({ context }: ScopedBooks, account: string): Promise<readonly BookedSettlement[]> {
  const rows = await context.store.db
    .selectFrom("settlement as s")
    .innerJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "s.account_id").onRef("f.file_id", "=", "s.file_id"),
    )
    .selectAll("s")
    .select("f.content_hash")
    .where("s.account_id", "=", account)
    .orderBy("s.currency")
    .orderBy("s.end_at", (order) => order.asc().nullsFirst())
    .orderBy("s.settlement_id")
    .execute();
  let before: BookedSettlement | undefined;
  return rows.map((row) => {
    const held = -row.reserve_minor;
    const booked: BookedSettlement = {
      accountId: account,
      settlementId: row.settlement_id,
      currency: row.currency,
      fileHash: row.content_hash,
      endAt: row.end_at ?? row.payout_at ?? row.start_at ?? 0,
      opening: row.opening_minor,
      released: row.released_minor,
      left: { held, carried: row.closing_minor - held, paid: -row.payout_minor },
      before: before?.currency === row.currency ? before.left : undefined,
      fileIds: null,
    };
    before = booked;
    return booked;
  });
}

/**
 * A settlement as it counted when a month was closed.
 *
 * @throws ExportError `export.closed-file-gone` when a file that the month was closed with is no longer in the books
 */
export async function settlementThen(
  { context: { store } }: ScopedBooks,
  account: string,
  month: string,
  then: PeriodSettlement,
): Promise<BookedSettlement> {
  const { currency, settlementId } = then;
  const minor = (text: string): bigint => parseAmount(text, currency);
  const left = (one: LeftBehind): Left => ({
    held: minor(one.reserve),
    carried: minor(one.carried),
    paid: minor(one.transferred),
  });
  const files = await store.db
    .selectFrom("file")
    .select(["file_id", "content_hash"])
    .where("account_id", "=", account)
    .where("content_hash", "in", [...then.files])
    .where("loaded_at", "is not", null)
    .execute();
  const gone = then.files.find((hash) => !files.some((file) => file.content_hash === hash));
  if (gone !== undefined) {
    throw new ExportError(
      "export.closed-file-gone",
      `${month} of ${account} was closed with the report file ${gone.slice(0, 12)} of settlement ${settlementId}, which is no longer in the books: load it again with apay reports load, or open the month again with apay close --reopen ${month} --note REASON`,
    );
  }
  return {
    accountId: account,
    settlementId,
    currency,
    fileHash: then.file,
    endAt: parseInstant(then.end),
    opening: minor(then.opening),
    released: minor(then.released),
    left: left(then.left),
    before: then.before === null ? undefined : left(then.before),
    fileIds: files.map(({ file_id }) => file_id),
  };
}

/** The rows of a settlement that are booked. */
export function rowsOf(db: Kysely<Schema>, { accountId, settlementId, currency, fileIds }: BookedSettlement) {
  const counting = db
    .selectFrom("settlement_row")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("settlement_id", "=", settlementId)
    .where("currency", "=", currency);
  if (fileIds === null) return counting.as("r");
  const superseded = db
    .selectFrom("superseded_row")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("settlement_id", "=", settlementId)
    .where("currency", "=", currency)
    .where("file_id", "in", [...fileIds]);
  return counting
    .where("file_id", "in", [...fileIds])
    .unionAll(superseded)
    .as("r");
}

/**
 * What a settlement brings in beyond what the one before it left: everything for the first one, nothing where they follow
 * on from each other. Exactly what that one transferred is a transfer that has come back.
 */
export function broughtIn({ opening, released, before }: BookedSettlement): Posting[] {
  const reserve = released - (before?.held ?? 0n);
  const carried = opening - released - (before?.carried ?? 0n);
  const cameBack = before !== undefined && carried > 0n && carried === before.paid;
  return merged([
    { role: "reserve", minor: reserve },
    { role: "clearing", minor: carried },
    { role: cameBack ? "transit" : before === undefined ? "opening" : "differences", minor: -carried },
    { role: before === undefined ? "opening" : "differences", minor: -reserve },
  ]);
}
