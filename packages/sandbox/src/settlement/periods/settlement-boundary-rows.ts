import { MINUTE, SECOND } from "@amazon-pay-kit/money";
import type { Movement } from "../../engine/objects/index.ts";
import type { Account } from "../account.ts";
import { DESCRIPTION, TRANSACTION_TYPE, type TransactionTypeLabel } from "../transaction-types.ts";
import type { PeriodOutcome } from "./balance.ts";
import { wholeSecond } from "./running-period.ts";

/** In the real file of 2018 the previous reserve is posted so long after the period's start. */
const OPENING_DELAY = 15 * MINUTE + 50 * SECOND;

/** In the real file of 2015 the payout of the balance before is posted two thirds into the period. */
const EARLIER_TRANSFER = 2 / 3;

/** How the rows that frame a settlement are written. */
export interface FrameOptions {
  readonly transferTiming: "period-end" | "next-period";
  /** The type of the row with which a settlement opens whose merchant owes from before. */
  readonly owedAs: typeof TRANSACTION_TYPE.carryover | typeof TRANSACTION_TYPE.debt;
}

/**
 * The rows that open and close a settlement: what was held back and carried over comes in, what is held back and paid
 * out goes out. What remains is the carryover, which the next settlement opens with.
 */
export function frameRows(
  account: Account,
  settlementId: string,
  endAt: number,
  outcome: PeriodOutcome,
  options: FrameOptions,
): Movement[] {
  const openedAt = openingTime(account, endAt);
  const rows: Movement[] = [];
  const add = (type: TransactionTypeLabel, postedAt: number, amount: bigint, description: string): void => {
    if (amount !== 0n) rows.push(frameRow(account, settlementId, type, postedAt, amount, description));
  };
  add(TRANSACTION_TYPE.reserve, openedAt, account.openReserve, DESCRIPTION.previousReserve);
  if (account.openCarryover < 0n) add(options.owedAs, openedAt, account.openCarryover, DESCRIPTION.owed);
  else add(TRANSACTION_TYPE.carryover, openedAt, account.openCarryover, DESCRIPTION.carryover);
  add(TRANSACTION_TYPE.debt, endAt, outcome.debt, DESCRIPTION.debt);
  add(TRANSACTION_TYPE.reserve, endAt, -outcome.reserved, DESCRIPTION.currentReserve);
  add(TRANSACTION_TYPE.transfer, transferTime(account, endAt, options), -outcome.transferred, DESCRIPTION.transfer);
  return rows;
}

/** When a payout of this settlement is posted. */
export function transferTime(
  account: Pick<Account, "startAt">,
  endAt: number,
  options: Pick<FrameOptions, "transferTiming">,
): number {
  if (options.transferTiming === "period-end") return endAt;
  const midAt = wholeSecond(account.startAt + (endAt - account.startAt) * EARLIER_TRANSFER);
  return Math.max(midAt, openingTime(account, endAt));
}

function openingTime(account: Pick<Account, "startAt">, endAt: number): number {
  return Math.min(account.startAt + OPENING_DELAY, endAt);
}

function frameRow(
  account: Account,
  settlementId: string,
  type: TransactionTypeLabel,
  postedAt: number,
  amount: bigint,
  description: string,
): Movement {
  return {
    movementId: `${type} ${settlementId} ${description}`,
    merchantId: account.merchantId,
    environment: account.environment,
    postedAt,
    type,
    transactionId: null,
    referenceId: null,
    permissionId: null,
    orderId: null,
    storeName: null,
    currency: account.currency,
    description,
    amount,
    percentageFee: 0n,
    fixedFee: 0n,
    settlementId,
  };
}
