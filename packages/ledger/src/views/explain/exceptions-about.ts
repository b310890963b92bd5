import { exceptionsOf, type ExceptionView } from "../exceptions.ts";
import type { ViewContext } from "../view.ts";

/** What exceptions are about; whatever is given counts. */
export interface Topics {
  readonly settlementId?: string;
  readonly transactionIds?: readonly string[];
  readonly exceptionId?: string;
}

const MOST = 200;

/** Exceptions about a settlement, about transactions, or by the beginning of their id, whatever has become of them. */
export async function exceptionsAbout(
  context: ViewContext,
  accountId: string,
  { settlementId, transactionIds = [], exceptionId }: Topics,
): Promise<readonly ExceptionView[]> {
  const rows = await context.store.db
    .selectFrom("exception")
    .selectAll()
    .where("account_id", "=", accountId)
    .where((where) =>
      where.or([
        ...(settlementId === undefined ? [] : [where("settlement_id", "=", settlementId)]),
        ...(transactionIds.length === 0 ? [] : [where("transaction_id", "in", [...transactionIds])]),
        ...(exceptionId === undefined ? [] : [where("exception_id", "like", `${exceptionId}%`)]),
      ]),
    )
    .orderBy("status")
    .orderBy("code")
    .orderBy("exception_id")
    .limit(MOST)
    .execute();
  return exceptionsOf(context, rows);
}
