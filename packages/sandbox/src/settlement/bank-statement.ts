import { DAY } from "@amazon-pay-kit/money";
import type { Engine } from "../engine/engine.ts";
import { disbursementsOf } from "./disbursement.ts";

/** What the bank books otherwise than was paid out. */
export type DepositChange =
  /** The deposit of the settlement never arrives. */
  | { readonly settlementId: string; readonly what: "missing" }
  /** It is this many minor units more, or less. */
  | { readonly settlementId: string; readonly what: "amount"; readonly minor: bigint }
  /** Another deposit of this many minor units arrives on the same day. */
  | { readonly settlementId: string; readonly what: "extra"; readonly minor: bigint; readonly referenceId: string };

/** Makes the bank statement differ from the payouts, for anyone who wants to see it found. */
export function changeDeposit(engine: Engine, change: DepositChange): void {
  engine.state.extra<DepositChange>("bankDepositChanges").put(`${change.settlementId} ${change.what}`, change);
}

/** The change of a kind to the deposit of a settlement. */
function depositChange<What extends DepositChange["what"]>(
  engine: Engine,
  settlementId: string,
  what: What,
): Extract<DepositChange, { what: What }> | undefined {
  const found = engine.state.extra<DepositChange>("bankDepositChanges").get(`${settlementId} ${what}`);
  return found as Extract<DepositChange, { what: What }> | undefined;
}

/** One line of the merchant's bank account: a deposit by Amazon. */
export interface BankLine {
  /** Day of the booking, `2026-01-31`. */
  readonly bookedOn: string;
  /** Minor units, positive. */
  readonly amount: bigint;
  readonly currency: string;
  /** Text of the line; holds the disbursement reference. */
  readonly text: string;
  readonly referenceId: string;
}

/** Payouts take three to five business days; ours take three. */
const BUSINESS_DAYS = 3;

function isWeekend(instant: number): boolean {
  const day = new Date(instant).getUTCDay();
  return day === 0 || day === 6;
}

/** The day this many business days after a moment, Saturdays and Sundays not counted. */
function businessDaysAfter(instant: number, days: number): number {
  let at = Math.floor(instant / DAY) * DAY;
  for (let left = days; left > 0;) {
    at += DAY;
    if (!isWeekend(at)) left -= 1;
  }
  return at;
}

/** What a merchant's bank has booked by now, oldest first. */
export function bankStatement(engine: Engine, merchantId: string): BankLine[] {
  const lines: BankLine[] = [];
  for (const { settlement, referenceId, amount, at } of disbursementsOf(engine, merchantId)) {
    const bookedAt = businessDaysAfter(at, BUSINESS_DAYS);
    if (bookedAt > engine.now()) continue;
    const bookedOn = new Date(bookedAt).toISOString().slice(0, 10);
    const line = (minor: bigint, reference: string): BankLine => ({
      bookedOn,
      amount: minor,
      currency: settlement.currency,
      text: `AMAZON PAYMENTS ${reference}`,
      referenceId: reference,
    });
    const { settlementId } = settlement;
    if (depositChange(engine, settlementId, "missing") === undefined) {
      lines.push(line(amount + (depositChange(engine, settlementId, "amount")?.minor ?? 0n), referenceId));
    }
    const extra = depositChange(engine, settlementId, "extra");
    if (extra !== undefined) lines.push(line(extra.minor, extra.referenceId));
  }
  return lines.sort((left, right) => (left.bookedOn < right.bookedOn ? -1 : left.bookedOn > right.bookedOn ? 1 : 0));
}
