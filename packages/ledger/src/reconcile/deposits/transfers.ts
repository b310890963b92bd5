import type { Step } from "../step/step.ts";
import type { Transfer } from "./deposit.ts";

/** A transfer with the row of the settlement that says so; without one where only the API tells of it. */
export interface PlacedTransfer extends Transfer {
  readonly fileId: number | null;
  readonly line: number | null;
}

/** Where transfers are looked for. */
type InAccount = Pick<Step, "db" | "accountId">;

/** Every transfer of an account, by its settlements and by the disbursements of the API. */
export async function transfersOf(step: InAccount): Promise<readonly PlacedTransfer[]> {
  const rows = await step.db
    .selectFrom("settlement as s")
    .leftJoin("disbursement as d", (join) =>
      join
        .onRef("d.account_id", "=", "s.account_id")
        .onRef("d.settlement_id", "=", "s.settlement_id")
        .onRef("d.currency", "=", "s.currency"),
    )
    .select([
      "s.settlement_id",
      "s.currency",
      "s.payout_minor",
      "s.payout_at",
      "s.payout_file_id",
      "s.payout_line",
      "d.disbursement_reference_id",
    ])
    .where("s.account_id", "=", step.accountId)
    .where("s.payout_minor", "<", 0n)
    .orderBy("s.settlement_id")
    .orderBy("s.currency")
    .orderBy("d.disbursement_reference_id")
    .execute();
  const transfers = new Map<string, PlacedTransfer>();
  for (const row of rows) {
    const key = `${row.settlement_id} ${row.currency}`;
    if (transfers.has(key)) continue;
    transfers.set(key, {
      settlementId: row.settlement_id,
      currency: row.currency,
      amount: -row.payout_minor,
      at: row.payout_at ?? 0,
      reference: row.disbursement_reference_id,
      fileId: row.payout_file_id,
      line: row.payout_line,
    });
  }
  for (const transfer of await unsettledDisbursements(step)) {
    transfers.set(`${transfer.settlementId} ${transfer.currency}`, transfer);
  }
  return [...transfers.values()];
}

/** Payouts that the API lists for settlements whose report is not there: their deposits are no unknown rows. */
async function unsettledDisbursements(step: InAccount): Promise<readonly PlacedTransfer[]> {
  const rows = await step.db
    .selectFrom("disbursement as d")
    .leftJoin("settlement as s", (join) =>
      join.onRef("s.account_id", "=", "d.account_id").onRef("s.settlement_id", "=", "d.settlement_id"),
    )
    .select(["d.settlement_id", "d.currency", "d.amount_minor", "d.transferred_at", "d.disbursement_reference_id"])
    .where("d.account_id", "=", step.accountId)
    .where("s.settlement_id", "is", null)
    .where("d.amount_minor", ">", 0n)
    .orderBy("d.settlement_id")
    .orderBy("d.disbursement_reference_id")
    .execute();
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    currency: row.currency,
    amount: row.amount_minor,
    at: row.transferred_at,
    reference: row.disbursement_reference_id,
    fileId: null,
    line: null,
  }));
}

/** Transfers that brought money from the bank: payouts that came back, or balances below zero that were taken from there. */
export async function returnsOf(step: InAccount): Promise<readonly PlacedTransfer[]> {
  // By way of the few settlements that have any: their figures say so, and all rows of an account are too many to look through.
  const rows = await step.db
    .selectFrom("settlement as s")
    // Not an inner join, in which SQLite would begin with the rows.
    .crossJoin("settlement_row as r")
    .select(["r.settlement_id", "r.currency", "r.net_minor", "r.posted_at", "r.file_id", "r.line"])
    .where("s.account_id", "=", step.accountId)
    .whereRef("s.transfer_minor", "<>", "s.payout_minor")
    .whereRef("r.account_id", "=", "s.account_id")
    .whereRef("r.settlement_id", "=", "s.settlement_id")
    .whereRef("r.currency", "=", "s.currency")
    .where("r.type_key", "=", "transfer")
    .where("r.net_minor", ">", 0n)
    .execute();
  // Put in order here: asked to, SQLite walks through all rows of the account by their dates.
  const inOrder = rows.toSorted(
    (one, other) =>
      one.posted_at - other.posted_at ||
      (one.settlement_id < other.settlement_id
        ? -1
        : one.settlement_id > other.settlement_id
          ? 1
          : one.line - other.line),
  );
  return inOrder.map((row) => ({
    settlementId: row.settlement_id,
    currency: row.currency,
    amount: row.net_minor,
    at: row.posted_at,
    reference: null,
    fileId: row.file_id,
    line: row.line,
  }));
}

/**
 * The transfers that came back, by the rows that say so: exactly the amount of an earlier transfer, the last one of those.
 *
 * @param returns oldest first
 */
export function cameBack<T extends Transfer>(
  transfers: readonly T[],
  returns: readonly Transfer[],
): ReadonlyMap<Transfer, T> {
  const back = new Map<Transfer, T>();
  const taken = new Set<T>();
  for (const one of returns) {
    const earlier = transfers
      .filter(
        (sent) => sent.currency === one.currency && sent.amount === one.amount && sent.at < one.at && !taken.has(sent),
      )
      .toSorted((left, right) => left.at - right.at)
      .at(-1);
    if (earlier === undefined) continue;
    taken.add(earlier);
    back.set(one, earlier);
  }
  return back;
}
