import { accountsOf, type BooksContext } from "../../../books/context.ts";
import { listLeases } from "../../../leases/list-leases.ts";

/** An account whose reports are not all in the books. */
export interface UnfinishedSync {
  readonly accountId: string;
  /** Reports that are listed, and neither loaded nor found to be of no use. */
  readonly reports: number;
  /** Whether somebody is bringing them in now. */
  readonly running: boolean;
}

/**
 * The accounts whose last sync has left reports behind, or is still at work: what is made of their books now is made of a
 * part of them.
 *
 * @example
 * for (const { accountId, reports } of await unfinishedSyncs(ledger)) console.warn(accountId, reports);
 */
export async function unfinishedSyncs(context: BooksContext): Promise<readonly UnfinishedSync[]> {
  const accounts = await accountsOf(context);
  const leases = await listLeases(context);
  const found: UnfinishedSync[] = [];
  for (const accountId of accounts) {
    const { reports } = await context.store.db
      .selectFrom("report")
      .select(({ fn }) => fn.countAll<number>().as("reports"))
      .where("account_id", "=", accountId)
      .where("state", "in", ["listed", "archived"])
      .executeTakeFirstOrThrow();
    const running = leases.some(
      (lease) => lease.accountId === accountId && lease.name === "sync" && lease.state === "held",
    );
    if (Number(reports) > 0 || running) found.push({ accountId, reports: Number(reports), running });
  }
  return found;
}
