import type { Deposit, DepositRule, Transfer } from "../reconcile/deposits/deposit.ts";
import { LONGEST } from "../reconcile/deposits/by-late-amount.ts";
import { matchDeposits } from "../reconcile/deposits/match-deposits.ts";
import { type BankLineView, listBankLines } from "./bank-lines.ts";
import { explainDeposits } from "./explain/deposits.ts";
import { listTransfers, type TransferView } from "./transfers.ts";
import { accountIds, type AccountFilter, type ViewContext } from "./view.ts";

/** A deposit that may be the transfers beside it, for a person to decide. */
export interface DepositSuggestion {
  readonly accountId: string;
  readonly deposit: BankLineView;
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
  readonly suggestions: readonly DepositSuggestion[];
  /** Whether a side has more than is looked at. */
  readonly more: boolean;
}

/** Newest of each side and account that are looked at: a person works from the newest back. */
const MOST = 100;

/**
 * Both sides of the comparison with the bank as far as nothing was matched, with what the rules would match if they were less
 * strict: any text, and a month of days. What they leave of a deposit is tried against sums of payouts that need not follow
 * each other. Nothing is changed: `linkDeposit` takes a person's decision.
 *
 * @example
 * const { deposits, transfers } = await unmatchedDeposits({ store }, { accountId: "shop" });
 */
export async function unmatchedDeposits(
  context: ViewContext,
  filter: AccountFilter & { readonly currency?: string | undefined } = {},
): Promise<UnmatchedDeposits> {
  const found: UnmatchedDeposits[] = [];
  for (const accountId of await accountIds(context, filter)) {
    const request = { accountId, currency: filter.currency, matched: false, limit: MOST };
    const transfers = await listTransfers(context, request);
    // With nothing missing on the one side, nothing can be matched with the other: most accounts end here.
    const lines = await listBankLines(context, { ...request, credits: true });
    const suggestions =
      transfers.items.length === 0 || lines.items.length === 0
        ? []
        : await suggestionsFor(context, accountId, { lines: lines.items, transfers: transfers.items });
    found.push({
      deposits: lines.items,
      transfers: transfers.items,
      suggestions,
      more: lines.next !== null || transfers.next !== null,
    });
  }
  return {
    deposits: found.flatMap((one) => one.deposits).toSorted((one, other) => other.bookedAt - one.bookedAt),
    transfers: found.flatMap((one) => one.transfers).toSorted((one, other) => other.transferredAt - one.transferredAt),
    suggestions: found.flatMap((one) => one.suggestions),
    more: found.some((one) => one.more),
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
  const make = (deposit: BankLineView | undefined, own: readonly Named[], rule: DepositRule): DepositSuggestion[] => {
    const some = own.flatMap((one) => transferOf.get(`${one.settlementId} ${one.currency}`) ?? []);
    if (deposit === undefined || some.length === 0 || some.length < own.length) return [];
    const alike = some.every((one) => one.currency === deposit.currency);
    const sent = some.reduce((sum, one) => sum + one.amountMinor, 0n);
    return [{ accountId, deposit, transfers: some, rule, differenceMinor: alike ? deposit.amountMinor - sent : null }];
  };
  // One payout in several deposits is no link that a person can make.
  const byRule = matches.flatMap(({ transfers: own, deposits: [deposit, ...others], rule }) =>
    others.length > 0 ? [] : make(lineOf.get(deposit?.bankLineId ?? -1), own, rule),
  );
  const used = new Set(byRule.flatMap((one) => one.transfers));
  const explained = await explainDeposits(context, accountId, left.map((one) => one.bankLineId).slice(0, MOST_SUMMED));
  const bySum = explained.flatMap(({ bankLineId, sums: [first] }) =>
    make(lineOf.get(bankLineId), first ?? [], "several-in-one").filter(
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
