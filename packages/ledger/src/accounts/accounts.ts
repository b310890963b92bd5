import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Selectable } from "kysely";
import { LedgerError } from "../errors.ts";
import type { AccountTable } from "../store/schema/reports.ts";
import type { Store } from "../store/store.ts";

/** A merchant account in the ledger. */
export interface Account {
  /** Your name for it: in every table, path and message. */
  readonly accountId: string;
  /** Seller (merchant) id; learned from the first settlement when it is not given. */
  readonly sellerId: string | null;
  /** `na`, `eu` or `jp`. */
  readonly region: string;
  /** `live` or `sandbox`. */
  readonly environment: string;
  /** Ledger currency, for instance `USD`. */
  readonly currency: string | null;
}

/** An account to add. */
export interface NewAccount extends Pick<Account, "accountId" | "region" | "environment"> {
  readonly sellerId?: string | null;
  readonly currency?: string | null;
}

/** Codes of {@link AccountError}. */
export type AccountErrorCode =
  /** The name or a part of the description makes no sense. */
  | "account.bad-input"
  /** The account is kept with another region or environment: that would be another account. */
  | "account.differs"
  /** Somebody else changed its settings meanwhile. */
  | "account.changed"
  /** There is no such account. */
  | "account.unknown";

/** An account cannot be added or found. */
export class AccountError extends LedgerError<AccountErrorCode> {}

/** The accounts of a ledger. */
export interface Accounts {
  /**
   * Adds an account; one that is there already with the same region and environment is left alone, and what was unknown
   * about it is filled in.
   *
   * @throws AccountError `account.bad-input`, `account.differs`
   */
  add(account: NewAccount): Promise<Account>;
  /** @throws AccountError `account.unknown` */
  get(accountId: string): Promise<Account>;
  /** By name. */
  list(): Promise<readonly Account[]>;
}

function accountOf(row: Selectable<AccountTable>): Account {
  const { account_id: accountId, seller_id: sellerId, region, environment, currency } = row;
  return { accountId, sellerId, region, environment, currency };
}

function check(account: NewAccount): void {
  for (const [name, value] of Object.entries({
    accountId: account.accountId,
    region: account.region,
    environment: account.environment,
  })) {
    if (typeof value === "string" && value !== "" && value.trim() === value) continue;
    throw new AccountError(
      "account.bad-input",
      `${name} is ${JSON.stringify(value)}: give a text without blanks around it`,
    );
  }
}

/** The accounts kept in a store. */
export function accountsIn(store: Store, clock: Clock): Accounts {
  const find = async (accountId: string): Promise<Account | undefined> => {
    const row = await store.db.selectFrom("account").selectAll().where("account_id", "=", accountId).executeTakeFirst();
    return row === undefined ? undefined : accountOf(row);
  };
  const get = async (accountId: string): Promise<Account> => {
    const account = await find(accountId);
    if (account !== undefined) return account;
    throw new AccountError(
      "account.unknown",
      `there is no account ${JSON.stringify(accountId)} in the ledger: add it first`,
    );
  };
  return {
    get,
    async add(account) {
      check(account);
      const { accountId, region, environment, sellerId = null, currency = null } = account;
      // Asked first: every job of a worker comes here, and a write would make the jobs of an account wait for each other.
      const known = await find(accountId);
      const changed =
        known === undefined ||
        (known.sellerId === null && sellerId !== null) ||
        (known.currency === null && currency !== null);
      if (changed) {
        await store.db
          .insertInto("account")
          .values({
            account_id: accountId,
            region,
            environment,
            seller_id: sellerId,
            currency,
            created_at: clock.now(),
          })
          .onConflict((conflict) =>
            conflict.column("account_id").doUpdateSet(({ fn, ref }) => ({
              seller_id: fn.coalesce(ref("account.seller_id"), ref("excluded.seller_id")),
              currency: fn.coalesce(ref("account.currency"), ref("excluded.currency")),
            })),
          )
          .execute();
      }
      const kept = changed ? await get(accountId) : known;
      if (kept.region === region && kept.environment === environment) return kept;
      throw new AccountError(
        "account.differs",
        `account ${accountId} is kept as ${kept.region}/${kept.environment}, not ${region}/${environment}: choose another name for the other one`,
      );
    },
    async list() {
      const rows = await store.db.selectFrom("account").selectAll().orderBy("account_id").execute();
      return rows.map(accountOf);
    },
  };
}
