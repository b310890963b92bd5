import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Store } from "../store/store.ts";
import { BooksError } from "./errors.ts";

/** Context of every function of the books. */
export interface BooksContext {
  readonly store: Store;
  readonly clock: Clock;
  /** One account. Default: all of them, in the order of their ids. */
  readonly accountId?: string;
  /** Who makes the change, for the audit trail: the operating system's user or the dashboard's identity. Default `unknown`. */
  readonly who?: string;
  /** Whether this person may agree to a write-off that another has asked for. Default: they may. */
  readonly mayApprove?: boolean | undefined;
  /** Amounts in minor units, by currency, above which a write-off takes two people. Default: one person decides. */
  readonly writeOffLimits?: Readonly<Record<string, bigint>> | undefined;
}

/** Most names listed in an error. */
const SHOWN = 10;

function naming(accounts: readonly string[]): string {
  const more = accounts.length - SHOWN;
  return `${accounts.slice(0, SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/**
 * The accounts that a context speaks of, in the order of their ids.
 *
 * @throws BooksError `books.unknown-account` when it names one that is not in the ledger
 */
export async function accountsOf(context: Pick<BooksContext, "store" | "accountId">): Promise<readonly string[]> {
  const { accountId } = context;
  const ids = context.store.db.selectFrom("account").select("account_id");
  // One of ten thousand is looked up, not found among all: every reconciliation comes here.
  if (accountId !== undefined) {
    const [found] = await ids.where("account_id", "=", accountId).execute();
    if (found !== undefined) return [accountId];
  }
  const known = (await ids.execute()).map((row) => row.account_id).sort();
  if (accountId === undefined) return known;
  throw new BooksError(
    "books.unknown-account",
    `there is no account ${JSON.stringify(accountId)} in the ledger: ${
      known.length === 0 ? "it has none yet, sync first" : `it has ${naming(known)}`
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
    : new BooksError("books.which-account", `name the account: the ledger has ${naming([account, ...others])}`);
}
