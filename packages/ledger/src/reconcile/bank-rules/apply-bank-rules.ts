import { DAY } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import type { Messages } from "../../rules/message.ts";
import { depositSubject } from "../deposits/by-hand.ts";
import { RUN } from "../exceptions/replace-findings.ts";
import type { Step } from "../step/step.ts";
import { BANK_RULE_CODES, checkedBankRules, type CheckedBankRule } from "./bank-rule.ts";

/** How a rule is called in the history of what it explains. */
export const ruleActor = (name: string): string => `rule ${name}`;

interface Open {
  readonly exceptionId: string;
  readonly code: string;
  readonly subject: string;
  readonly settlementId: string | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly messages: string | null;
  readonly lastWho: string | null;
}

/**
 * Differences at the bank that stand open. What a person has opened again is left to people: no rule explains it once more.
 */
async function openAtBank({ db, accountId }: Step): Promise<readonly Open[]> {
  const { rows } = await sql<Open>`
    select e.exception_id as "exceptionId", e.code, e.subject, e.settlement_id as "settlementId",
      e.amount_minor as "amountMinor", e.currency, e.messages,
      (select h.who from exception_event h where h.account_id = e.account_id and h.exception_id = e.exception_id
        order by h.event_id desc limit 1) as "lastWho"
    from exception e
    where e.account_id = ${accountId} and e.status in ('open', 'reopened')
      and e.code in (${sql.join([...BANK_RULE_CODES])})
      and (e.subject like 'settlement:%' or e.subject like 'deposit:%')
    order by e.exception_id
  `.execute(db);
  return rows.filter(({ lastWho }) => lastWho === RUN);
}

/** The texts of the deposits that an exception is about. */
async function textsOf(
  { db, accountId }: Step,
  { subject, settlementId, code, amountMinor }: Open,
): Promise<readonly string[]> {
  if (code === "bank.unknown-deposit") {
    const lines = await db
      .selectFrom("bank_line")
      .select(["booked_at", "amount_minor", "currency", "reference", "text"])
      .where("account_id", "=", accountId)
      .where("amount_minor", "=", amountMinor ?? 0n)
      .execute();
    return lines
      .filter((line) => depositSubject({ ...line, bookedAt: line.booked_at, amount: line.amount_minor }) === subject)
      .map(({ reference, text }) => `${reference ?? ""} ${text ?? ""}`);
  }
  const { rows } = await sql<{ reference: string | null; text: string | null }>`
    select l.reference, l.text from row_match m
    join bank_line l on l.account_id = m.account_id and l.bank_line_id = cast(m.counterpart_id as bigint)
    where m.account_id = ${accountId} and m.counterpart = 'bank' and m.match_group = ${settlementId}
  `.execute(db);
  return rows.map(({ reference, text }) => `${reference ?? ""} ${text ?? ""}`);
}

/** How many calendar days after its last day a deposit came; `null` where it was not late. */
function daysLate(messages: string | null): number | null {
  const values = ((messages === null ? [] : JSON.parse(messages)) as Messages).flatMap((one) =>
    Object.entries(one.values),
  );
  const dayOf = (name: string): number => Date.parse(String(values.find(([key]) => key === name)?.[1] ?? ""));
  const days = (dayOf("arrived") - dayOf("due")) / DAY;
  return Number.isNaN(days) ? null : Math.round(days);
}

async function fits(step: Step, rule: CheckedBankRule, open: Open): Promise<boolean> {
  if (rule.code !== open.code || (rule.accountId !== undefined && rule.accountId !== step.accountId)) return false;
  if (rule.most !== null) {
    const { amountMinor: amount, currency } = open;
    if (amount === null || currency !== rule.currency) return false;
    if (amount > 0n && (rule.reason === "bank-fee" || rule.reason === "claim")) return false;
    if ((amount < 0n ? -amount : amount) > rule.most) return false;
  }
  if (rule.days !== undefined) {
    const late = daysLate(open.messages);
    if (late === null || late > rule.days) return false;
  }
  const { text } = rule;
  if (text === null) return true;
  return (await textsOf(step, open)).some((one) => text.test(one.normalize("NFKC")));
}

/** Explains the differences at the bank that fit a rule, the first of the rules that does. */
export async function applyBankRules(step: Step): Promise<void> {
  const rules = checkedBankRules(step.settings.bankRules);
  if (rules.length === 0) return;
  for (const open of await openAtBank(step)) {
    for (const rule of rules) {
      if (!(await fits(step, rule, open))) continue;
      await explainBy(step, rule, open);
      break;
    }
  }
}

async function explainBy({ db, accountId, now }: Step, rule: CheckedBankRule, open: Open): Promise<void> {
  await db
    .updateTable("exception")
    .set({ status: "explained", changed_at: now, reason: rule.reason })
    .where("account_id", "=", accountId)
    .where("exception_id", "=", open.exceptionId)
    .execute();
  await db
    .insertInto("exception_event")
    .values({
      account_id: accountId,
      exception_id: open.exceptionId,
      what: "explained",
      who: ruleActor(rule.name),
      note: `${rule.reason}: ${rule.note ?? rule.name}`,
      at: now,
      reason: rule.reason,
      amount_minor: open.amountMinor,
      currency: open.currency,
    })
    .execute();
}
