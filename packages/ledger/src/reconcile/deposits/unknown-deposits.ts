import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { bankUnknownDeposit } from "../../rules/bank-unknown-deposit.ts";
import { message } from "../../rules/index.ts";
import type { Finding } from "../finding.ts";
import { booksBegin } from "../step/history.ts";
import { readMark, setMarks } from "../step/marks.ts";
import type { Step } from "../step/step.ts";
import { depositSubject } from "./by-hand.ts";
import { businessDaysAfter } from "./business-days.ts";
import type { Deposit } from "./deposit.ts";
import { ELSEWHERE_MARK, markOf, paidElsewhere } from "./paid-elsewhere.ts";

/** Deposits from Amazon Pay without a transfer; those that may come from a time before the books are not meant. */
export async function unknown(step: Step, unmatched: readonly Deposit[]): Promise<Finding[]> {
  const deposits = await withoutOthers(step, unmatched);
  const begins = await booksBegin(step);
  const earliest = Math.min(...[...begins.values()].map(({ startAt }) => startAt));
  return deposits.flatMap((deposit): Finding[] => {
    const begin = begins.get(deposit.currency)?.startAt ?? earliest;
    if (!deposit.fromAmazonPay || begin === Infinity) return [];
    if (deposit.bookedAt <= businessDaysAfter(begin, step.settings.bankDays)) return [];
    const day = formatInstant(deposit.bookedAt).slice(0, 10);
    const amount = formatAmount(deposit.amount, deposit.currency);
    return [
      {
        code: bankUnknownDeposit.code,
        subject: depositSubject(deposit),
        settlementId: null,
        transactionId: null,
        fileId: null,
        line: null,
        amount: deposit.amount,
        currency: deposit.currency,
        messages:
          deposit.reference === null
            ? message("bank.unknown-deposit", { amount, day })
            : message("bank.unknown-deposit.named", { amount, day, reference: deposit.reference }),
      },
    ];
  });
}

/** The deposits that are no other account's, to which the same bank account belongs. */
async function withoutOthers(step: Step, deposits: readonly Deposit[]): Promise<readonly Deposit[]> {
  const before = await readMark(step, ELSEWHERE_MARK);
  if (before === null && !deposits.some(({ fromAmazonPay }) => fromAmazonPay)) return deposits;
  const elsewhere = await paidElsewhere(step.db, step.accountId);
  const mark = markOf(elsewhere);
  if (mark !== (before ?? markOf(new Map()))) await setMarks(step, [ELSEWHERE_MARK], mark);
  const left = new Map(elsewhere);
  return deposits.filter((deposit) => {
    const subject = depositSubject(deposit);
    const count = left.get(subject) ?? 0;
    left.set(subject, count - 1);
    return count <= 0;
  });
}
