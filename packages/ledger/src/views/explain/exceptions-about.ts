import { exceptionsOf, type ExceptionView } from "../exceptions.ts";
import { scopeOf, type ViewContext } from "../view.ts";

/** What exceptions are about; whatever is given counts. */
export interface Topics {
  readonly settlementId?: string;
  readonly transactionIds?: readonly string[];
  readonly exceptionId?: string;
  readonly recordIds?: readonly number[];
  readonly places?: readonly { readonly fileId: number; readonly line: number }[];
  /** Order number or reference. */
  readonly ownId?: string;
  readonly amounts?: readonly bigint[];
}

const MOST = 200;

/**
 * Exceptions about a settlement, about transactions, or by the beginning of their id, whatever has become of them.
 *
 * @param accountId whose; undefined for all accounts
 */
export async function exceptionsAbout(
  context: ViewContext,
  accountId: string | undefined,
  topics: Topics,
): Promise<readonly ExceptionView[]> {
  const { settlementId, transactionIds = [], exceptionId, recordIds = [], places = [], ownId, amounts = [] } = topics;
  const rows = await context.store.db
    .selectFrom("exception")
    .selectAll()
    .where((await scopeOf(context, { accountId })).of())
    .where((where) =>
      where.or([
        ...(settlementId === undefined ? [] : [where("settlement_id", "=", settlementId)]),
        ...(transactionIds.length === 0 ? [] : [where("transaction_id", "in", [...transactionIds])]),
        ...(recordIds.length === 0 ? [] : [where("record_id", "in", recordIds.slice(0, MOST))]),
        ...places
          .slice(0, MOST)
          .map(({ fileId, line }) => where.and([where("file_id", "=", fileId), where("line", "=", line)])),
        ...(ownId === undefined ? [] : [where("order_id", "=", ownId), where("reference_id", "=", ownId)]),
        ...(amounts.length === 0 ? [] : [where("amount_minor", "in", [...amounts])]),
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
