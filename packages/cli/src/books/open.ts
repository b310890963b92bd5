import { userInfo } from "node:os";
import {
  openLedger,
  reconcile,
  type BooksContext,
  type Ledger,
  type Store,
  type Verdicts,
} from "@amazon-pay-kit/ledger";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Context } from "../program/context.ts";
import { reconcileSettings } from "./settings.ts";

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

/** Opens the ledger that the settings name, does the work, and lets go of it whatever happens. */
export async function withBooks<T>(
  context: Context,
  work: (books: OpenBooks) => Promise<T>,
  place: BooksPlace = {},
): Promise<T> {
  const config = context.config();
  const databaseUrl = place.databaseUrl ?? config.databaseUrl ?? undefined;
  const clock = place.clock ?? context.clock;
  const ledger = await openLedger({
    dataDir: place.dataDir ?? config.dataDir,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    clock,
    random: context.random,
  });
  try {
    const books: BooksContext = {
      store: ledger.store,
      clock,
      who: localUser(),
      ...(context.accountName === undefined ? {} : { accountId: context.accountName }),
    };
    return await work({
      ledger,
      store: ledger.store,
      books,
      reconcile: (options = {}) => reconcile(books, { ...reconcileSettings(config), full: options.full === true }),
    });
  } finally {
    await ledger.close();
  }
}
