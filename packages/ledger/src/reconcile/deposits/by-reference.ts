import { DAY } from "@amazon-pay-kit/money";
import { dayOf } from "./business-days.ts";
import type { Deposit, DepositMatch, DepositRule, Transfer, Unmatched } from "./deposit.ts";

function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}

function textOf({ reference, text }: Deposit): string {
  return `${reference ?? ""} ${text ?? ""}`;
}

/** References shorter than this could be anywhere in a text by chance. */
const SHORTEST_REFERENCE = 6;

/** Settlement ids have ten digits or more; shorter ones could be any number. */
const SHORTEST_SETTLEMENT_ID = 10;

/** How long after its transfer a deposit is looked for whose reference was broken up, or that names the settlement only. */
const REFERENCE_RULES = 45 * DAY;

/**
 * Finds deposits by a name that they carry. Banks break long texts into lines, so that where no word of a text is the
 * reference, it is looked for in the letters and digits of the whole text.
 */
class Names {
  readonly #byWord = new Map<string, Deposit[]>();
  readonly #texts: readonly { readonly deposit: Deposit; readonly text: string }[];

  constructor(deposits: readonly Deposit[]) {
    this.#texts = deposits.map((deposit) => ({ deposit, text: plain(textOf(deposit)) }));
    for (const deposit of deposits) {
      const words = textOf(deposit)
        .toUpperCase()
        .split(/[^A-Z0-9]+/);
      for (const word of new Set(words)) {
        if (word.length < SHORTEST_REFERENCE) continue;
        const known = this.#byWord.get(word);
        if (known === undefined) this.#byWord.set(word, [deposit]);
        else known.push(deposit);
      }
    }
  }

  byReference(transfer: Transfer): readonly Deposit[] {
    const reference = plain(transfer.reference ?? "");
    if (reference.length < SHORTEST_REFERENCE) return [];
    return (
      this.#byWord.get(reference) ??
      this.#texts
        .filter(({ deposit, text }) => namesReference(transfer, deposit) && text.includes(reference))
        .map(({ deposit }) => deposit)
    );
  }

  bySettlement(transfer: Transfer): readonly Deposit[] {
    const id = transfer.settlementId.toUpperCase();
    if (id.length < SHORTEST_SETTLEMENT_ID) return [];
    return (this.#byWord.get(id) ?? []).filter((deposit) => namesReference(transfer, deposit));
  }
}

function namesReference(transfer: Transfer, { bookedAt }: Deposit): boolean {
  return bookedAt >= dayOf(transfer.at) && bookedAt <= transfer.at + REFERENCE_RULES;
}

/**
 * Deposits that name the disbursement's reference, which the bank prints, or the settlement. A transfer may arrive in
 * several deposits that name it, and a deposit may name several transfers.
 */
export function byReference<T extends Transfer>({ transfers, deposits }: Unmatched<T>): readonly DepositMatch<T>[] {
  const names = new Names(deposits);
  const groups: { transfers: T[]; deposits: Set<Deposit>; rule: DepositRule }[] = [];
  for (const transfer of transfers) {
    const byReference = names.byReference(transfer);
    const named = byReference.length > 0 ? byReference : names.bySettlement(transfer);
    if (named.length === 0) continue;
    const group = {
      transfers: [transfer],
      deposits: new Set(named),
      rule: byReference.length > 0 ? ("disbursement-reference" as const) : ("settlement-id" as const),
    };
    for (const other of groups.filter((one) => named.some((deposit) => one.deposits.has(deposit)))) {
      group.transfers.unshift(...other.transfers);
      for (const deposit of other.deposits) group.deposits.add(deposit);
      groups.splice(groups.indexOf(other), 1);
    }
    groups.push(group);
  }
  return groups.map((group) => ({
    ...group,
    deposits: deposits.filter((deposit) => group.deposits.has(deposit)),
  }));
}
