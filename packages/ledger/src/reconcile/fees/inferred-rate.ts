import { sql } from "kysely";
import { CHECKED_COLUMNS, checkedRow, type RowColumns } from "../scan/suspect-rows.ts";
import type { Step } from "../step/step.ts";
import { type FeeRules, judgeFees } from "./expected.ts";
import type { DoubtfulFee } from "./fees-in-store.ts";
import type { Tariff } from "./tariff.ts";

/** This many captures of a file show which rate is usual. */
const SAMPLE = 200;

/** The tariff that holds for a row. */
export function tariffOf(
  row: Pick<DoubtfulFee, "currency" | "postedAt">,
  tariffs: readonly Tariff[],
): Tariff | undefined {
  return tariffs.find((one) => one.currency === row.currency && row.postedAt >= one.from && row.postedAt < one.until);
}

/**
 * Which rate most captures of the same file follow: a fee that follows none is measured against that one, and not against
 * whichever happens to come nearest.
 *
 * @returns label by file and currency
 */
export async function inferredRates(
  step: Step,
  rows: readonly DoubtfulFee[],
  tariffs: readonly Tariff[],
  rules: FeeRules,
): Promise<(row: DoubtfulFee) => string | null> {
  const labels = new Map<string, string>();
  if (tariffs.every((tariff) => tariff.rates.length < 2)) return () => null;
  for (const fileId of new Set(rows.map((row) => row.fileId))) {
    const { rows: captures } = await sql<RowColumns>`
      select ${CHECKED_COLUMNS} from settlement_row
      where account_id = ${step.accountId} and file_id = ${fileId} and type_key = 'capture'
      order by line limit ${SAMPLE}
    `.execute(step.db);
    const counts = new Map<string, number>();
    for (const capture of captures.map(checkedRow)) {
      const tariff = tariffOf(capture, tariffs);
      const verdict = tariff === undefined ? null : judgeFees(capture, tariff, rules);
      if (verdict?.right !== true) continue;
      const name = `${fileId} ${capture.currency} ${verdict.label}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const [name, count] of [...counts].sort(
      (left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1),
    )) {
      const [, currency = "", ...label] = name.split(" ");
      const key = `${fileId} ${currency}`;
      if (count > 0 && !labels.has(key)) labels.set(key, label.join(" "));
    }
  }
  return (row) => labels.get(`${row.fileId} ${row.currency}`) ?? null;
}
