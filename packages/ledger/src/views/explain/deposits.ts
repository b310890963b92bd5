import { groupBy } from "@amazon-pay-kit/backports";
import { DAY } from "@amazon-pay-kit/money";
import { type Kysely, type RawBuilder, type Selectable, sql, type SqlBool } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import { dayOf } from "../../reconcile/deposits/business-days.ts";
import { dayOfNewest } from "../bank-lines.ts";
import { scopeOf, type AccountFilter, type ViewContext } from "../view.ts";
import { depositSubject } from "../../reconcile/deposits/by-hand.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { DepositLink, ExplainedDeposit, NearTransfer } from "./explanation.ts";

/** Bank lines by their ids, each with the transfers that it was matched with. */
export async function explainDeposits(
  context: ViewContext,
  accountId: string,
  bankLineIds: Iterable<number>,
): Promise<readonly ExplainedDeposit[]> {
  const { db } = context.store;
  const ids = [...new Set(bankLineIds)];
  const lines = await inChunks(ids, (some) =>
    db
      .selectFrom("bank_line as b")
      .innerJoin("import as i", (join) =>
        join.onRef("i.account_id", "=", "b.account_id").onRef("i.import_id", "=", "b.import_id"),
      )
      .select(["b.bank_line_id", "b.booked_at", "b.amount_minor", "b.currency", "b.bank_account", "b.line"])
      .select(["b.reference", "b.text", "i.content_hash", "i.file_name"])
      .where("b.account_id", "=", accountId)
      .where("b.bank_line_id", "in", [...some])
      .execute(),
  );
  const matches = await inChunks(ids.map(String), (some) =>
    db
      .selectFrom("row_match as m")
      .innerJoin("settlement_row as r", (join) =>
        join
          .onRef("r.account_id", "=", "m.account_id")
          .onRef("r.file_id", "=", "m.file_id")
          .onRef("r.line", "=", "m.line"),
      )
      .select(["m.counterpart_id", "m.match_group", "m.rule", "m.amount_minor"])
      .select(["r.posted_at", "r.currency", "r.net_minor"])
      .where("m.account_id", "=", accountId)
      .where("m.counterpart", "=", "bank")
      .where("m.counterpart_id", "in", [...some])
      .orderBy("r.posted_at")
      .orderBy("m.match_group")
      .execute(),
  );
  const links = await linksOf(
    db,
    accountId,
    lines.map((line) => depositSubject(subjectOf(line))),
  );
  const explained = lines.map((line): ExplainedDeposit => {
    const own = matches.filter((one) => one.counterpart_id === String(line.bank_line_id));
    return {
      accountId,
      bankLineId: line.bank_line_id,
      bookedAt: line.booked_at,
      amountMinor: line.amount_minor,
      currency: line.currency,
      bankAccount: line.bank_account,
      text: wholeText(line),
      source: { contentHash: line.content_hash, line: line.line ?? 0, fileName: line.file_name },
      near: [],
      sums: [],
      links: links.get(depositSubject(subjectOf(line))) ?? [],
      transfers: own.map((match) => ({
        settlementId: match.match_group ?? "",
        currency: match.currency,
        transferredMinor: -match.net_minor,
        transferredAt: match.posted_at,
        amountMinor: match.amount_minor,
        rule: match.rule,
        days: Math.round((dayOf(line.booked_at) - dayOf(match.posted_at)) / DAY),
      })),
    };
  });
  for (const [index, deposit] of explained.entries()) {
    if (deposit.transfers.length === 0 && deposit.amountMinor > 0n)
      explained[index] = { ...deposit, ...(await candidatesFor(context, deposit)) };
  }
  return explained.sort((left, right) => left.bookedAt - right.bookedAt || left.bankLineId - right.bankLineId);
}

/** What the bank wrote: the text mostly has the reference already. */
function wholeText({
  reference,
  text,
}: {
  readonly reference: string | null;
  readonly text: string | null;
}): string | null {
  if (reference !== null && text?.includes(reference) === true) return text;
  return [reference, text].filter((part) => part !== null).join(" ") || null;
}

/** A bank line in the words that links of people name it by. */
function subjectOf(
  line: Pick<Selectable<Schema["bank_line"]>, "booked_at" | "amount_minor" | "currency" | "reference" | "text">,
) {
  const { booked_at: bookedAt, amount_minor: amount, currency, reference, text } = line;
  return { bookedAt, amount, currency, reference, text };
}

