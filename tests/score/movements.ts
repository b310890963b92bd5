/** A row of a settlement, before it is written. */
export interface Movement {
  at: number;
  type: string;
  transactionId: string;
  reference: string;
  permission: string;
  order: string;
  store: string;
  currency: string;
  description: string;
  amount: bigint;
  percentage: bigint;
  fixed: bigint;
  /** What is written instead of the sums. */
  written?: { readonly fee?: bigint; readonly net?: bigint; readonly settlementId?: string; readonly amount?: string };
}

/** What a row does to the balance. */
export const netOf = (row: Movement): bigint => row.amount + row.percentage + row.fixed;

/** A line of the shop's own books. */
export interface OwnRecord {
  readonly kind: "charge" | "refund";
  status: "done" | "failed" | "canceled" | "pending";
  readonly order: string;
  readonly transactionId: string;
  readonly reference: string;
  amount: bigint;
  currency: string;
  readonly at: number;
  /** Default: Amazon Pay. */
  readonly gateway?: string;
}

/** A line of a bank statement. */
export interface BankLine {
  day: number;
  amount: bigint;
  currency: string;
  text: string;
}

/** A settlement file as it will be written. */
export interface ReportFile {
  name: string;
  settlementId: string;
  start: number;
  end: number;
  rows: Movement[];
  /** Of the second delivery: put into the inbox after the first was loaded. */
  later?: boolean;
  /** Nothing of it can be read. */
  unusable?: boolean;
  /** Changes the text when it is written. */
  spoil?: (text: string) => string;
}

/** One period of settlement. */
export interface Week {
  readonly index: number;
  readonly settlementId: string;
  readonly start: number;
  readonly end: number;
  /** What moved, without the rows of the balance. */
  readonly movements: Movement[];
  /** The bank sends the transfer back: it is carried over. */
  bounced: boolean;
  /** Added to what is carried in, and released of the reserve, against what was left. */
  wrongOpening: bigint;
  wrongReserve: bigint;
  /** Taken from the transfer, without being left. */
  wrongTransfer: bigint;
  /** Paid to the bank; 0 where the balance is not above zero. */
  transfer: bigint;
  transferAt: number;
  files: ReportFile[];
  deposits: BankLine[];
}
