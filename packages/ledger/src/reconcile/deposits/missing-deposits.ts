import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { bankMissingDeposit } from "../../rules/bank-missing-deposit.ts";
import { message } from "../../rules/index.ts";
import type { Finding } from "../finding.ts";
import type { Step } from "../step/step.ts";
import { businessDaysAfter } from "./business-days.ts";
import { about } from "./finding-about.ts";
import type { DepositMatches } from "./match-deposits.ts";
import type { PlacedTransfer } from "./transfers.ts";

/** First and last day that the bank statements of each currency speak of. */
type Reach = ReadonlyMap<string, { readonly first: number; readonly last: number }>;

/** How far the statements reach, by every line of theirs: also those that have nothing to do with Amazon Pay. */
export async function statementReach(step: Step): Promise<Reach> {
  const rows = await step.db
    .selectFrom("bank_line")
    .select(({ fn }) => ["currency", fn.min<number>("booked_at").as("first"), fn.max<number>("booked_at").as("last")])
    .where("account_id", "=", step.accountId)
    .groupBy("currency")
    .execute();
  return new Map(rows.map(({ currency, first, last }) => [currency, { first, last }]));
}

/** When the first transfer of each currency was made that is on a statement: the statements speak of all that came after it. */
function firstArrived(found: DepositMatches<PlacedTransfer>): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const transfer of found.matches.flatMap(({ transfers }) => transfers)) {
    first.set(transfer.currency, Math.min(transfer.at, first.get(transfer.currency) ?? transfer.at));
  }
  return first;
}

/**
 * Transfers whose days are over, as far as the bank statements reach. A transfer in another currency than its bank account
 * is looked for in the statements of the currency in which its like arrived.
 */
export function missing(step: Step, found: DepositMatches<PlacedTransfer>, reach: Reach): Finding[] {
  const required = step.settings.bank === "required";
  const arrivesIn = new Map(
    found.matches.flatMap(({ transfers, deposits }) =>
      transfers.map(({ currency }) => [currency, deposits[0]?.currency ?? currency] as const),
    ),
  );
  const arrived = firstArrived(found);
  return found.transfers.flatMap((transfer) => {
    const { first, last } = required
      ? { first: Number.MIN_SAFE_INTEGER, last: step.now }
      : (reach.get(arrivesIn.get(transfer.currency) ?? transfer.currency) ?? { first: 0, last: 0 });
    const due = businessDaysAfter(transfer.at, step.settings.bankDays);
    if (transfer.at < Math.min(first, arrived.get(transfer.currency) ?? first) || due >= last) return [];
    const amount = formatAmount(transfer.amount, transfer.currency);
    return about(transfer, {
      code: bankMissingDeposit.code,
      amount: transfer.amount,
      messages: message("bank.missing-deposit", {
        amount,
        at: formatInstant(transfer.at),
        due: formatInstant(due).slice(0, 10),
      }),
    });
  });
}
