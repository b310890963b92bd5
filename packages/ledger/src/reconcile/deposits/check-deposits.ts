import { bankLateDeposit } from "../../rules/bank-late-deposit.ts";
import { bankMissingDeposit } from "../../rules/bank-missing-deposit.ts";
import { bankUnknownDeposit } from "../../rules/bank-unknown-deposit.ts";
import { matchAmount } from "../../rules/match-amount.ts";
import { matchCurrency } from "../../rules/match-currency.ts";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { depositPatternOf } from "../settings.ts";
import type { Step } from "../step/step.ts";
import { byAmount } from "./by-amount.ts";
import { handMatches } from "./by-hand.ts";
import type { Deposit, DepositMatch } from "./deposit.ts";
import { keepMatches, keepVerdicts } from "./keep-matches.ts";
import { differences } from "./match-findings.ts";
import { matchDeposits } from "./match-deposits.ts";
import { missing, statementReach } from "./missing-deposits.ts";
import { cameBack, type PlacedTransfer, returnsOf, transfersOf } from "./transfers.ts";
import { unknown } from "./unknown-deposits.ts";

const CODES = [
  bankMissingDeposit.code,
  bankLateDeposit.code,
  bankUnknownDeposit.code,
  matchAmount.code,
  matchCurrency.code,
];

/**
 * Matches all transfers of an account with its bank lines. There is one transfer a settlement, so that this is done anew
 * whenever anything about them has changed.
 */
export async function checkDeposits(step: Step): Promise<void> {
  const lines = await bankLinesOf(step);
  const deposits = lines.filter(({ amount }) => amount > 0n);
  const all = await transfersOf(step);
  const byHand = await handMatches(step, all, deposits);
  const returns = await takenFromBank(step, all, lines);
  const linked = new Set(byHand.flatMap((match) => match.transfers));
  // What came back before it arrived has no deposit: one of the same amount is another's.
  const gone = new Set(returns.unseen.filter((transfer) => !linked.has(transfer)));
  const transfers = all.filter((transfer) => !gone.has(transfer));
  const found = matchDeposits(transfers, deposits, step.settings.bankDays, byHand);
  await keepMatches(step, found.matches, returns.matches);
  const findings =
    step.settings.bank === "ignored"
      ? []
      : [
          ...missing(step, found, await statementReach(step)),
          ...(await unknown(step, found.deposits)),
          ...differences(step, found.matches),
        ];
  await replaceFindings(step, { codes: CODES, subjects: /^(settlement|deposit):/ }, findings);
  await keepVerdicts(step, found, returns.matches, findings);
}

/** Money that Amazon Pay brought from the bank, as the statements have it. */
interface TakenFromBank {
  /** With the debit that each is on the statement. */
  readonly matches: readonly DepositMatch<PlacedTransfer>[];
  /** Transfers that came back, and no statement has a debit for that: they never arrived. */
  readonly unseen: readonly PlacedTransfer[];
}

/**
 * Matches what Amazon Pay brought from the bank with debits of exactly that amount whose text speaks of Amazon Pay. One that
 * is on no statement is no exception: people pay with Amazon Pay too, and most debits have nothing to do with the books.
 */
async function takenFromBank(
  step: Step,
  transfers: readonly PlacedTransfer[],
  lines: readonly Deposit[],
): Promise<TakenFromBank> {
  const returns = await returnsOf(step);
  if (returns.length === 0) return { matches: [], unseen: [] };
  const debits = lines
    .filter(({ amount, fromAmazonPay }) => amount < 0n && fromAmazonPay)
    .map((line) => ({ ...line, amount: -line.amount }))
    .toSorted((one, other) => one.bookedAt - other.bookedAt || one.bankLineId - other.bankLineId);
  const { bankDays } = step.settings;
  const matches = byAmount({ transfers: returns, deposits: debits, bankDays, booked: new Set() });
  const seen = new Set(matches.flatMap((match) => match.transfers));
  const back = cameBack(transfers, returns);
  return { matches, unseen: [...back].filter(([one]) => !seen.has(one as PlacedTransfer)).map(([, sent]) => sent) };
}

async function bankLinesOf(step: Step): Promise<readonly Deposit[]> {
  const pattern = depositPatternOf(step.settings);
  const lines = await step.db
    .selectFrom("bank_line")
    .select(["bank_line_id", "booked_at", "currency", "amount_minor", "reference", "text"])
    .where("account_id", "=", step.accountId)
    .execute();
  return lines.map((line) => ({
    bankLineId: line.bank_line_id,
    bookedAt: line.booked_at,
    currency: line.currency,
    amount: line.amount_minor,
    reference: line.reference,
    text: line.text,
    fromAmazonPay: pattern.test(`${line.reference ?? ""} ${line.text ?? ""}`.normalize("NFKC")),
  }));
}
