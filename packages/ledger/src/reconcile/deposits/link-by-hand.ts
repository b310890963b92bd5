import { appendAudit } from "../../audit/index.ts";
import { accountsOf, type BooksContext } from "../../books/context.ts";
import { BooksError } from "../../books/errors.ts";
import type { ExplanationReason } from "../exceptions/reasons.ts";
import { depositSubject } from "./by-hand.ts";

/** A deposit that a person has linked with transfers. */
export interface HandMatch {
  readonly accountId: string;
  readonly bankLineId: number;
  readonly settlements: readonly string[];
}

/** What to link, and why. */
export interface HandMatchRequest {
  readonly bankLineId: number;
  /** Further deposits, where one transfer arrived in parts; then `settlements` names that one alone. */
  readonly parts?: readonly number[] | undefined;
  /** Ids of the settlements whose transfers it pays. */
  readonly settlements: readonly string[];
  readonly reason?: ExplanationReason | undefined;
  readonly note?: string | undefined;
}

function refuse(what: string): never {
  throw new BooksError("books.bad-option", what);
}

async function depositOf(context: BooksContext, bankLineId: number) {
  const accounts = await accountsOf(context);
  const [line, second] = await context.store.db
    .selectFrom("bank_line")
    .selectAll()
    .where("account_id", "in", accounts.length === 0 ? [""] : [...accounts])
    .where("bank_line_id", "=", bankLineId)
    .execute();
  if (second !== undefined) refuse(`several accounts have a bank line ${bankLineId}: name the account`);
  if (line === undefined || line.amount_minor <= 0n)
    refuse(`there is no deposit ${bankLineId}: apay explain AMOUNT shows the numbers of deposits`);
  const { booked_at: bookedAt, amount_minor: amount, currency, reference, text } = line;
  return { accountId: line.account_id, subject: depositSubject({ bookedAt, amount, currency, reference, text }) };
}

/**
 * Links a deposit with the transfers that it pays, or a transfer with the deposits in which it arrived, where no rule does. The next run matches them before anything else, also
 * after the statement was imported again, until it is undone. What lies between them is an exception, to be explained.
 *
 * @throws BooksError `books.bad-option` for a deposit or a transfer that there is not, or that is linked already
 */
export async function linkDeposit(context: BooksContext, request: HandMatchRequest): Promise<HandMatch> {
  const { accountId, subject } = await depositOf(context, request.bankLineId);
  const parts = [...new Set(request.parts ?? [])].filter((id) => id !== request.bankLineId);
  const subjects = [subject];
  for (const part of parts) subjects.push((await depositOf({ ...context, accountId }, part)).subject);
  const settlements = [...new Set(request.settlements)];
  if (settlements.length === 0) refuse("name the settlements that the deposit pays");
  await context.store.transaction(async (db) => {
    const transfers = await db
      .selectFrom("settlement")
      .select(["settlement_id", "currency"])
      .where("account_id", "=", accountId)
      .where("settlement_id", "in", settlements)
      .where("payout_minor", "<", 0n)
      .execute();
    for (const id of settlements) {
      if (!transfers.some((one) => one.settlement_id === id))
        refuse(`settlement ${id} of ${accountId} has no transfer to the bank`);
    }
    if (parts.length > 0 && transfers.length > 1)
      refuse("several deposits can be the parts of one transfer, not of several: link them one by one");
    const linked = await db
      .selectFrom("hand_match")
      .select("settlement_id")
      .where("account_id", "=", accountId)
      .where("undone_at", "is", null)
      .where((eb) => eb.or([eb("deposit", "in", subjects), eb("settlement_id", "in", settlements)]))
      .execute();
    if (linked.length > 0) refuse("the deposit, or a transfer, is linked already: apay bank unmatch undoes it");
    for (const { settlement_id, currency, deposit } of transfers.flatMap((one) =>
      subjects.map((deposit) => ({ ...one, deposit })),
    )) {
      await db
        .insertInto("hand_match")
        .values({
          account_id: accountId,
          deposit,
          settlement_id,
          currency,
          reason: request.reason ?? null,
          note: request.note ?? null,
          who: context.who ?? "unknown",
          at: context.clock.now(),
          undone_at: null,
          undone_who: null,
          undone_note: null,
        })
        .execute();
    }
    await appendAudit(context, db, {
      accountId,
      what: "bank.matched",
      subject: String(request.bankLineId),
      note: request.note,
      became: { settlements, parts: parts.map(String), reason: request.reason ?? null },
    });
  });
  return { accountId, bankLineId: request.bankLineId, settlements };
}

/**
 * Undoes {@link linkDeposit}: the rules decide again. Who linked it, who undid it and why stays on record: `explain` shows it
 * with the deposit.
 *
 * @param note why it is undone
 * @throws BooksError `books.bad-option` for a deposit that nobody has linked
 */
export async function unlinkDeposit(context: BooksContext, bankLineId: number, note?: string): Promise<HandMatch> {
  const { accountId, subject } = await depositOf(context, bankLineId);
  return context.store.transaction(async (db) => {
    const rows = await db
      .updateTable("hand_match")
      .set({ undone_at: context.clock.now(), undone_who: context.who ?? "unknown", undone_note: note ?? null })
      .where("account_id", "=", accountId)
      .where("deposit", "=", subject)
      .where("undone_at", "is", null)
      .returning(["settlement_id", "reason"])
      .execute();
    if (rows.length === 0) refuse(`nobody has linked deposit ${bankLineId}`);
    const settlements = [...new Set(rows.map((row) => row.settlement_id))].sort();
    const was = { settlements, reason: rows[0]?.reason ?? null };
    await appendAudit(context, db, { accountId, what: "bank.unmatched", subject: String(bankLineId), note, was });
    return { accountId, bankLineId, settlements };
  });
}
