/** What a period begins with, what happened in it, and how it is to be closed. Amounts in minor units. */
export interface PeriodInput {
  /** Held back at the end of the period before, zero or positive. */
  readonly openReserve: bigint;
  /** Not paid out at the end of the period before; negative when the merchant owed. */
  readonly openCarryover: bigint;
  /** Sum of the net amounts of the period's own movements. */
  readonly activity: bigint;
  /** How much to hold back of a balance. */
  readonly reserveOf: (available: bigint) => bigint;
  /** Whether the payout is of the balance at the end, or of what the period before left over. */
  readonly transferTiming: "period-end" | "next-period";
  /** Smaller payouts wait. */
  readonly minimumTransfer: bigint;
  /** No payout while this is set, e.g. after the bank account was changed. */
  readonly onHold: boolean;
  /** Whether a negative balance is taken from the merchant's charge method at once, or carried. */
  readonly negativeBalance: "carry" | "debt";
}

/** How a period closes; `openReserve + openCarryover + activity + debt - transferred - reserved = carryover`. */
export interface PeriodOutcome {
  readonly opening: bigint;
  /** Paid out, zero or positive. */
  readonly transferred: bigint;
  /** Held back, zero or positive. */
  readonly reserved: bigint;
  /** Taken from the merchant's charge method, zero or positive. */
  readonly debt: bigint;
  /** Left over for the next period; negative when the merchant owes. */
  readonly carryover: bigint;
}

/** Closes a period: which part is held back, paid out, called in, carried on. */
export function closePeriod(period: PeriodInput): PeriodOutcome {
  const opening = period.openReserve + period.openCarryover;
  const earlier = period.transferTiming === "next-period" ? payable(period, period.openCarryover) : 0n;
  const balance = opening + period.activity - earlier;
  const debt = balance < 0n && period.negativeBalance === "debt" ? -balance : 0n;
  const reserved = period.reserveOf(balance > 0n ? balance : 0n);
  const rest = balance + debt - reserved;
  const atEnd = period.transferTiming === "period-end" ? payable(period, rest) : 0n;
  return { opening, transferred: earlier + atEnd, reserved, debt, carryover: rest - atEnd };
}

function payable(period: PeriodInput, amount: bigint): bigint {
  return amount > 0n && amount >= period.minimumTransfer && !period.onHold ? amount : 0n;
}
