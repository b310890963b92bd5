import { message } from "../../rules/index.ts";
import type { Step } from "../step/step.ts";
import type { Cause, Symptom } from "./cause.ts";
import { concerns, grouped, size } from "./wrong-rows.ts";

const UNSETTLED = ["capture.unsettled", "refund.unsettled"];

/** No percentage fee is known to be higher: what a lost row leaves missing lies between this share of its amount and all. */
const LEAST_NET_PERCENT = 85n;

interface Window {
  readonly from: number;
  readonly to: number;
}

async function windowOf(step: Step, settlementId: string | null): Promise<Window | null> {
  if (settlementId === null) return null;
  const [row] = await step.db
    .selectFrom("settlement")
    .select(({ fn }) => [fn.min<number | null>("start_at").as("from"), fn.max<number | null>("end_at").as("to")])
    .where("account_id", "=", step.accountId)
    .where("settlement_id", "=", settlementId)
    .execute();
  const [from, to] = [row?.from ?? null, row?.to ?? null];
  return from === null || to === null ? null : { from, to };
}

/**
 * What waits for a settlement because its row cannot be read: made in the time of the settlement, and no more of them than there
 * are such rows. Where there are more, only one whose amount the balance lacks.
 */
function waiting(
  symptoms: readonly Symptom[],
  { from, to }: Window,
  rows: number,
  lost: readonly bigint[],
): readonly Symptom[] {
  const inTime = symptoms.filter(
    ({ code, occurredAt }) => UNSETTLED.includes(code) && occurredAt !== null && occurredAt >= from && occurredAt <= to,
  );
  if (inTime.length <= rows) return inTime;
  const lacking = inTime.filter(({ amountMinor }) =>
    lost.some((one) => one <= size(amountMinor) && one * 100n >= size(amountMinor) * LEAST_NET_PERCENT),
  );
  return lacking.length <= rows ? lacking : [];
}

/** A file of which rows cannot be read: they are one cause, with the balance that lacks them and what waits for them. */
export async function damagedFiles(step: Step, symptoms: readonly Symptom[]): Promise<readonly Cause[]> {
  const unreadable = symptoms.filter(({ code }) => code === "row.unreadable");
  const taken = new Set<Symptom>();
  const causes: Cause[] = [];
  for (const rows of grouped(unreadable, ({ fileId }) => String(fileId))) {
    const [head, ...others] = rows;
    if (head === undefined) continue;
    const balances = symptoms.filter((one) => concerns(one, head.settlementId));
    const window = await windowOf(step, head.settlementId);
    const free = symptoms.filter((one) => !taken.has(one));
    const lost = balances.map(({ amountMinor }) => size(amountMinor));
    const late = window === null ? [] : waiting(free, window, rows.length, lost);
    // A refund in the file whose charge is nowhere: one of the rows may be it.
    const orphans = free.filter((one) => one.code === "refund.orphan" && one.settlementId === head.settlementId);
    const lone = orphans.length <= rows.length ? orphans : [];
    for (const one of [...late, ...lone]) taken.add(one);
    causes.push({
      head,
      others: [...others, ...balances, ...late, ...lone],
      explain: (codes, total) => message("cause.damaged-file", { codes, total }),
    });
  }
  return causes;
}
