import { DAY, formatInstant } from "@amazon-pay-kit/money";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { captureUnsettled } from "../../rules/capture-unsettled.ts";
import { refundUnsettled } from "../../rules/refund-unsettled.ts";
import type { Finding } from "../finding.ts";
import type { Step } from "../step/step.ts";
import { message } from "../../rules/index.ts";

/**
 * When an item is unsettled: with an Amazon Pay id, as soon as settlements reach beyond its day; without one, or where
 * no settlement has come yet, after this many days.
 *
 * @param settledUntil end of the last settlement in its currency; `null` before the first
 */
function isUnsettled(
  item: { readonly transactionId: string | null; readonly occurredAt: number },
  settledUntil: number | null,
  rules: { readonly now: number; readonly unsettledGrace: number; readonly unsettledAfter: number },
): boolean {
  if (item.occurredAt <= rules.now - rules.unsettledAfter) return true;
  if (settledUntil === null || item.transactionId === null) return false;
  return item.occurredAt <= settledUntil - rules.unsettledGrace;
}

/** Raises the open items that should be in a settlement by now. */
export async function checkUnsettled(step: Step): Promise<void> {
  const items = await step.db
    .selectFrom("open_item")
    .select(["kind", "transaction_id", "amount_minor", "currency", "occurred_at", "subject", "counterpart"])
    .where("account_id", "=", step.accountId)
    .orderBy("counterpart")
    .orderBy("counterpart_id")
    .execute();
  const ends = await step.db
    .selectFrom("settlement")
    .select(({ fn }) => ["currency", fn.max<number>("end_at").as("until")])
    .where("account_id", "=", step.accountId)
    .groupBy("currency")
    .execute();
  const until = new Map(ends.map((row) => [row.currency, row.until]));
  const findings: Finding[] = [];
  for (const item of items) {
    const settledUntil = until.get(item.currency) ?? null;
    const facts = { transactionId: item.transaction_id, occurredAt: item.occurred_at };
    if (!isUnsettled(facts, settledUntil, { now: step.now, ...step.settings })) continue;
    const refund = item.kind === "refund";
    const moved = refund ? ("unsettled.refunded" as const) : ("unsettled.captured" as const);
    const at = formatInstant(item.occurred_at);
    findings.push({
      code: refund ? refundUnsettled.code : captureUnsettled.code,
      subject: item.subject,
      settlementId: null,
      transactionId: item.transaction_id,
      fileId: null,
      line: null,
      amount: refund ? -item.amount_minor : item.amount_minor,
      currency: item.currency,
      messages: [
        ...message(item.counterpart === "record" ? moved : `${moved}.reported`, { at }),
        ...(settledUntil !== null && item.occurred_at <= settledUntil
          ? message("unsettled.passed", { until: formatInstant(settledUntil) })
          : message("unsettled.old", { days: String(Math.floor(step.settings.unsettledAfter / DAY)) })),
      ],
    });
  }
  await replaceFindings(step, { codes: [captureUnsettled.code, refundUnsettled.code] }, findings);
}
