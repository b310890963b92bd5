import { seededRandom } from "@amazon-pay-kit/sdk/random";
import { KINDS } from "./kinds/index.ts";
import { injectAll, type Injected } from "./inject.ts";
import { ACCOUNTS } from "./account-facts.ts";
import { Account, trade } from "./account.ts";
import { otherBankLines, settle } from "./settle.ts";

/** Six months of five accounts, and what was injected in them. */
export interface World {
  readonly seed: number;
  readonly accounts: readonly Account[];
  readonly injected: readonly Injected[];
}

/** A bank that converts every payout, and nobody has said that it does: one story, however many payouts there are. */
export const CONVERTS = "a bank that converts, and no setting says so";

function convertsUnset(account: Account): Injected {
  const paid = account.weeks.filter(
    ({ transfer, deposits, files }) =>
      transfer > 0n && deposits.length > 0 && files[0] !== undefined && !files[0].unusable,
  );
  return {
    kind: CONVERTS,
    what: "trouble",
    accountId: account.facts.id,
    weeks: paid.map(({ index }) => index),
    expected: paid.map(({ transfer, settlementId }) => ({ code: "match.currency", amount: transfer, settlementId })),
    apart: false,
    touched: new Set(),
  };
}

/** The world of a seed: the same seed gives the same one. */
export function makeWorld(seed: number): World {
  const random = seededRandom(`score ${seed}`);
  const accounts = ACCOUNTS.map((facts) => new Account(facts, seededRandom(`score ${seed} ${facts.id}`)));
  for (const account of accounts) {
    account.fxSetting = account.facts.currency === account.facts.bankCurrency || seed % 3 !== 0;
    trade(account);
  }
  const { injected, settled } = injectAll(accounts, KINDS, random);
  for (const account of accounts) {
    settle(account);
    account.otherLines.push(...otherBankLines(account));
  }
  for (const later of settled) later();
  const unset = accounts.filter(({ fxSetting }) => !fxSetting).map(convertsUnset);
  return { seed, accounts, injected: [...injected, ...unset] };
}
