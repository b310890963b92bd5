import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { appendAudit } from "../audit/index.ts";
import { accountsOf } from "../books/context.ts";
import { withLease } from "../leases/index.ts";
import { closedMonths } from "../reconcile/periods/kept.ts";
import { type CloseContext, inSnapshot, monthGiven } from "./close-month.ts";
import { CloseError } from "./errors.ts";

/** A month that was opened again. */
export interface ReopenedMonth {
  readonly month: string;
  readonly accounts: readonly { readonly accountId: string; readonly hash: string }[];
}

/**
 * Opens a closed month again, for a reason that is kept with it; the close stays on record. Only the last closed month can be
 * opened: those after it follow on from it.
 *
 * @throws CloseError `close.month`, `close.not-closed`, `close.later-closed`, `close.note-missing`
 *
 * @example
 * await reopenMonth({ store, clock, who: "mara" }, { month: "2026-06", note: "the report of 8 June came on 10 July" });
 */
export async function reopenMonth(
  context: CloseContext,
  request: { readonly month: string; readonly note: string },
): Promise<ReopenedMonth> {
  const { month } = monthGiven(request.month);
  const note = request.note.trim();
  if (note === "") throw new CloseError("close.note-missing", `say in a note why ${month} is opened again`);
  const { store, clock, random = systemRandom } = context;
  const known = await accountsOf(context);
  const accounts = await inSnapshot(store, async (db) => {
    const found: string[] = [];
    for (const accountId of known) {
      const closed = await closedMonths(db, accountId);
      if (!closed.some((one) => one.month === month)) continue;
      const later = closed.filter((one) => one.month > month).map((one) => one.month);
      if (later.length > 0) {
        throw new CloseError(
          "close.later-closed",
          `${later.join(", ")} of ${accountId} ${later.length === 1 ? "is" : "are"} closed after ${month}: open ${later.at(-1)} again first`,
        );
      }
      found.push(accountId);
    }
    return found;
  });
  if (accounts.length === 0) throw new CloseError("close.not-closed", `${month} is not closed: nothing was changed`);
  const reopened: { accountId: string; hash: string }[] = [];
  for (const accountId of accounts) {
    await withLease({ store, clock, random }, { accountId, name: "reconcile" }, () =>
      store.transaction(async (db) => {
        const [last] = (await closedMonths(db, accountId)).slice(-1);
        if (last?.month !== month)
          throw new CloseError("close.not-closed", `${month} of ${accountId} has changed meanwhile: try again`);
        await db
          .updateTable("period")
          .set({ reopened_at: clock.now(), reopened_who: context.who ?? "unknown", reopened_note: note })
          .where("account_id", "=", accountId)
          .where("period_id", "=", last.periodId)
          .execute();
        const was = { hash: last.hash, previousHash: last.previousHash, timeZone: last.timeZone };
        await appendAudit(context, db, { accountId, what: "month.reopened", subject: month, note, was });
        reopened.push({ accountId, hash: last.hash });
      }),
    );
  }
  return { month, accounts: reopened };
}
