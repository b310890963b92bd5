import { type Kysely, sql } from "kysely";
import { bankUnknownDeposit } from "../../rules/bank-unknown-deposit.ts";
import { inChunks } from "../../store/chunks.ts";
import type { Schema } from "../../store/schema/index.ts";
import { LIVE } from "../exceptions/status.ts";
import { readMark } from "../step/marks.ts";
import { depositSubject } from "./by-hand.ts";

type Db = Kysely<Schema>;

/** Mark of an account: the deposits that were other accounts' when it was judged last. */
export const ELSEWHERE_MARK = "deposits-elsewhere";

/**
 * How often each deposit is another account's: several accounts may be paid to one bank account, and its statement, the same
 * file, is imported for each of them. By the words of the deposit, which are the same in all of them.
 */
export async function paidElsewhere(db: Db, accountId: string): Promise<ReadonlyMap<string, number>> {
  const statements = await db
    .selectFrom("import")
    .select("content_hash")
    .where("account_id", "=", accountId)
    .where("what", "=", "bank")
    .execute();
  // Two statements, not a join: the accounts may be on different machines.
  const others = await inChunks(new Set(statements.map((row) => row.content_hash)), (some) =>
    db
      .selectFrom("import")
      .select("account_id")
      .where("what", "=", "bank")
      .where("content_hash", "in", [...some])
      .where("account_id", "<>", accountId)
      .execute(),
  );
  const counts = new Map<string, number>();
  for (const other of new Set(others.map((row) => row.account_id))) {
    const { rows } = await sql<{
      bookedAt: number;
      amount: bigint;
      currency: string;
      reference: string | null;
      text: string | null;
    }>`
      select b.booked_at as "bookedAt", b.amount_minor as amount, b.currency, b.reference, b.text from bank_line b
      where b.account_id = ${other} and exists (select 1 from row_match m where m.account_id = b.account_id
        and m.counterpart = 'bank' and m.counterpart_id = cast(b.bank_line_id as text))
    `.execute(db);
    for (const row of rows) {
      const subject = depositSubject({ ...row, bookedAt: Number(row.bookedAt), amount: BigInt(row.amount) });
      counts.set(subject, (counts.get(subject) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * The accounts of some that have to look at their deposits again, since a run over another account has decided whose they are.
 */
export async function withDepositsElsewhere(db: Db, accountIds: readonly string[]): Promise<readonly string[]> {
  const asked = await inChunks(accountIds, async (some) => {
    const open = await db
      .selectFrom("exception")
      .select("account_id")
      .distinct()
      .where("account_id", "in", [...some])
      .where("code", "=", bankUnknownDeposit.code)
      .where("status", "in", [...LIVE])
      .execute();
    const marked = await db
      .selectFrom("reconcile_mark")
      .select("account_id")
      .where("account_id", "in", [...some])
      .where("subject", "=", ELSEWHERE_MARK)
      .execute();
    return [...open, ...marked].map((row) => row.account_id);
  });
  const changed: string[] = [];
  for (const accountId of [...new Set(asked)].sort()) {
    const before = (await readMark({ db, accountId }, ELSEWHERE_MARK)) ?? markOf(new Map());
    if (markOf(await paidElsewhere(db, accountId)) !== before) changed.push(accountId);
  }
  return changed;
}

/** What is kept of deposits elsewhere: a text that changes when they do. */
export function markOf(elsewhere: ReadonlyMap<string, number>): string {
  return JSON.stringify([...elsewhere].sort(([one], [other]) => (one < other ? -1 : 1)));
}
