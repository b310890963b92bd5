import { DAY } from "@amazon-pay-kit/money";
import { alphanumeric, digits } from "@amazon-pay-kit/sdk/random";
import type { Engine } from "../../engine/engine.ts";
import type { Movement, Settlement } from "../../engine/objects/index.ts";
import { type Account, accounts, accountsOf, openMovements } from "../account.ts";
import { netOf } from "../movements.ts";
import { booksSettings, type BooksSettings } from "../settings.ts";
import { TRANSACTION_TYPE } from "../transaction-types.ts";
import { closePeriod, type PeriodOutcome } from "./balance.ts";
import { reserveTarget } from "./reserve-policy.ts";
import { CLOSE_ITEM, merchantOf, scheduleNext, wholeSecond } from "./running-period.ts";
import { type FrameOptions, frameRows, transferTime } from "./settlement-boundary-rows.ts";

/**
 * Closes the running settlement of an account now, and opens the next one with what is left.
 *
 * @param onRequest whether somebody asked for it, and not the clock
 * @returns undefined when there is nothing to settle: no movement, and a balance that would only be carried on. The
 * period then goes on, as the service makes no settlement without activity.
 */
function closeSettlement(engine: Engine, account: Account, onRequest: boolean): Settlement | undefined {
  const settings = booksSettings(engine, merchantOf(engine, account.merchantId));
  const carried = carriedMovements(engine, account);
  // A clock that was put back must not end a period before it began, nor before what it holds.
  const last = carried.reduce((latest, { postedAt }) => Math.max(latest, postedAt), account.startAt);
  const endAt = wholeSecond(Math.max(engine.now(), last));
  const outcome = outcomeOf(engine, account, settings, carried, endAt);
  if (carried.length === 0 && !moves(account, outcome)) return undefined;

  const options = frameOptions(settings);
  const settlementId = freshSettlementId(engine);
  for (const movement of carried) {
    movement.settlementId = settlementId;
    engine.state.movements.put(movement.movementId, movement);
    openMovements(engine).delete(movement.movementId);
  }
  for (const row of frameRows(account, settlementId, endAt, outcome, options)) {
    engine.state.movements.put(row.movementId, row);
  }
  const paid = outcome.transferred > 0n;
  const settlement: Settlement = {
    settlementId,
    merchantId: account.merchantId,
    environment: account.environment,
    currency: account.currency,
    startAt: account.startAt,
    endAt,
    opening: outcome.opening,
    transferred: outcome.transferred,
    reserved: outcome.reserved,
    debt: outcome.debt,
    carryover: outcome.carryover,
    disbursementReferenceId: paid ? alphanumeric(engine.random, 15) : null,
    transferredAt: paid ? transferTime(account, endAt, options) : null,
    reportId: null,
  };
  engine.state.settlements.put(settlementId, settlement);
  account.startAt = endAt;
  account.openReserve = outcome.reserved;
  account.openCarryover = outcome.carryover;
  account.settlements += 1;
  accounts(engine).put(account.accountId, account);
  engine.bus.emit("settlement.closed", { settlement, onRequest });
  return settlement;
}

function carriedMovements(engine: Engine, account: Account): Movement[] {
  const carried: Movement[] = [];
  for (const { movementId } of openMovements(engine).under("account", account.accountId)) {
    const movement = engine.state.movements.get(movementId);
    if (movement !== undefined) carried.push(movement);
  }
  return carried;
}

function outcomeOf(
  engine: Engine,
  account: Account,
  settings: BooksSettings,
  carried: readonly Movement[],
  endAt: number,
): PeriodOutcome {
  return closePeriod({
    openReserve: account.openReserve,
    openCarryover: account.openCarryover,
    activity: carried.reduce((sum, movement) => sum + netOf(movement), 0n),
    reserveOf: (available) =>
      reserveTarget(settings.reserve, {
        available,
        disputed: unresolvedDisputes(engine, account),
        capturedInLast: (days) => capturedSince(engine, account, endAt - days * DAY),
      }),
    transferTiming: settings.transferTiming,
    minimumTransfer: settings.minimumTransfer,
    onHold: settings.holdTransfersUntil !== null && engine.now() < settings.holdTransfersUntil,
    negativeBalance: settings.debtSign === "credit" ? settings.negativeBalance : "carry",
  });
}

function frameOptions(settings: BooksSettings): FrameOptions {
  const owedAsDebt = settings.negativeBalance === "debt" && settings.debtSign === "debit";
  return {
    transferTiming: settings.transferTiming,
    owedAs: owedAsDebt ? TRANSACTION_TYPE.debt : TRANSACTION_TYPE.carryover,
  };
}

/** Whether closing would change more than names: something is paid, called in, held or released. */
function moves(account: Account, outcome: PeriodOutcome): boolean {
  return outcome.transferred !== 0n || outcome.debt !== 0n || outcome.reserved !== account.openReserve;
}

function capturedSince(engine: Engine, account: Account, since: number): bigint {
  let sum = 0n;
  for (const movement of engine.state.movements.under("merchant", account.merchantId)) {
    if (movement.type !== TRANSACTION_TYPE.capture || movement.postedAt < since) continue;
    if (movement.environment === account.environment && movement.currency === account.currency) sum += movement.amount;
  }
  return sum;
}

function unresolvedDisputes(engine: Engine, account: Account): bigint {
  let sum = 0n;
  for (const dispute of engine.state.disputes.under("merchant", account.merchantId)) {
    if (dispute.state === "Resolved" || dispute.state === "Closed") continue;
    if (dispute.environment === account.environment && dispute.amount.currencyCode === account.currency) {
      sum += dispute.amount.minor;
    }
  }
  return sum;
}

/** Ten digits or more, in the manner of real settlement ids. */
function freshSettlementId(engine: Engine): string {
  for (;;) {
    const id = `5${digits(engine.random, 9)}`;
    if (engine.state.settlements.get(id) === undefined) return id;
  }
}

/** Closes settlements when the clock reaches their end. */
export function handleClosings(engine: Engine): void {
  engine.handle(CLOSE_ITEM, (item) => {
    const account = accounts(engine).get(item.subject);
    if (account === undefined) return;
    closeSettlement(engine, account, false);
    scheduleNext(engine, account);
  });
}

/** Which running settlements to close. */
export interface CloseRequest {
  readonly merchantId: string;
  readonly environment?: "sandbox" | "live";
  readonly currency?: string;
}

/** Closes a merchant's running settlements now. Those without movements and without anything to pay go on. */
export function closeSettlements(engine: Engine, request: CloseRequest): Settlement[] {
  const closed: Settlement[] = [];
  for (const account of accountsOf(engine, request.merchantId)) {
    if (request.environment !== undefined && request.environment !== account.environment) continue;
    if (request.currency !== undefined && request.currency !== account.currency) continue;
    const settlement = closeSettlement(engine, account, true);
    if (settlement !== undefined) closed.push(settlement);
  }
  return closed;
}
