import { sql } from "kysely";
import { LIVE } from "../exceptions/status.ts";
import { feeMismatch } from "../../rules/fee-mismatch.ts";
import { matchAmount } from "../../rules/match-amount.ts";
import { net } from "../../rules/rows/net.ts";
import { transactionDuplicate } from "../../rules/transaction-duplicate.ts";
import type { Step } from "../step/step.ts";
import type { Link } from "./link.ts";

/** Exceptions about a row whose amount is what the row puts into the balance too much. */
const ROW_CODES = [feeMismatch, matchAmount, net, transactionDuplicate].map((check) => check.code);

/** No percentage fee is known to be higher: what a lost capture leaves missing lies between this share of it and all. */
const LEAST_NET_PERCENT = 85n;

/**
 * Tells of the settlements of one currency whether what is wrong inside them makes up a difference of their balance: rows
 * that cannot be read, rows that are wrong by exactly as much, or a charge of their time that is in no settlement.
 */
export async function attributeDifference(
  step: Step,
  currency: string,
): Promise<(link: Link, difference: bigint) => boolean> {
  const { db, accountId } = step;
  const incomplete = await db
    .selectFrom("settlement_file as s")
    .innerJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "s.account_id").onRef("f.file_id", "=", "s.file_id"),
    )
    .select("s.settlement_id")
    .where("s.account_id", "=", accountId)
    .where("f.error_count", ">", 0)
    .execute();
  const unread = new Set(incomplete.map((row) => row.settlement_id));
  const wrong = await db
    .selectFrom("exception")
    .select(["settlement_id", "amount_minor"])
    .where("account_id", "=", accountId)
    .where("status", "in", [...LIVE])
    .where("code", "in", ROW_CODES)
    .where("currency", "=", currency)
    .where("settlement_id", "is not", null)
    .where("line", "is not", null)
    .execute();
  const amounts = new Set(wrong.map((row) => `${row.settlement_id} ${row.amount_minor}`));
  const { rows: open } = await sql<{ occurredAt: number; amountMinor: bigint }>`
    select occurred_at as "occurredAt", amount_minor as "amountMinor" from open_item
    where account_id = ${accountId} and currency = ${currency} and kind = 'charge' order by occurred_at limit 10000
  `.execute(db);
  return (link, difference) => {
    if (unread.has(link.settlementId) || amounts.has(`${link.settlementId} ${difference}`)) return true;
    const lost = -difference;
    return open.some(
      ({ occurredAt, amountMinor }) =>
        occurredAt >= (link.startAt ?? 0) &&
        occurredAt <= (link.endAt ?? 0) &&
        lost <= amountMinor &&
        lost * 100n >= amountMinor * LEAST_NET_PERCENT,
    );
  };
}
