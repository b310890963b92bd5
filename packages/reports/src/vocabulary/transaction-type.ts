/** The types of settlement rows, in one spelling. */
export type TransactionType =
  | "authorization"
  | "capture"
  | "refund"
  | "debt"
  | "a-to-z-guarantee-claim"
  | "chargeback"
  | "dispute"
  | "adjustment"
  | "reserve"
  | "carryover"
  | "transfer";

/** What is known about one type of settlement row. */
export interface TransactionTypeFacts {
  readonly type: TransactionType;
  /** As the service writes it in the file. */
  readonly label: string;
  /** Sign of the amount as the merchant sees it; `either` where reversals occur or the documents are unclear. */
  readonly sign: "credit" | "debit" | "either";
  /** Whether the row names an order and a transaction. */
  readonly ofOrder: boolean;
  /** Whether the row may carry a percentage fee and a fixed fee (debited or credited back). */
  readonly percentageFee: boolean;
  readonly fixedFee: boolean;
  /** Moves between the merchant's own balances: opening, closing, payout. Neither income nor cost. */
  readonly balanceOnly: boolean;
}

/** Every known type of settlement row. Source: settlement report reference, transaction types. */
export const TRANSACTION_TYPES: readonly TransactionTypeFacts[] = [
  {
    type: "authorization",
    label: "Authorization",
    sign: "debit",
    ofOrder: true,
    percentageFee: false,
    fixedFee: true,
    balanceOnly: false,
  },
  {
    type: "capture",
    label: "Capture",
    sign: "credit",
    ofOrder: true,
    percentageFee: true,
    fixedFee: true,
    balanceOnly: false,
  },
  {
    type: "refund",
    label: "Refund",
    sign: "debit",
    ofOrder: true,
    percentageFee: true,
    fixedFee: false,
    balanceOnly: false,
  },
  {
    type: "debt",
    label: "Debt",
    sign: "either",
    ofOrder: false,
    percentageFee: false,
    fixedFee: false,
    balanceOnly: true,
  },
  {
    type: "a-to-z-guarantee-claim",
    label: "A-to-z Guarantee Claim",
    sign: "either",
    ofOrder: true,
    percentageFee: true,
    fixedFee: false,
    balanceOnly: false,
  },
  {
    type: "chargeback",
    label: "Chargeback",
    sign: "either",
    ofOrder: true,
    percentageFee: true,
    fixedFee: false,
    balanceOnly: false,
  },
  {
    type: "dispute",
    label: "Dispute",
    sign: "debit",
    ofOrder: true,
    percentageFee: false,
    fixedFee: true,
    balanceOnly: false,
  },
  {
    type: "adjustment",
    label: "Adjustment",
    sign: "either",
    ofOrder: false,
    percentageFee: false,
    fixedFee: false,
    balanceOnly: false,
  },
  {
    type: "reserve",
    label: "Reserve",
    sign: "either",
    ofOrder: false,
    percentageFee: false,
    fixedFee: false,
    balanceOnly: true,
  },
  {
    type: "carryover",
    label: "Carryover",
    sign: "either",
    ofOrder: false,
    percentageFee: false,
    fixedFee: false,
    balanceOnly: true,
  },
  {
    type: "transfer",
    label: "Transfer",
    sign: "debit",
    ofOrder: false,
    percentageFee: false,
    fixedFee: false,
    balanceOnly: true,
  },
];

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "")
    .replace(/s$/, "");
}

const BY_PLAIN_LABEL: ReadonlyMap<string, TransactionTypeFacts> = new Map(
  TRANSACTION_TYPES.map((facts) => [plain(facts.label), facts]),
);

/**
 * What is known about the type of a settlement row, whatever its spelling; `null` for a type that is not known.
 *
 * The service's own papers write `Adjustment` and `Adjustments`, files `A-to-z Guarantee Claim` and
 * `A to Z Guarantee Claim`: case, everything but letters, and a plural s do not count.
 *
 * @example transactionTypeFacts("A to Z Guarantee Claim")?.type // "a-to-z-guarantee-claim"
 */
export function transactionTypeFacts(text: string): TransactionTypeFacts | null {
  return BY_PLAIN_LABEL.get(plain(text)) ?? null;
}

/**
 * The type of a settlement row in one spelling, or `null` for a type that is not known: keep such a row, count it in
 * the balance, and raise it.
 *
 * @example normaliseTransactionType("Adjustments") // "adjustment"
 */
export function normaliseTransactionType(text: string): TransactionType | null {
  return transactionTypeFacts(text)?.type ?? null;
}
