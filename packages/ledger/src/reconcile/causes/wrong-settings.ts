import { sql } from "kysely";
import { MOVING } from "../ageing/open-items.ts";
import type { Step } from "../step/step.ts";
import { message } from "../../rules/index.ts";
import type { Cause, Symptom } from "./cause.ts";

/** Fewer than these say nothing about a setting. */
const FEWEST = 5;

/** This many of a hundred must be wrong in the same way before the setting counts as the cause. */
const PERCENT = 80;

const UNSETTLED = ["capture.unsettled", "refund.unsettled"];
const UNKNOWN = ["capture.unknown", "refund.unknown"];

interface Imported {
  readonly importId: number;
  readonly name: string | null;
  readonly records: number;
}

async function importsOf(step: Step, importIds: readonly number[]): Promise<readonly Imported[]> {
  if (importIds.length === 0) return [];
  const { rows } = await sql<Imported>`
    select i.import_id as "importId", i.file_name as name, count(*) as records
    from import i join record c on c.account_id = i.account_id and c.import_id = i.import_id
    where i.account_id = ${step.accountId} and i.import_id in (${sql.join(importIds)})
      and (c.status is null or c.status in (${sql.join(MOVING)}))
    group by i.import_id, i.file_name order by i.import_id
  `.execute(step.db);
  return rows;
}

/**
 * Records of which hardly any is settled are another account's, or dated in another time zone: one cause, with the captures
 * and refunds that lack a record then.
 */
export async function wrongRecords(step: Step, symptoms: readonly Symptom[]): Promise<readonly Cause[]> {
  const unsettled = symptoms.filter((one) => UNSETTLED.includes(one.code) && one.importId !== null);
  const mismatched = symptoms.filter((one) => one.code === "match.currency" && one.importId !== null);
  const ids = [...new Set([...unsettled, ...mismatched].map((one) => one.importId ?? 0))];
  const causes: Cause[] = [];
  const taken = new Set<Symptom>();
  for (const { importId, name, records } of await importsOf(step, ids)) {
    const file = name ?? String(importId);
    const of = (all: readonly Symptom[]): Symptom[] => all.filter((one) => one.importId === importId);
    const count = Number(records);
    const open = of(unsettled).toSorted((left, right) => (left.occurredAt ?? 0) - (right.occurredAt ?? 0));
    const [first, ...rest] = open;
    if (first !== undefined && open.length >= FEWEST && open.length * 100 >= count * PERCENT) {
      const unknownRows = symptoms.filter((one) => UNKNOWN.includes(one.code) && !taken.has(one));
      for (const one of unknownRows) taken.add(one);
      const values = { file, open: String(open.length), count: String(count) };
      causes.push({
        head: first,
        others: [...rest, ...unknownRows],
        explain: (codes, total) => message("cause.records", { codes, total, ...values }),
      });
    }
    const [odd, ...more] = of(mismatched);
    if (odd !== undefined && more.length + 1 >= FEWEST) {
      causes.push({
        head: odd,
        others: more,
        explain: (codes, total) => message("cause.records-currency", { codes, total, file }),
      });
    }
  }
  return causes;
}

/** Fees of which most differ from the schedule: the schedule is not this account's. */
export async function wrongSchedule(step: Step, symptoms: readonly Symptom[]): Promise<readonly Cause[]> {
  const causes: Cause[] = [];
  const differing = symptoms.filter(({ code }) => code === "fee.mismatch");
  for (const currency of new Set(differing.map((one) => one.currency))) {
    const [head, ...others] = differing.filter((one) => one.currency === currency);
    if (head === undefined || others.length + 1 < FEWEST || currency === null) continue;
    const settlements = new Set([head, ...others].map((one) => one.settlementId));
    const checked = await step.db
      .selectFrom("settlement_fee")
      .select(["settlement_id", "checked_count"])
      .where("account_id", "=", step.accountId)
      .where("currency", "=", currency)
      .execute();
    const count = checked
      .filter((row) => settlements.has(row.settlement_id))
      .reduce((sum, row) => sum + row.checked_count, 0);
    if ((others.length + 1) * 100 < count * PERCENT) continue;
    causes.push({ head, others, explain: (codes, total) => message("cause.schedule", { codes, total }) });
  }
  return causes;
}

/** Transfers of which none is on a statement: it is another bank account's, or its lines are worded otherwise. */
export async function wrongStatement(step: Step, symptoms: readonly Symptom[]): Promise<readonly Cause[]> {
  const [head, ...others] = symptoms.filter(({ code }) => code === "bank.missing-deposit");
  if (head === undefined || others.length < 2) return [];
  const matched = await step.db
    .selectFrom("row_match")
    .select("line")
    .where("account_id", "=", step.accountId)
    .where("counterpart", "=", "bank")
    .limit(1)
    .execute();
  if (matched.length > 0) return [];
  const unknownRows = symptoms.filter(({ code }) => code === "bank.unknown-deposit");
  return [
    {
      head,
      others: [...others, ...unknownRows],
      explain: (codes, total) => message("cause.statement", { codes, total }),
    },
  ];
}
