import { DAY, formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { chunks } from "../../store/chunks.ts";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { bankLateDeposit } from "../../rules/bank-late-deposit.ts";
import { bankMissingDeposit } from "../../rules/bank-missing-deposit.ts";
import { matchAmount } from "../../rules/match-amount.ts";
import { bankUnknownDeposit } from "../../rules/bank-unknown-deposit.ts";
import { matchCurrency } from "../../rules/match-currency.ts";
import type { Finding } from "../finding.ts";
import { booksBegin } from "../step/history.ts";
import { conversionTolerance, depositPatternOf } from "../settings.ts";
import { oddRates } from "./conversion-rates.ts";
import { subject } from "../subject.ts";
import type { Step } from "../step/step.ts";
import { cameBack, type PlacedTransfer, returnsOf, transfersOf } from "./transfers.ts";
import { byAmount } from "./by-amount.ts";
import { businessDaysAfter } from "./business-days.ts";
import type { Deposit, DepositMatch } from "./deposit.ts";
import { differenceOf, transferredText } from "./difference.ts";
import { totalOf } from "./only-groups.ts";
import { readMark, setMarks } from "../step/marks.ts";
import { depositSubject, handMatches } from "./by-hand.ts";
import { ELSEWHERE_MARK, markOf, paidElsewhere } from "./paid-elsewhere.ts";
import type { BankVerdict } from "../verdicts.ts";
import { type DepositMatches, matchDeposits } from "./match-deposits.ts";
import { depositShares } from "./shares.ts";
import { message } from "../../rules/index.ts";

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

/** Keeps with each settlement whether its transfer was compared with a statement. A transfer that came late has come. */
async function keepVerdicts(
  step: Step,
  found: DepositMatches<PlacedTransfer>,
  returns: readonly DepositMatch<PlacedTransfer>[],
  findings: readonly Finding[],
): Promise<void> {
  const ignored = step.settings.bank === "ignored";
  const of = (transfer: PlacedTransfer): string => subject.settlement(transfer.settlementId, transfer.currency);
  const wrong = new Set(findings.filter(({ code }) => code !== bankLateDeposit.code).map((one) => one.subject));
  const bank = new Map<string, BankVerdict>(
    returns.flatMap(({ transfers }) => transfers.map((transfer) => [of(transfer), "matched"])),
  );
  for (const match of found.matches) {
    // A difference is said once for all transfers of a deposit.
    const verdict = match.transfers.some((transfer) => wrong.has(of(transfer))) ? "differs" : "matched";
    for (const transfer of match.transfers) bank.set(of(transfer), verdict);
  }
  for (const transfer of found.transfers) if (wrong.has(of(transfer))) bank.set(of(transfer), "differs");
  const rows = await step.db
    .selectFrom("settlement")
    .select(["settlement_id", "currency", "bank"])
    .where("account_id", "=", step.accountId)
    .execute();
  for (const row of rows) {
    const verdict = ignored
      ? "ignored"
      : (bank.get(subject.settlement(row.settlement_id, row.currency)) ?? "unchecked");
    if (verdict === row.bank) continue;
    await step.db
      .updateTable("settlement")
      .set({ bank: verdict })
      .where("account_id", "=", step.accountId)
      .where("settlement_id", "=", row.settlement_id)
      .where("currency", "=", row.currency)
      .execute();
  }
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

async function keepMatches(
  step: Step,
  matches: readonly DepositMatch<PlacedTransfer>[],
  returns: readonly DepositMatch<PlacedTransfer>[],
): Promise<void> {
  await step.db
    .deleteFrom("row_match")
    .where("account_id", "=", step.accountId)
    .where("counterpart", "=", "bank")
    .execute();
  const shares = [
    ...matches.flatMap((match) => depositShares(match).map((share) => ({ ...share, rule: match.rule }))),
    ...returns.flatMap((match) =>
      depositShares(match).map((share) => ({ ...share, amount: -share.amount, rule: match.rule })),
    ),
  ];
  const pairs = shares.flatMap(({ transfer, deposit, amount, rule }) =>
    transfer.fileId === null
      ? []
      : [
          {
            account_id: step.accountId,
            file_id: transfer.fileId,
            line: transfer.line ?? 0,
            counterpart: "bank",
            counterpart_id: String(deposit.bankLineId),
            rule,
            match_group: transfer.settlementId,
            amount_minor: amount,
          },
        ],
  );
  for (const some of chunks(pairs))
    await step.db
      .insertInto("row_match")
      .values([...some])
      .execute();
}

function about(transfer: PlacedTransfer, finding: Pick<Finding, "code" | "amount" | "messages">): Finding {
  return {
    ...finding,
    subject: subject.settlement(transfer.settlementId, transfer.currency),
    settlementId: transfer.settlementId,
    transactionId: null,
    fileId: transfer.fileId,
    line: transfer.line,
    currency: transfer.currency,
  };
}

/** First and last day that the bank statements of each currency speak of. */
type Reach = ReadonlyMap<string, { readonly first: number; readonly last: number }>;

/** How far the statements reach, by every line of theirs: also those that have nothing to do with Amazon Pay. */
async function statementReach(step: Step): Promise<Reach> {
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
function missing(step: Step, found: DepositMatches<PlacedTransfer>, reach: Reach): Finding[] {
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

/** Deposits from Amazon Pay without a transfer; those that may come from a time before the books are not meant. */
async function unknown(step: Step, unmatched: readonly Deposit[]): Promise<Finding[]> {
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

/** When the first of the transfers of a match was due, of those that were not at the bank in their days. */
function overdue(step: Step, match: DepositMatch<PlacedTransfer>): number | null {
  const arrived = Math.max(...match.deposits.map(({ bookedAt }) => bookedAt));
  const due = match.transfers
    .map((transfer) => businessDaysAfter(transfer.at, step.settings.bankDays))
    .filter((day) => arrived >= day + DAY);
  return due.length === 0 ? null : Math.min(...due);
}

/**
 * What is wrong with a match, as one finding: the money that lies between transfers and deposits, or else that they came
 * late; where the bank converts every payout, only a rate that leaves the tolerance.
 */
function differences(step: Step, matches: readonly DepositMatch<PlacedTransfer>[]): Finding[] {
  const tolerance = conversionTolerance(step.settings, step.accountId);
  const odd = tolerance === null ? null : oddRates(matches, tolerance);
  return matches.flatMap((match) => {
    const [first] = match.transfers;
    if (first === undefined) return [];
    const due = overdue(step, match);
    const late = due === null ? [] : message("deposit.late", { due: formatInstant(due).slice(0, 10) });
    const difference = differenceOf(match);
    if (difference !== null && (odd === null || difference.code !== matchCurrency.code))
      return about(first, { ...difference, messages: [...difference.messages, ...late] });
    const found = odd?.get(match);
    if (difference !== null && found !== undefined && tolerance !== null) {
      const added = message("deposit.rate-left", { away: percent(found.away), tolerance: percent(tolerance) });
      return about(first, { ...difference, messages: [...difference.messages, ...added, ...late] });
    }
    return due === null ? [] : about(first, daysLate(match, first, due));
  });
}

function daysLate(
  { transfers, deposits }: DepositMatch<PlacedTransfer>,
  first: PlacedTransfer,
  due: number,
): Pick<Finding, "code" | "amount" | "messages"> {
  const sent = totalOf(transfers);
  const arrived = Math.max(...deposits.map(({ bookedAt }) => bookedAt));
  return {
    code: bankLateDeposit.code,
    amount: sent,
    messages: message("bank.late-deposit", {
      amount: transferredText(transfers, first.currency),
      at: formatInstant(first.at),
      arrived: formatInstant(arrived).slice(0, 10),
      due: formatInstant(due).slice(0, 10),
    }),
  };
}

/** Hundredths of a percent as percent. */
function percent(hundredths: bigint): string {
  const size = hundredths < 0n ? -hundredths : hundredths;
  const part = String(size % 100n).padStart(2, "0");
  return `${hundredths < 0n ? "-" : ""}${size / 100n}.${part}`;
}
