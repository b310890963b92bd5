import {
  type BooksContext,
  explainException,
  type ExceptionView,
  type HandMatch,
  type HandMatchRequest,
  linkDeposit,
  listExceptions,
} from "@amazon-pay-kit/ledger";
import { everyPage } from "./every-page.ts";
import type { OpenBooks } from "./open.ts";

/** What of a match by hand differs all the same. */
const DIFFERENCES: ReadonlySet<string> = new Set(["match.amount", "match.currency", "bank.late-deposit"]);

/** A deposit that was linked, and what lies between it and its transfers. */
export interface MatchedDeposit extends HandMatch {
  /** Explained with the reason where one was given, else open. */
  readonly differences: readonly ExceptionView[];
}

/**
 * Links a deposit with transfers, reconciles, and explains what lies between them with the reason that was given.
 *
 * @throws BooksError as `linkDeposit`
 */
export async function matchDeposit(
  { store, reconcile }: Pick<OpenBooks, "store" | "reconcile">,
  books: BooksContext,
  request: HandMatchRequest,
): Promise<MatchedDeposit> {
  const linked = await linkDeposit(books, request);
  await reconcile({});
  const own = { ...books, accountId: linked.accountId };
  const settlements = new Set(linked.settlements);
  const differences: ExceptionView[] = [];
  const filter = { accountId: linked.accountId, status: "to-do" };
  for await (const one of everyPage((page) => listExceptions({ store }, { ...filter, ...page })))
    if (DIFFERENCES.has(one.code) && settlements.has(one.settlementId ?? "")) differences.push(one);
  const { reason, note } = request;
  if (reason !== undefined)
    for (const { exceptionId } of differences) await explainException(own, exceptionId, note ?? "", reason);
  return { ...linked, differences };
}
