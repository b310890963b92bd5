import { openPostgresStore, openSqliteStore, reconcile, type Store } from "@amazon-pay-kit/ledger";
import { freshDatabase } from "../postgres/database.ts";
import { foundIn, scoreHistory } from "./answer.ts";
import { contextOf, reconcileHistory } from "./books.ts";
import { type ShopSpec, writeHistory } from "./history.ts";
import type { ScoreTable } from "./table.ts";

/** What is asked of a history beside its score. */
export interface Trial {
  readonly name: string;
  readonly specs: readonly ShopSpec[];
  /** Keep the books on PostgreSQL too, and compare the verdicts byte by byte. */
  readonly onPostgres?: boolean;
}

async function eventsOf(store: Store): Promise<number> {
  const { n } = await store.db
    .selectFrom("exception_event")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return n;
}

/**
 * Writes a history, keeps books of it, and scores what they find. Runs again must give the same verdicts, byte for byte, and
 * leave the audit trail as it is: one over what is new, which is nothing, and a full one.
 *
 * @returns codes of all exceptions that were found
 */
export async function tryHistory(trial: Trial, table: ScoreTable): Promise<ReadonlySet<string>> {
  const { name, specs, onPostgres = false } = trial;
  const history = await writeHistory(name, specs);
  const store = await openSqliteStore(":memory:");
  try {
    const context = contextOf(history, store);
    const verdicts = JSON.stringify(await reconcileHistory(history, context));
    const found = await foundIn(store);
    table.add(name, specs.length, scoreHistory(history, found));
    const events = await eventsOf(store);
    const same = (what: string, other: string): void => {
      if (other !== verdicts) table.problems.push(`${name}: ${what} gives other verdicts`);
    };
    same("a second run", JSON.stringify(await reconcile(context)));
    same("a full run", JSON.stringify(await reconcile(context, { full: true })));
    if ((await eventsOf(store)) !== events)
      table.problems.push(`${name}: runs over nothing new wrote into the audit trail`);
    if (onPostgres) {
      const postgres = await openPostgresStore(await freshDatabase());
      try {
        same("PostgreSQL", JSON.stringify(await reconcileHistory(history, contextOf(history, postgres))));
      } finally {
        await postgres.close();
      }
    }
    return new Set(found.map(({ code }) => code));
  } finally {
    await store.close();
    await history.sandbox.close();
  }
}
