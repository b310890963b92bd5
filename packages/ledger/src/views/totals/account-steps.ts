import { scheduler } from "node:timers/promises";
import { type RawBuilder, sql, type SqlBool } from "kysely";
import { accountIds, type ViewContext } from "../view.ts";

/** Accounts a step: what their sums take is no wait for others. */
const STEP = 250;

/**
 * Reads something of all accounts, some of them at a time, with others' requests between the steps: SQLite answers in the process that
 * asks, and nobody else gets an answer meanwhile.
 *
 * @param read gets the condition that a row is of these accounts
 */
export async function inAccountSteps<Row>(
  context: ViewContext,
  read: (of: (column: string) => RawBuilder<SqlBool>) => Promise<readonly Row[]>,
  take: (row: Row) => void,
): Promise<void> {
  const accounts = await accountIds(context, {});
  for (let at = 0; at < accounts.length; at += STEP) {
    const [from, to] = [accounts[at] ?? "", accounts[Math.min(at + STEP, accounts.length) - 1] ?? ""];
    for (const row of await read((column) => sql<SqlBool>`${sql.ref(column)} between ${from} and ${to}`)) take(row);
    await scheduler.yield();
  }
}
