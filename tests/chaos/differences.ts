import type { Ledger } from "@amazon-pay-kit/ledger";
import type { Sandbox } from "@amazon-pay-kit/sandbox";
import { storedLines, truthLines } from "../../packages/ledger/src/ingest/reports/sync/testing/truth.ts";

/** What stands in one list more often than in the other. */
function extra(name: string, left: readonly string[], right: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of right) counts.set(line, (counts.get(line) ?? 0) + 1);
  return left.flatMap((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count > 0 ? [] : [`${name}: ${line}`];
  });
}

/** The settlement of a line of the truth: what it begins with. */
function settlementOf(line: string): string {
  return line.split("|")[0] ?? "";
}

/**
 * Where the books differ from what the sandbox knows: movements that are missing or there twice, reports that are not
 * accounted for, bytes that are not those that were kept, settlements that do not balance.
 *
 * @param reportIds reports that were out when the workers began
 */
export async function differences(
  ledger: Ledger,
  sandbox: Sandbox,
  accounts: readonly string[],
  reportIds: ReadonlySet<string>,
): Promise<string[]> {
  const { db } = ledger.store;
  const found: string[] = [];
  for (const [index, accountId] of accounts.entries()) {
    const merchantId = sandbox.merchants[index]?.merchantId ?? "";
    const stored = await storedLines(ledger.store, accountId);
    // A settlement that has just ended has no report yet; one whose report came meanwhile may be in the books or not.
    const arrived = new Set(stored.map(settlementOf));
    const truth = truthLines(sandbox, merchantId).filter((line) => {
      const settlement = sandbox.engine.state.settlements.get(settlementOf(line));
      return reportIds.has(settlement?.reportId ?? "") || arrived.has(settlementOf(line));
    });
    if (truth.length === 0) found.push(`${accountId}: nothing was traded, so nothing is proved`);
    found.push(...extra(`${accountId} lost`, truth, stored), ...extra(`${accountId} has too often`, stored, truth));
    const states = new Map(
      (await db.selectFrom("report").select(["report_id", "state"]).where("account_id", "=", accountId).execute()).map(
        (row) => [row.report_id, row.state],
      ),
    );
    for (const { reportId } of sandbox.engine.state.reports.under("merchant", merchantId)) {
      const state = states.get(reportId) ?? "not known";
      if (reportIds.has(reportId) && state !== "loaded" && state !== "linked")
        found.push(`${accountId}: report ${reportId} is ${state}`);
    }
  }
  for await (const { findings } of ledger.verifyArchive())
    // A process that was killed while it wrote leaves a half file outside the tree; it goes after a day.
    for (const { problem, message } of findings) if (problem !== "stray") found.push(message);
  // Others were raised while reports were still to come, and went when they came.
  const exceptions = await db
    .selectFrom("exception")
    .select(["account_id", "code", "message"])
    .where("status", "in", ["open", "reopened"])
    .execute();
  for (const row of exceptions) found.push(`${row.account_id}: ${row.code}: ${row.message}`);
  const unbalanced = await db
    .selectFrom("settlement")
    .select("settlement_id")
    .where("status", "!=", "balanced")
    .execute();
  for (const row of unbalanced) found.push(`settlement ${row.settlement_id} does not balance`);
  const unjudged = accounts.length - (await judgedAccounts(ledger));
  if (unjudged > 0) found.push(`${unjudged} accounts were never reconciled`);
  return found;
}

async function judgedAccounts(ledger: Ledger): Promise<number> {
  const rows = await ledger.store.db.selectFrom("settlement").select("account_id").distinct().execute();
  return rows.length;
}
