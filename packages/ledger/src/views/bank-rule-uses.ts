import { sql } from "kysely";
import type { Store } from "../store/store.ts";

/** What a rule for repeating cases has explained so far, in one currency. */
export interface BankRuleUse {
  readonly accountId: string;
  readonly name: string;
  readonly currency: string | null;
  readonly count: number;
  /** Sum of the differences, with their signs. */
  readonly amountMinor: bigint;
  readonly lastAt: number;
}

/** How the history calls a rule. */
const PREFIX = "rule ";

/**
 * What the rules for repeating cases have explained, by account, rule and currency: also those that are in no configuration any
 * more.
 */
export async function listBankRuleUses(store: Store): Promise<readonly BankRuleUse[]> {
  const { rows } = await sql<{
    accountId: string;
    who: string;
    currency: string | null;
    count: number;
    amountMinor: bigint | null;
    lastAt: number;
  }>`
    select account_id as "accountId", who, currency, count(*) as count, sum(amount_minor) as "amountMinor",
      max(at) as "lastAt"
    from exception_event
    where what = 'explained' and who like ${`${PREFIX}%`}
    group by account_id, who, currency order by account_id, who, currency
  `.execute(store.db);
  return rows.map(({ who, amountMinor, count, lastAt, ...rest }) => ({
    ...rest,
    name: who.slice(PREFIX.length),
    count: Number(count),
    amountMinor: BigInt(amountMinor ?? 0n),
    lastAt: Number(lastAt),
  }));
}
