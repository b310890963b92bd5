import { formatAmount } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { STANDING } from "../exceptions/status.ts";
import type { Messages } from "../../rules/message.ts";
import type { Step } from "../step/step.ts";
import type { Cause, Symptom } from "./cause.ts";
import { lostSettlements } from "./lost-settlements.ts";
import { reissuedSettlements } from "./reissued-settlements.ts";
import { damagedFiles } from "./damaged-files.ts";
import { converting, unknownTypes, wrongRows } from "./wrong-rows.ts";
import { wrongRecords, wrongSchedule, wrongStatement } from "./wrong-settings.ts";

type Row = Omit<Symptom, "messages"> & {
  readonly messages: string | null;
  readonly cause: string | null;
  readonly causeMessages: string | null;
};

async function liveRows({ db, accountId }: Step): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select e.exception_id as "exceptionId", e.code, e.subject, e.settlement_id as "settlementId",
      e.transaction_id as "transactionId", e.file_id as "fileId", e.line, e.amount_minor as "amountMinor", e.currency,
      e.record_id as "recordId", e.messages, e.cause, e.cause_messages as "causeMessages", c.import_id as "importId",
      (select min(o.occurred_at) from open_item o where o.account_id = e.account_id and o.subject = e.subject
        and e.code in ('capture.unsettled', 'refund.unsettled')) as "occurredAt"
    from exception e left join record c on c.account_id = e.account_id and c.record_id = e.record_id
    where e.account_id = ${accountId} and e.status in (${sql.join([...STANDING])})
    order by e.settlement_id, e.line, e.code, e.exception_id
  `.execute(db);
  return rows;
}

/** How many of each code, most first: `8 × capture.unsettled, 1 × bank.unknown-deposit`. */
function codesOf(symptoms: readonly Symptom[]): string {
  const counts = new Map<string, number>();
  for (const { code } of symptoms) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    .map(([code, count]) => `${count} × ${code}`)
    .join(", ");
}

/** The money that is at risk: of each currency the largest sum of one code, since consequences repeat the same money. */
export function amountAtRisk(
  symptoms: readonly Pick<Symptom, "code" | "amountMinor" | "currency">[],
): ReadonlyMap<string, bigint> {
  const sums = new Map<string, Map<string, bigint>>();
  for (const { code, amountMinor, currency } of symptoms) {
    if (amountMinor === null || currency === null) continue;
    const ofCurrency = sums.get(currency) ?? new Map<string, bigint>();
    sums.set(currency, ofCurrency);
    ofCurrency.set(code, (ofCurrency.get(code) ?? 0n) + (amountMinor < 0n ? -amountMinor : amountMinor));
  }
  return new Map(
    [...sums]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([currency, codes]) => [currency, [...codes.values()].reduce((most, sum) => (sum > most ? sum : most), 0n)]),
  );
}

function riskText(symptoms: readonly Symptom[]): string {
  const amounts = [...amountAtRisk(symptoms)].filter(([, minor]) => minor !== 0n);
  return amounts.map(([currency, minor]) => `${formatAmount(minor, currency)} ${currency}`).join(" + ") || "–";
}

/**
 * Groups the exceptions of an account by what brings them, so that one lost file, one wrong setting or one habit of a bank is
 * one thing to deal with. The one that heads a group says so; what stands alone heads itself.
 */
export async function assignCauses(step: Step): Promise<void> {
  const rows = await liveRows(step);
  if (rows.length === 0) return;
  const symptoms = rows.map((row): Symptom => ({
    ...row,
    messages: row.messages === null ? [] : (JSON.parse(row.messages) as Messages),
  }));
  const taken = new Set<Symptom>();
  const found = new Map<string, { readonly cause: string; readonly messages: Messages | null }>();
  const take = (causes: readonly Cause[]): void => {
    for (const { head, others, explain } of causes) {
      if (taken.has(head)) continue;
      const free = [...new Set(others)].filter((one) => one !== head && !taken.has(one));
      if (free.length === 0) continue;
      for (const one of [head, ...free]) taken.add(one);
      const messages = explain(codesOf(free), riskText([head, ...free]));
      found.set(head.exceptionId, { cause: head.exceptionId, messages });
      for (const one of free) found.set(one.exceptionId, { cause: head.exceptionId, messages: null });
    }
  };
  const free = (): readonly Symptom[] => symptoms.filter((one) => !taken.has(one));
  take(await reissuedSettlements(step, free()));
  take(await wrongStatement(step, free()));
  take(await wrongRecords(step, free()));
  take(await wrongSchedule(step, free()));
  take(await lostSettlements(step, free()));
  take(converting(free()));
  take(unknownTypes(free()));
  take(await damagedFiles(step, free()));
  take(wrongRows(free()));
  for (const row of rows) {
    const { cause = row.exceptionId, messages = null } = found.get(row.exceptionId) ?? {};
    const text = messages === null ? null : JSON.stringify(messages);
    if (row.cause === cause && row.causeMessages === text) continue;
    await step.db
      .updateTable("exception")
      .set({ cause, cause_messages: text })
      .where("account_id", "=", step.accountId)
      .where("exception_id", "=", row.exceptionId)
      .execute();
  }
}
