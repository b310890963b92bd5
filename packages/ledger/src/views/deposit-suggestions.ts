import type { Deposit, DepositRule, Transfer } from "../reconcile/deposits/deposit.ts";
import { LONGEST } from "../reconcile/deposits/by-late-amount.ts";
import { matchDeposits } from "../reconcile/deposits/match-deposits.ts";
import { type BankLineView, listBankLines } from "./bank-lines.ts";
import { explainDeposits } from "./explain/deposits.ts";
import { listTransfers, type TransferView } from "./transfers.ts";
import type { AccountFilter, ViewContext } from "./view.ts";

/** A deposit that may be the transfers beside it, or the parts of one transfer, for a person to decide. */
export interface DepositSuggestion {
  readonly accountId: string;
  readonly deposit: BankLineView;
  /** Further deposits, where one transfer may have arrived in parts. */
  readonly parts: readonly BankLineView[];
  readonly transfers: readonly TransferView[];
  /** The rule that would match them if the deposit named Amazon Pay, or had come within its days. */
  readonly rule: DepositRule;
  /** What the deposit is above the transfers; null between two currencies. */
  readonly differenceMinor: bigint | null;
}

/** What stands on neither side, and what may belong together. */
export interface UnmatchedDeposits {
  /** Credits of bank statements that belong to no payout, newest first. */
  readonly deposits: readonly BankLineView[];
  /** Payouts that are on no statement, newest first. */
  readonly transfers: readonly TransferView[];
  /** Those of the newest of both sides; none on later pages. */
  readonly suggestions: readonly DepositSuggestion[];
  /** Whether a side has more than is looked at. */
  readonly more: boolean;
  /** Where the older deposits, and the older payouts, begin; null where there are none. */
  readonly nextDeposits: string | null;
  readonly nextTransfers: string | null;
}

/** What of both sides is asked for. */
export interface UnmatchedRequest extends AccountFilter {
  readonly currency?: string | undefined;
  /** `nextDeposits` or `nextTransfers` of the page before. */
  readonly depositsAfter?: string | undefined;
  readonly transfersAfter?: string | undefined;
}

/** Newest of each side that are looked at: a person works from the newest back. */
const MOST = 60;

/** Of so many accounts suggestions are sought at once; of more, whoever chooses one of them gets its own. */
const MOST_ACCOUNTS = 10;

/**
 * Both sides of the comparison with the bank as far as nothing was matched, with what the rules would match if they were less
 * strict: any text, and a month of days. What they leave of a deposit is tried against sums of payouts that need not follow
 * each other. Nothing is changed: `linkDeposit` takes a person's decision.
 *
 * @throws ViewError `view.cursor`
 *
 * @example
 * const { deposits, transfers } = await unmatchedDeposits({ store }, { accountId: "shop" });
 */
export async function unmatchedDeposits(
  context: ViewContext,
  request: UnmatchedRequest = {},
): Promise<UnmatchedDeposits> {
  const { currency, depositsAfter, transfersAfter } = request;
  const filter = { currency, matched: false, limit: MOST };
  const sidesOf = async (accountId: string | undefined) => {
    const transfers = await listTransfers(context, { ...filter, accountId, cursor: transfersAfter });
    const lines = await listBankLines(context, { ...filter, accountId, credits: true, cursor: depositsAfter });
    return { transfers, lines };
  };
  const { transfers, lines } = await sidesOf(request.accountId);
  // With nothing missing on the one side, nothing can be matched with the other: most accounts end here.
  const waiting = new Set(transfers.items.map((one) => one.accountId));
  const accounts = [...new Set(lines.items.map((one) => one.accountId).filter((one) => waiting.has(one)))];
  const suggestions: DepositSuggestion[] = [];
  if (depositsAfter === undefined && transfersAfter === undefined) {
    for (const accountId of accounts.slice(0, MOST_ACCOUNTS)) {
      const own = request.accountId === undefined ? await sidesOf(accountId) : { transfers, lines };
      const sides = { lines: own.lines.items, transfers: own.transfers.items };
      suggestions.push(...(await suggestionsFor(context, accountId, sides)));
    }
  }
  return {
    deposits: lines.items,
    transfers: transfers.items,
    suggestions,
    more: lines.next !== null || transfers.next !== null,
    nextDeposits: lines.next,
    nextTransfers: transfers.next,
  };
}

interface Sides {
  readonly lines: readonly BankLineView[];
  readonly transfers: readonly TransferView[];
}

async function suggestionsFor(
  context: ViewContext,
  accountId: string,
  { lines, transfers }: Sides,
): Promise<readonly DepositSuggestion[]> {
  const lineOf = new Map(lines.map((line) => [line.bankLineId, line]));
  const transferOf = new Map(transfers.map((one) => [`${one.settlementId} ${one.currency}`, one]));
  const { matches, deposits: left } = matchDeposits(transfers.map(asTransfer), lines.map(asDeposit), LONGEST);
  const make = (ids: readonly number[], own: readonly Named[], rule: DepositRule): DepositSuggestion[] => {
    const [deposit, ...parts] = ids.flatMap((id) => lineOf.get(id) ?? []);
    // Several on both sides are no link that a person can make.
    if (parts.length > 0 && own.length > 1) return [];
    const some = own.flatMap((one) => transferOf.get(`${one.settlementId} ${one.currency}`) ?? []);
    if (deposit === undefined || some.length === 0 || some.length < own.length) return [];
    const alike = [...some, ...parts].every((one) => one.currency === deposit.currency);
    const arrived = [deposit, ...parts].reduce((sum, one) => sum + one.amountMinor, 0n);
    const sent = some.reduce((sum, one) => sum + one.amountMinor, 0n);
    return [{ accountId, deposit, parts, transfers: some, rule, differenceMinor: alike ? arrived - sent : null }];
  };
  const byRule = matches.flatMap(({ transfers: own, deposits, rule }) =>
    make(
      deposits.map((one) => one.bankLineId),
      own,
      rule,
    ),
  );
  const used = new Set(byRule.flatMap((one) => one.transfers));
  const explained = await explainDeposits(context, accountId, left.map((one) => one.bankLineId).slice(0, MOST_SUMMED));
  const bySum = explained.flatMap(({ bankLineId, sums: [first] }) =>
    make([bankLineId], first ?? [], "several-in-one").filter(
      (one) => !one.transfers.some((transfer) => used.has(transfer)),
    ),
  );
  return [...byRule, ...bySum];
}

/** Sums are tried for so many deposits: each takes a while. */
const MOST_SUMMED = 10;

type Named = Pick<Transfer, "settlementId" | "currency">;

function asTransfer(one: TransferView): Transfer {
  const { settlementId, currency, amountMinor: amount, transferredAt: at, disbursementReferenceId: reference } = one;
  return { settlementId, currency, amount, at, reference };
}

function asDeposit({ bankLineId, bookedAt, currency, amountMinor: amount, text }: BankLineView): Deposit {
  return { bankLineId, bookedAt, currency, amount, reference: null, text, fromAmazonPay: true };
}
