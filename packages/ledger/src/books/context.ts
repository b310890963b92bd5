import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Store } from "../store/store.ts";
import { BooksError } from "./errors.ts";

/** What every part of the books works with. */
export interface BooksContext {
  readonly store: Store;
  readonly clock: Clock;
  /** One account. Default: all of them, in the order of their ids. */
  readonly accountId?: string;
  /** Who does it, for the audit trail: the operating system's user or the dashboard's identity. Default `unknown`. */
  readonly who?: string;
}

/**
 * The accounts that a context speaks of, in the order of their ids.
 *
 * @throws BooksError `books.unknown-account` when it names one that is not in the ledger
 */
export async function accountsOf(context: BooksContext): Promise<readonly string[]> {
  const known = (await context.store.db.selectFrom("account").select("account_id").execute())
    .map((row) => row.account_id)
    .sort();
  if (context.accountId === undefined) return known;
  if (known.includes(context.accountId)) return [context.accountId];
  throw new BooksError(
    "books.unknown-account",
    `there is no account ${JSON.stringify(context.accountId)} in the ledger: ${
      known.length === 0 ? "it has none yet, sync first" : `it has ${known.join(", ")}`
    }`,
  );
}

/**
 * The one account that something is imported into or exported from.
 *
 * @throws BooksError `books.unknown-account`, `books.which-account` when several are there and none is named
 */
export async function oneAccountOf(context: BooksContext): Promise<string> {
  const [account, ...others] = await accountsOf(context);
  if (account !== undefined && others.length === 0) return account;
  throw account === undefined
    ? new BooksError("books.unknown-account", "the ledger has no account yet: sync first")
    : new BooksError("books.which-account", `name the account: the ledger has ${[account, ...others].join(", ")}`);
}
