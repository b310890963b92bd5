import { injectedIn } from "./damage.ts";
import type { Environment } from "./environment.ts";

/** A movement as both sides can name it. */
function nameOf(values: readonly (string | number | bigint | null)[]): string {
  return values.map((value) => String(value ?? "")).join("|");
}

function counted(names: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** What is in one bag and not in the other, with the difference of the counts. */
function difference(left: Map<string, number>, right: Map<string, number>): string[] {
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].flatMap((name) => {
    const off = (left.get(name) ?? 0) - (right.get(name) ?? 0);
    return off === 0 ? [] : [`${off > 0 ? `+${off}` : off} ${name}`];
  });
}

/**
 * Compares the ledger's settlement rows with what the service knows to have moved in closed settlements whose reports are out: every row once,
 * to the cent. Returns what differs; nothing when all is well.
 *
 * @param knownAt moment at which the last sync began
 */
export async function compareWithTruth(environment: Environment, knownAt: number): Promise<string[]> {
  const found: string[] = [];
  for (const [index, merchant] of environment.merchants.entries()) {
    // What was made wrong there, the exceptions must say.
    const wrong = new Set(injectedIn(environment, merchant).map(({ injectedIn: place }) => place?.settlementId ?? ""));
    const rows = (
      await environment.context.store.db
        .selectFrom("settlement_row")
        .select([
          "settlement_id",
          "type",
          "transaction_id",
          "posted_at",
          "currency",
          "amount_minor",
          "percentage_fee_minor",
          "fixed_fee_minor",
          "net_minor",
        ])
        .where("account_id", "=", `m${index}`)
        .execute()
    ).filter((row) => !wrong.has(row.settlement_id));
    // What came while the last sync ran may be there already, or not yet.
    const arrived = new Set(rows.map((row) => row.settlement_id));
    const inLedger = counted(
      rows.map((row) =>
        nameOf([
          row.settlement_id,
          row.type,
          row.transaction_id,
          row.posted_at,
          row.currency,
          row.amount_minor,
          row.percentage_fee_minor,
          row.fixed_fee_minor,
          row.net_minor,
        ]),
      ),
    );
    const { movements, reports, settlements } = environment.sandbox.engine.state;
    const isOut = (settlementId: string): boolean => {
      const report = reports.get(settlements.get(settlementId)?.reportId ?? "");
      return (
        report !== undefined &&
        report.visibleAt <= knownAt &&
        (report.processingEndAt ?? Number.POSITIVE_INFINITY) <= knownAt
      );
    };
    const moved = [...movements.under("merchant", merchant.merchantId)].filter(
      (movement) =>
        movement.settlementId !== null &&
        !wrong.has(movement.settlementId) &&
        (isOut(movement.settlementId) || arrived.has(movement.settlementId)),
    );
    const known = counted(
      moved.map((movement) =>
        nameOf([
          movement.settlementId,
          movement.type,
          movement.transactionId,
          Math.floor(movement.postedAt / 1000) * 1000,
          movement.currency,
          movement.amount,
          movement.percentageFee,
          movement.fixedFee,
          movement.amount + movement.percentageFee + movement.fixedFee,
        ]),
      ),
    );
    for (const line of difference(inLedger, known)) found.push(`m${index}: ${line}`);
  }
  return found;
}

/** Reports that the service has made and the ledger does not account for, and files that were fetched and lost. */
export async function unaccounted(environment: Environment, knownAt: number): Promise<string[]> {
  const { db } = environment.context.store;
  const found: string[] = [];
  for (const [index, merchant] of environment.merchants.entries()) {
    const known = await db
      .selectFrom("report")
      .select(["report_id", "state"])
      .where("account_id", "=", `m${index}`)
      .execute();
    const states = new Map(known.map((row) => [row.report_id, row.state]));
    for (const report of environment.sandbox.engine.state.reports.under("merchant", merchant.merchantId)) {
      if (
        report.processingStatus !== "COMPLETED" ||
        report.visibleAt > knownAt ||
        (report.processingEndAt ?? 0) > knownAt
      )
        continue;
      const state = states.get(report.reportId);
      if (state !== "loaded" && state !== "linked")
        found.push(`m${index}: report ${report.reportId} is ${state ?? "not known"}`);
    }
  }
  const lost = await db
    .selectFrom("file")
    .select(["account_id", "archive_path"])
    .where("loaded_at", "is", null)
    .where("quarantine_code", "is", null)
    .execute();
  for (const file of lost) found.push(`${file.account_id}: ${file.archive_path} was fetched and never loaded`);
  return found;
}
