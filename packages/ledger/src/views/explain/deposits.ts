import { DAY } from "@amazon-pay-kit/money";
import { inChunks } from "../../store/chunks.ts";
import { dayOf } from "../../reconcile/deposits/business-days.ts";
import { accountIds, type AccountFilter, type ViewContext } from "../view.ts";
import type { ExplainedDeposit, NearTransfer } from "./explanation.ts";

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
  const explained = lines.map((line): ExplainedDeposit => {
    const own = matches.filter((one) => one.counterpart_id === String(line.bank_line_id));
    return {
      accountId,
      bankLineId: line.bank_line_id,
      bookedAt: line.booked_at,
      amountMinor: line.amount_minor,
      currency: line.currency,
      bankAccount: line.bank_account,
      text: [line.reference, line.text].filter((part) => part !== null).join(" ") || null,
      source: { contentHash: line.content_hash, line: line.line ?? 0, fileName: line.file_name },
      near: [],
      transfers: own.map((match) => ({
        settlementId: match.match_group,
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
      explained[index] = { ...deposit, near: await nearTo(context, deposit) };
  }
  return explained.sort((left, right) => left.bookedAt - right.bookedAt || left.bankLineId - right.bankLineId);
}

/** How far back and ahead a transfer is looked for that a deposit could be. */
const [BACK, AHEAD] = [14 * DAY, DAY];
const MOST_NEAR = 3;

/** Transfers of those days without a deposit, the nearest amounts first. */
async function nearTo(
  { store: { db } }: ViewContext,
  { accountId, currency, bookedAt, amountMinor }: ExplainedDeposit,
): Promise<readonly NearTransfer[]> {
  const rows = await db
    .selectFrom("settlement as s")
    .select(["s.settlement_id", "s.payout_minor", "s.payout_at"])
    .where("s.account_id", "=", accountId)
    .where("s.currency", "=", currency)
    .where("s.payout_minor", "<", 0n)
    .where("s.payout_at", ">=", bookedAt - BACK)
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
    .sort((left, right) => Number(apart(left) - apart(right)) || (left.settlementId < right.settlementId ? -1 : 1))
    .slice(0, MOST_NEAR);
}

/** Ids of bank lines of an amount (minor units, without sign), or with a reference. */
export async function depositsLike(
  context: ViewContext,
  request: AccountFilter & { readonly text: string; readonly minors: readonly bigint[]; readonly limit: number },
): Promise<readonly { readonly accountId: string; readonly bankLineId: number; readonly currency: string }[]> {
  const rows = await context.store.db
    .selectFrom("bank_line")
    .select(["account_id as accountId", "bank_line_id as bankLineId", "currency"])
    .where("account_id", "in", await accountIds(context, request))
    .where((where) =>
      where.or([
        where("reference", "=", request.text),
        ...(request.minors.length === 0 ? [] : [where("amount_minor", "in", [...request.minors])]),
      ]),
    )
    .orderBy("booked_at", "desc")
    .limit(request.limit)
    .execute();
  return rows;
}
