/** A closed settlement period in one currency. */
export interface Settlement {
  readonly settlementId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly currency: string;
  readonly startAt: number;
  readonly endAt: number;
  /** Balance carried in: previous reserve and carryover. */
  readonly opening: bigint;
  /** Paid out to the bank, positive; 0 when nothing was transferred. */
  readonly transferred: bigint;
  /** Held back at the end, positive. */
  readonly reserved: bigint;
  /** Taken from the merchant's charge method to clear a negative balance, positive. */
  readonly debt: bigint;
  /** Carried into the next period (reserve not counted); negative when the merchant owes. */
  readonly carryover: bigint;
  readonly disbursementReferenceId: string | null;
  readonly transferredAt: number | null;
  readonly reportId: string | null;
}
