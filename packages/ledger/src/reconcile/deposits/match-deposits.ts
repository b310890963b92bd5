import { DAY } from "@amazon-pay-kit/money";
import { groupBy } from "../../group-by.ts";
import { businessDaysAfter, dayOf } from "./business-days.ts";

/** The transfer of a settlement to the bank. */
export interface Transfer {
  readonly settlementId: string;
  readonly currency: string;
  /** Positive. */
  readonly amount: bigint;
  readonly at: number;
  /** What the bank prints, where the disbursement is known. */
  readonly reference: string | null;
}

/** A credit on the bank statement. */
export interface Deposit {
  readonly bankLineId: number;
  readonly bookedAt: number;
  readonly currency: string;
  /** Positive. */
  readonly amount: bigint;
  readonly reference: string | null;
  readonly text: string | null;
  /** Whether its text says that it comes from Amazon Pay. */
  readonly fromAmazonPay: boolean;
}

/** How a transfer was found among the deposits. */
export type DepositRule = "disbursement-reference" | "amount-and-date";

/** A transfer and the deposits that it arrived in. */
export interface DepositMatch<T extends Transfer = Transfer> {
  readonly transfer: T;
  readonly deposits: readonly Deposit[];
  readonly rule: DepositRule;
}

/** What came of matching transfers with deposits. */
export interface DepositMatches<T extends Transfer = Transfer> {
  readonly matches: readonly DepositMatch<T>[];
  readonly transfers: readonly T[];
  readonly deposits: readonly Deposit[];
}

function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}

/** References shorter than this could be anywhere in a text by chance. */
const SHORTEST_REFERENCE = 6;

/** How long after its transfer a deposit whose reference was broken up is looked for. */
const BROKEN_UP = 45 * DAY;

/**
 * Finds deposits by a reference that they carry. Banks break long texts into lines, so that where no word of a text is
 * the reference, it is looked for in the letters and digits of the whole text.
 */
class References {
  readonly #byWord = new Map<string, Deposit[]>();
  readonly #texts: readonly { readonly deposit: Deposit; readonly text: string }[];

  constructor(deposits: readonly Deposit[]) {
    this.#texts = deposits.map((deposit) => ({
      deposit,
      text: plain(`${deposit.reference ?? ""} ${deposit.text ?? ""}`),
    }));
    for (const deposit of deposits) {
      const words = `${deposit.reference ?? ""} ${deposit.text ?? ""}`.toUpperCase().split(/[^A-Z0-9]+/);
      for (const word of new Set(words)) {
        if (word.length < SHORTEST_REFERENCE) continue;
        const known = this.#byWord.get(word);
        if (known === undefined) this.#byWord.set(word, [deposit]);
        else known.push(deposit);
      }
    }
  }

  of(transfer: Transfer): readonly Deposit[] {
    const reference = plain(transfer.reference ?? "");
    if (reference.length < SHORTEST_REFERENCE) return [];
    const [from, to] = [dayOf(transfer.at), transfer.at + BROKEN_UP];
    return (
      this.#byWord.get(reference) ??
      this.#texts
        .filter(({ deposit, text }) => deposit.bookedAt >= from && deposit.bookedAt <= to && text.includes(reference))
        .map(({ deposit }) => deposit)
    );
  }
}

/**
 * Matches transfers with deposits: by the disbursement reference, which the bank prints, else by amount, currency and
 * date. A transfer may arrive in several deposits that carry its reference; without one, a deposit has the exact amount
 * and is booked within the given business days, and deposits whose text speaks of Amazon Pay come first.
 */
export function matchDeposits<T extends Transfer>(
  transfers: readonly T[],
  deposits: readonly Deposit[],
  bankDays: number,
): DepositMatches<T> {
  const matches: DepositMatch<T>[] = [];
  const used = new Set<Deposit>();
  const ordered = transfers.toSorted((left, right) => left.at - right.at);
  const waiting = deposits.toSorted(
    (left, right) => left.bookedAt - right.bookedAt || left.bankLineId - right.bankLineId,
  );
  const references = new References(waiting);
  for (const transfer of ordered) {
    const named = references.of(transfer).filter((deposit) => !used.has(deposit));
    if (named.length === 0) continue;
    for (const deposit of named) used.add(deposit);
    matches.push({ transfer, deposits: named, rule: "disbursement-reference" });
  }
  const matched = new Set(matches.map((match) => match.transfer));
  for (const speaking of [true, false]) {
    const open = waiting.filter((deposit) => !used.has(deposit) && deposit.fromAmazonPay === speaking);
    const byAmount = groupBy(open, (deposit) => `${deposit.currency} ${deposit.amount}`);
    for (const transfer of ordered) {
      if (matched.has(transfer)) continue;
      const last = businessDaysAfter(transfer.at, bankDays) + DAY;
      const deposit = (byAmount.get(`${transfer.currency} ${transfer.amount}`) ?? []).find(
        (one) => !used.has(one) && one.bookedAt >= dayOf(transfer.at) && one.bookedAt < last,
      );
      if (deposit === undefined) continue;
      used.add(deposit);
      matched.add(transfer);
      matches.push({ transfer, deposits: [deposit], rule: "amount-and-date" });
    }
  }
  return {
    matches,
    transfers: ordered.filter((transfer) => !matched.has(transfer)),
    deposits: waiting.filter((deposit) => !used.has(deposit)),
  };
}
