/** Days since a charge or refund that is in no settlement yet. The last bucket has no end. */
export const AGE_BUCKETS = [
  { label: "0-7", fromDay: 0, toDay: 7 },
  { label: "8-15", fromDay: 8, toDay: 15 },
  { label: "16-30", fromDay: 16, toDay: 30 },
  { label: "30+", fromDay: 31, toDay: null },
] as const;

/** What is unsettled in one bucket, of one account, kind and currency. */
export interface AgeBucket {
  readonly accountId: string;
  readonly currency: string;
  readonly kind: "charge" | "refund";
  /** `0-7`, `8-15`, `16-30` or `30+` days. */
  readonly bucket: (typeof AGE_BUCKETS)[number]["label"];
  readonly count: number;
  readonly amountMinor: bigint;
}

/** What the next transfer of an account in one currency should be. */
export interface TransferForecast {
  readonly accountId: string;
  readonly currency: string;
  /** Last settlement that is known; `null` before the first. */
  readonly afterSettlementId: string | null;
  readonly madeAt: number;
  /** Balance and reserve that the last settlement left. */
  readonly openingMinor: bigint;
  /** Captured and in no settlement yet. */
  readonly capturesMinor: bigint;
  /** Refunded and in no settlement yet: negative. */
  readonly refundsMinor: bigint;
  /** Fees of both, at the rates of the last settlements: negative. */
  readonly feesMinor: bigint;
  /** Reserve that will be held back again, as in the last settlement: negative. */
  readonly reserveMinor: bigint;
  /** Positive for money to the bank; 0 where nothing would be paid. */
  readonly expectedMinor: bigint;
  /** The settlement that came, what it transferred, and how far off the forecast was; `null` while it is awaited. */
  readonly settlementId: string | null;
  readonly actualMinor: bigint | null;
  readonly varianceMinor: bigint | null;
}
