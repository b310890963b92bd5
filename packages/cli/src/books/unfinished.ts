import { unfinishedSyncs, type UnfinishedSync } from "@amazon-pay-kit/ledger";
import type { Context } from "../program/context.ts";
import type { OpenBooks } from "./open.ts";

/**
 * Says for which accounts reports are still to be brought in, so that nobody takes verdicts or journals of the half for those
 * of the whole.
 *
 * @param what is made of the books, for the note: `verdicts`, `this export`
 */
export async function noteUnfinished(
  context: Context,
  { books }: OpenBooks,
  what: string,
): Promise<readonly UnfinishedSync[]> {
  const unfinished = await unfinishedSyncs(books);
  for (const { accountId, reports, running } of unfinished) {
    const left = reports === 0 ? "" : `${reports} ${reports === 1 ? "report is" : "reports are"} listed and not loaded`;
    const words = running ? `a sync is running${left === "" ? "" : `, and ${left}`}` : left;
    const advice = running ? "wait for it to end" : "run apay sync";
    context.info(
      `${context.paint("yellow", "unfinished")} ${accountId}: ${words}; ${what} may lack them: ${advice} first`,
    );
  }
  return unfinished;
}

/** Whether reports are known to be missing; a sync that runs may bring nothing. */
export function lacksReports(unfinished: readonly UnfinishedSync[]): boolean {
  return unfinished.some(({ reports }) => reports > 0);
}