/** What people have linked deposits with, by the deposit. */
async function linksOf(
  db: Kysely<Schema>,
  accountId: string,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, readonly DepositLink[]>> {
  const rows = await inChunks(new Set(subjects), (some) =>
    db
      .selectFrom("hand_match")
      .selectAll()
      .where("account_id", "=", accountId)
      .where("deposit", "in", [...some])
      .orderBy("hand_match_id")
      .execute(),
  );
  return new Map(
    [...groupBy(rows, (row) => row.deposit)].map(([deposit, some]) => [
      deposit,
      some.map(({ settlement_id: settlementId, reason, note, who, at, undone_at, undone_who, undone_note }) => ({
        settlementId,
        reason,
        note,
        who,
        at,
        undone: undone_at === null ? null : { who: undone_who ?? "unknown", note: undone_note, at: undone_at },
      })),
    ]),
  );
}

/** How far back and ahead a transfer is looked for that a deposit could be, and one that is a part of it. */
const [BACK, BACK_OF_PARTS, AHEAD] = [14 * DAY, 45 * DAY, DAY];
const MOST_NEAR = 3;

/** This many transfers are tried in this many steps, and this many sums are shown. */
const [MOST_PARTS, MOST_STEPS, MOST_SUMS] = [40, 200_000, 3];

/** Sets of this many transfers that add up to an amount. */
function* setsOf(
  parts: readonly NearTransfer[],
  amount: bigint,
  size: number,
  steps: { left: number },
): Generator<readonly NearTransfer[]> {
  for (const [index, part] of parts.entries()) {
    if (steps.left <= 0) return;
    steps.left -= 1;
    const rest = amount - part.transferredMinor;
    if (size === 1 && rest === 0n) yield [part];
    if (size === 1 || rest <= 0n) continue;
    for (const others of setsOf(parts.slice(index + 1), rest, size - 1, steps)) yield [part, ...others];
  }
}

/** Sets of two transfers or more that add up to an amount, those of the fewest transfers. */
function sumsTo(transfers: readonly NearTransfer[], amount: bigint): readonly (readonly NearTransfer[])[] {
  const parts = transfers.filter(({ transferredMinor }) => transferredMinor < amount).slice(0, MOST_PARTS);
  const steps = { left: MOST_STEPS };
  for (const [index] of parts.entries()) {
    const found = [...setsOf(parts, amount, index + 2, steps)].slice(0, MOST_SUMS);
    if (found.length > 0)
      return found.map((set) => set.toSorted((left, right) => left.transferredAt - right.transferredAt));
  }
  return [];
}

/** Transfers without a deposit that the deposit could be: the nearest amounts of those days, and exact sums. */
async function candidatesFor(
  context: ViewContext,
  deposit: ExplainedDeposit,
): Promise<Pick<ExplainedDeposit, "near" | "sums">> {
  const free = await freeTransfers(context, deposit);
  const near = free.filter(({ transferredAt }) => transferredAt >= deposit.bookedAt - BACK).slice(0, MOST_NEAR);
  const byTime = free.toSorted((left, right) => right.transferredAt - left.transferredAt);
  return { near, sums: sumsTo(byTime, deposit.amountMinor) };
}

/** Transfers without a deposit, the nearest amounts first. */
async function freeTransfers(
  { store: { db } }: ViewContext,
  { accountId, currency, bookedAt, amountMinor }: ExplainedDeposit,
): Promise<readonly NearTransfer[]> {
  const rows = await db
    .selectFrom("settlement as s")
    .select(["s.settlement_id", "s.payout_minor", "s.payout_at"])
    .where("s.account_id", "=", accountId)
    .where("s.currency", "=", currency)
    .where("s.payout_minor", "<", 0n)
    .where("s.payout_at", ">=", bookedAt - BACK_OF_PARTS)
    .where("s.payout_at", "<", bookedAt + AHEAD)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("row_match as m")
            .select("m.line")
            .whereRef("m.account_id", "=", "s.account_id")
            .whereRef("m.match_group", "=", "s.settlement_id")
            .where("m.counterpart", "=", "bank"),
        ),
      ),
    )
    .execute();
  const apart = (near: NearTransfer): bigint => {
    const difference = near.transferredMinor - amountMinor;
    return difference < 0n ? -difference : difference;
  };
  return rows
    .map((row) => ({
      settlementId: row.settlement_id,
      currency,
      transferredMinor: -row.payout_minor,
      transferredAt: row.payout_at ?? 0,
    }))
    .sort((left, right) => Number(apart(left) - apart(right)) || (left.settlementId < right.settlementId ? -1 : 1));
}

/** Fewer characters than these are in too many texts. */
const LEAST_TEXT = 4;

/** Ids of bank lines of an amount (minor units, without sign), with a reference, with words in their text, or of a day. */
export async function depositsLike(
  context: ViewContext,
  request: AccountFilter & {
    readonly text: string;
    readonly minors: readonly bigint[];
    readonly limit: number;
    /** Midnight (UTC) of the day. */
    readonly day?: number | undefined;
  },
): Promise<readonly { readonly accountId: string; readonly bankLineId: number; readonly currency: string }[]> {
  const plain = request.text.toLowerCase().replaceAll(/[!%_]/g, "!$&");
  const words = request.minors.length > 0 || request.text.length < LEAST_TEXT ? null : `%${plain}%`;
  const scope = await scopeOf(context, request);
  const lines = (condition: RawBuilder<SqlBool>, order: RawBuilder<unknown>) =>
    context.store.db
      .selectFrom("bank_line")
      .select(["account_id as accountId", "bank_line_id as bankLineId", "currency", "booked_at as bookedAt"])
      .where(scope.of())
      .where(condition)
      .orderBy(order, "desc")
      .orderBy("account_id", "desc")
      .orderBy("bank_line_id", "desc")
      .limit(request.limit)
      .execute();
  const late = scope.many && words !== null ? await dayOfNewest(context) : null;
  const { day } = request;
  // A look-up each, by its own index. Of very many lines of one amount those are taken that its index has first.
  const booked = sql`booked_at`;
  const found = [
    ...(await lines(sql`reference = ${request.text}`, booked)),
    ...(words === null
      ? []
      : await lines(
          sql`lower(coalesce(reference, '') || ' ' || coalesce(text, '')) like ${words} escape '!'
            ${late === null ? sql`` : sql`and booked_at >= ${late}`}`,
          scope.sorted(booked),
        )),
    ...(day === undefined ? [] : await lines(sql`booked_at >= ${day} and booked_at < ${day + DAY}`, booked)),
  ];
  for (const minor of request.minors)
    found.push(...(await lines(sql`amount_minor = ${minor}`, scope.many ? sql`amount_minor` : booked)));
  const rows = [...new Map(found.map((one) => [`${one.accountId} ${one.bankLineId}`, one])).values()]
    .sort((left, right) => right.bookedAt - left.bookedAt)
    .slice(0, request.limit)
    .map(({ bookedAt: _bookedAt, ...one }) => one);
  return rows;
}
