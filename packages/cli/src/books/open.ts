import { userInfo } from "node:os";
import {
  accountSettings,
  accountsOf,
  BooksError,
  openLedger,
  openS3Archive,
  type BooksContext,
  type Ledger,
  type Logger,
  type Store,
  type Verdicts,
} from "@amazon-pay-kit/ledger";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Context } from "../program/context.ts";
import { makeFolder } from "./make-folder.ts";

/** The open ledger with what the commands do with it. */
export interface OpenBooks {
  readonly ledger: Ledger;
  readonly store: Store;
  /** What the functions of the books take: the chosen account, and who asks. */
  readonly books: BooksContext;
  reconcile(options?: { readonly full?: boolean }): Promise<Verdicts>;
}

/** Where to open the ledger; the demo has its own place and time. */
export interface BooksPlace {
  readonly dataDir?: string;
  readonly databaseUrl?: string;
  readonly clock?: Clock;
  /** The work looks for the account itself. Default: one that nobody knows is refused before the work begins. */
  readonly anyAccount?: boolean;
  /** Where the ledger writes about its work. */
  readonly logger?: Logger;
}

/** Name of the person at the keyboard, for the audit trail. */
export function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a user without a name.
    return "unknown";
  }
}

/**
 * Refuses a name that neither the configuration nor the ledger has: a list of nothing would say that nothing is wrong there.
 *
 * @throws BooksError `books.unknown-account`
 */
export async function requireKnown(context: Context, store: Store, accountId: string): Promise<void> {
  if (context.config().accounts.has(accountId)) return;
  try {
    await accountsOf({ store, accountId });
  } catch (error) {
    if (!(error instanceof BooksError)) throw error;
    // One that was added at run time is in no report yet.
    if (!(await accountSettings({ store })).some((one) => one.accountId === accountId)) throw error;
  }
}

/** Opens the ledger that the settings name, does the work, and lets go of it whatever happens. */
export async function withBooks<T>(
  context: Context,
  work: (books: OpenBooks) => Promise<T>,
  place: BooksPlace = {},
): Promise<T> {
  const config = context.config();
  const databaseUrl = place.databaseUrl ?? config.databaseUrl ?? undefined;
  const clock = place.clock ?? context.clock;
  // A place of its own, such as the demo's, keeps its bytes there too.
  const bucket = place.dataDir === undefined ? config.archive : null;
  const archive = bucket === null ? undefined : await openS3Archive({ ...bucket, random: context.random });
  const dataDir = place.dataDir ?? config.dataDir;
  makeFolder(dataDir);
  const ledger = await openLedger({
    dataDir,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(archive === undefined ? {} : { archive }),
    ...(place.logger === undefined ? {} : { logger: place.logger }),
    clock,
    random: context.random,
  }).catch((error: unknown) => {
    archive?.close();
    throw error;
  });
  try {
    if (place.dataDir === undefined && place.anyAccount !== true && context.accountName !== undefined)
      await requireKnown(context, ledger.store, context.accountName);
    const books: BooksContext = {
      store: ledger.store,
      clock,
      who: localUser(),
      writeOffLimits: config.writeOffLimits,
      ...(context.accountName === undefined ? {} : { accountId: context.accountName }),
    };
    return await work({
      ledger,
      store: ledger.store,
      books,
      // Most commands only look something up: the rules are loaded when they judge.
      reconcile: async (options = {}) =>
        (await import("./reconcile-books.ts")).reconcileBooks(context, books, options.full === true),
    });
  } finally {
    await ledger.close();
    archive?.close();
  }
}
