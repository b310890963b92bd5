import { addDuration, parseDuration, SECOND } from "@amazon-pay-kit/money";
import { integer } from "@amazon-pay-kit/sdk/random";
import type { Engine } from "../../engine/engine.ts";
import type { Merchant } from "../../engine/objects/index.ts";
import { accountIdOf, accounts, type Account } from "../account.ts";
import { booksSettings } from "../settings.ts";

/** Kind of the scheduled tasks that close settlements; the subject is the account. */
export const CLOSE_ITEM = "settlement.close";

/** Settlements do not end on the dot: this many seconds late at most, as in the sample listing of 2015. */
const DRIFT_SECONDS = 20;

/** The whole second that a moment lies in: report files know nothing smaller. */
export function wholeSecond(instant: number): number {
  return Math.floor(instant / SECOND) * SECOND;
}

/** Begins the first period of an account with its first movement, and puts the first settlement on the schedule. */
export function openAccount(
  engine: Engine,
  first: Pick<Account, "merchantId" | "environment" | "currency"> & { readonly at: number },
): Account {
  const { merchantId, environment, currency, at } = first;
  const merchant = merchantOf(engine, merchantId);
  const account: Account = {
    accountId: accountIdOf(merchantId, environment, currency),
    merchantId,
    environment,
    currency,
    startAt: wholeSecond(at),
    openReserve: 0n,
    openCarryover: 0n,
    firstMovementAt: at,
    nominalCloseAt: addDuration(at, parseDuration(booksSettings(engine, merchant).firstSettlementAfter)),
    settlements: 0,
  };
  accounts(engine).put(account.accountId, account);
  scheduleTask(engine, account);
  return account;
}

/** Sets the next closing one interval after the one that was due, or as soon as that lies in the future. */
export function scheduleNext(engine: Engine, account: Account): void {
  const every = parseDuration(booksSettings(engine, merchantOf(engine, account.merchantId)).settlementEvery);
  let next = addDuration(account.nominalCloseAt, every);
  // An interval that was shortened while the period ran may have its next closings in the past.
  while (next <= engine.now()) next = addDuration(next, every);
  account.nominalCloseAt = next;
  accounts(engine).put(account.accountId, account);
  scheduleTask(engine, account);
}

/** Measures the running period anew after the merchant's intervals were changed. */
export function reschedule(engine: Engine, account: Account): void {
  const settings = booksSettings(engine, merchantOf(engine, account.merchantId));
  const [from, span] =
    account.settlements === 0
      ? [account.firstMovementAt, settings.firstSettlementAfter]
      : [account.startAt, settings.settlementEvery];
  account.nominalCloseAt = Math.max(addDuration(from, parseDuration(span)), engine.now());
  accounts(engine).put(account.accountId, account);
  scheduleTask(engine, account);
}

function scheduleTask(engine: Engine, account: Account): void {
  engine.unschedule(CLOSE_ITEM, account.accountId);
  const due = wholeSecond(account.nominalCloseAt) + integer(engine.random, 1, DRIFT_SECONDS) * SECOND;
  engine.schedule(due, CLOSE_ITEM, account.accountId);
}

/** The merchant of an account. @throws TypeError when there is none: accounts are made for merchants only */
export function merchantOf(engine: Engine, merchantId: string): Merchant {
  const merchant = engine.state.merchants.get(merchantId);
  if (merchant === undefined) throw new TypeError(`the books have an account of ${merchantId}, who is no merchant`);
  return merchant;
}
