import { DAY } from "@amazon-pay-kit/money";
import { inChunks } from "../../store/chunks.ts";
import { dayOf } from "../../reconcile/deposits/business-days.ts";
import { accountIds, type AccountFilter, type ViewContext } from "../view.ts";
import type { ExplainedDeposit } from "./explanation.ts";

/** Bank lines by their ids, each with the transfer that it was matched with. */
export async function explainDeposits(
  { store: { db } }: ViewContext,
  accountId: string,
  bankLineIds: Iterable<number>,
): Promise<readonly ExplainedDeposit[]> {
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
      .innerJoin("settlement as s", (join) =>
        join.onRef("s.account_id", "=", "m.account_id").onRef("s.settlement_id", "=", "m.match_group"),
      )
      .select(["m.counterpart_id", "m.match_group", "m.rule", "s.payout_at", "s.currency"])
      .where("m.account_id", "=", accountId)
      .where("m.counterpart", "=", "bank")
      .where("m.counterpart_id", "in", [...some])
      .where("s.payout_minor", "!=", 0n)
      .execute(),
  );
  return lines
    .map((line): ExplainedDeposit => {
      const own = matches.filter((one) => one.counterpart_id === String(line.bank_line_id));
      const match = own.find((one) => one.currency === line.currency) ?? own[0];
      const at = match?.payout_at ?? null;
      return {
        accountId,
        bankLineId: line.bank_line_id,
        bookedAt: line.booked_at,
        amountMinor: line.amount_minor,
        currency: line.currency,
        bankAccount: line.bank_account,
        text: [line.reference, line.text].filter((part) => part !== null).join(" ") || null,
        source: { contentHash: line.content_hash, line: line.line ?? 0, fileName: line.file_name },
        transfer:
          match === undefined || at === null
            ? null
            : {
                settlementId: match.match_group,
                rule: match.rule,
                transferredAt: at,
                days: Math.round((dayOf(line.booked_at) - dayOf(at)) / DAY),
              },
      };
    })
    .sort((left, right) => left.bookedAt - right.bookedAt || left.bankLineId - right.bankLineId);
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
