import { refreshCoverage } from "../../../../reconcile/coverage/refresh.ts";
import type { SourceRun } from "./run.ts";

/** Brings the table of what is covered up to date with what came in. */
export async function judgeCoverage({ context, account, service }: SourceRun): Promise<void> {
  const request = { accountId: account.accountId, now: service.now() };
  await context.store.transaction((db) => refreshCoverage(db, request));
}
