import { currencyDigits } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { STANDING } from "../reconcile/exceptions/status.ts";
import { inChunks } from "../store/chunks.ts";
import { exceptionsOf, type ExceptionView } from "./exceptions.ts";
import { scopeOf, type AccountFilter, type ViewContext } from "./view.ts";

/** What brings one or several exceptions that somebody still has to look at. */
export interface ExceptionCause {
  /** The one that says what it is; the first of the group where that one is settled already. */
  readonly head: ExceptionView;
  readonly count: number;
  /** Money at risk by currency: the largest sum of one code, since consequences repeat the same money. */
  readonly atRisk: ReadonlyMap<string, bigint>;
  /** When the oldest of them was found. */
  readonly foundAt: number;
}

/** Causes, and how many there are in all. */
export interface ExceptionCauses {
  readonly items: readonly ExceptionCause[];
  readonly causes: number;
  readonly exceptions: number;
}

/** Orders in which causes are listed: most money first, oldest first, or largest group first. */
export type CauseOrder = "amount" | "age" | "count";

interface Part {
  readonly account: string;
  readonly cause: string;
  readonly currency: string | null;
  readonly first: string;
  readonly count: number | string;
  readonly amount: bigint | string | null;
  readonly found: number | string;
}

interface Group {
  readonly account: string;
  readonly cause: string;
  first: string;
  count: number;
  foundAt: number;
  readonly atRisk: Map<string, bigint>;
}

/** How large the money is, for the order only: whole units of its currency. */
function weight({ atRisk }: Group): number {
  return Math.max(0, ...[...atRisk].map(([currency, minor]) => Number(minor) / 10 ** currencyDigits(currency)));
}

const ORDERS: Readonly<Record<CauseOrder, (left: Group, right: Group) => number>> = {
  amount: (left, right) => weight(right) - weight(left) || left.foundAt - right.foundAt,
  age: (left, right) => left.foundAt - right.foundAt || weight(right) - weight(left),
  count: (left, right) => right.count - left.count || weight(right) - weight(left),
};

/**
 * What brings the exceptions that are open, with its money at risk, size and age.
 *
 * @param request.limit this many causes. Default 10
 */
export async function listCauses(
  context: ViewContext,
  request: AccountFilter & { readonly limit?: number | undefined; readonly order?: CauseOrder | undefined } = {},
): Promise<ExceptionCauses> {
  const { db } = context.store;
  const scope = await scopeOf(context, request);
  const { rows } = await sql<Part>`
    select account_id as account, coalesce(cause, exception_id) as cause, currency, min(exception_id) as first,
      count(*) as count, sum(abs(amount_minor)) as amount, min(found_at) as found
    from exception
    where ${scope.of()} and status in (${sql.join([...STANDING])})
    group by account_id, coalesce(cause, exception_id), code, currency
  `.execute(db);
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = `${row.account} ${row.cause}`;
    const group = groups.get(key) ?? {
      account: row.account,
      cause: row.cause,
      first: row.first,
      count: 0,
      foundAt: Number(row.found),
      atRisk: new Map<string, bigint>(),
    };
    groups.set(key, group);
    group.count += Number(row.count);
    group.foundAt = Math.min(group.foundAt, Number(row.found));
    if (row.first < group.first) group.first = row.first;
    if (row.currency !== null && row.amount !== null) {
      const amount = BigInt(row.amount);
      if (amount > (group.atRisk.get(row.currency) ?? 0n)) group.atRisk.set(row.currency, amount);
    }
  }
  const all = [...groups.values()].sort(ORDERS[request.order ?? "amount"]);
  const shown = all.slice(0, request.limit ?? 10);
  const ids = new Set(shown.flatMap(({ cause, first }) => [cause, first]));
  const accounts = [...new Set(shown.map(({ account }) => account))];
  const found = await inChunks(ids, (some) =>
    db
      .selectFrom("exception")
      .selectAll()
      .where("account_id", "in", accounts)
      .where("exception_id", "in", [...some])
      .execute(),
  );
  const views = await exceptionsOf(context, found);
  return {
    causes: all.length,
    exceptions: all.reduce((sum, { count }) => sum + count, 0),
    items: shown.flatMap(({ account, cause, first, count, atRisk, foundAt }) => {
      const own = views.filter(({ accountId }) => accountId === account);
      const head = own.find(({ exceptionId }) => exceptionId === cause) ?? own.find((one) => one.exceptionId === first);
      return head === undefined ? [] : [{ head, count, atRisk, foundAt }];
    }),
  };
}
