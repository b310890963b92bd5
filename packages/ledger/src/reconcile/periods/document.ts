import { createHash } from "node:crypto";

/** A file that a closed month was made of. */
export interface PeriodFile {
  readonly kind: "settlement-report" | "statement" | "records";
  readonly name: string;
  /** SHA-256 of its bytes, lower-case hex. */
  readonly hash: string;
}

/** What a settlement left behind when it ended. */
export interface LeftBehind {
  readonly carried: string;
  readonly reserve: string;
  /** What it transferred, positive. */
  readonly transferred: string;
}

/** A settlement with rows in the month: what its journal entries are made of beside its rows. */
export interface PeriodSettlement {
  readonly settlementId: string;
  readonly currency: string;
  /** Hashes of the files that its rows are in. */
  readonly files: readonly string[];
  /** Hash of the file that its entries name. */
  readonly file: string;
  /** When it ended, or else what stands for that. */
  readonly end: string;
  readonly opening: string;
  /** The part of the opening that is released reserve. */
  readonly released: string;
  readonly left: LeftBehind;
  /** What the settlement before it has left; null for the first one of the books. */
  readonly before: LeftBehind | null;
}

/** What Amazon Pay held at one end of the month. */
export interface PeriodBalance {
  readonly balance: string;
  /** The part of it that was held back. */
  readonly reserve: string;
  /** On its way to the bank; null where no bank statement was known. */
  readonly transit: string | null;
}

/** Rows of one type that were posted in the month. */
export interface PeriodType {
  readonly type: string;
  readonly count: number;
  readonly amount: string;
  /** What the fees did to the balance: negative where taken. */
  readonly fees: string;
  readonly net: string;
}

/** A transfer of the month with what had arrived of it by the month's end. */
export interface PeriodTransfer {
  readonly settlementId: string;
  readonly transferredAt: string;
  /** Positive: what should arrive. */
  readonly amount: string;
  readonly deposits: readonly { readonly bookedAt: string; readonly amount: string; readonly currency: string }[];
}

/** Own records whose money was in no settlement row by the month's end. */
export interface PeriodUnsettled {
  readonly count: number;
  readonly amount: string;
}

/** An exception that was open when the month was closed. */
export interface PeriodException {
  readonly id: string;
  readonly cause: string;
  readonly code: string;
  readonly amount: string | null;
  readonly message: string;
}

/** An exception that somebody had explained when the month was closed. */
export interface PeriodExplained extends PeriodException {
  /** What it is booked on; null where the explanation moves no money. */
  readonly reason: string | null;
  readonly note: string;
  readonly who: string;
  readonly at: string;
}

/** An own record whose money was in no settlement row by the month's end. */
export interface PeriodItem {
  readonly kind: "charge" | "refund";
  readonly occurredAt: string;
  readonly amount: string;
  /** Order number, else reference or id. */
  readonly order: string;
  /** File and line that brought it: `orders.csv:12`. */
  readonly source: string;
}

/** The figures of a month in one currency; amounts are decimal texts with the currency's digits. */
export interface PeriodFigures {
  readonly currency: string;
  readonly opening: PeriodBalance;
  readonly closing: PeriodBalance;
  readonly types: readonly PeriodType[];
  readonly transfers: readonly PeriodTransfer[];
  readonly unsettled: { readonly sales: PeriodUnsettled; readonly refunds: PeriodUnsettled };
  readonly exceptions: readonly PeriodException[];
  /** Value added tax that is in the fees; left out where none is. */
  readonly feeTax?: PeriodFeeTax;
  /** The oldest of the unsettled records, at most {@link MOST_ITEMS}; left out where there is none. */
  readonly items?: readonly PeriodItem[];
  /** Exceptions that had been explained; left out where there is none. */
  readonly explained?: readonly PeriodExplained[];
}

/** The fees of a month with the tax in them: positive where taken. */
export interface PeriodFeeTax {
  /** Percent: `19`. */
  readonly rate: string;
  /** What rules of accounts call it: `standard`, `reverse-charge`. */
  readonly label: string;
  readonly gross: string;
  readonly net: string;
  readonly tax: string;
}

/**
 * An entry that the journal of the month had beside those of its settlements: what had changed in months closed before, and
 * payouts that arrived in another currency. Neither could be made again from the rows of the month.
 */
export interface PeriodEntry {
  readonly kind: "adjustment" | "conversion";
  /** Of an adjustment: the closed month that had changed. */
  readonly adjusts?: string;
  readonly number: string;
  readonly settlementId: string;
  readonly currency: string;
  readonly day: string;
  readonly description: string;
  /** SHA-256 of the report file, and the lines of it. */
  readonly file: string;
  readonly lines: readonly [first: number, last: number];
  /** Above zero is a debit. */
  readonly postings: readonly {
    readonly role: string;
    readonly amount: string;
    readonly type?: string;
    readonly store?: string;
  }[];
}

/** Unsettled records that are listed one by one; beyond them the sum says what there is. */
export const MOST_ITEMS = 500;

/** What is frozen of a month of an account. Its hash is that of its canonical text. */
export interface PeriodDocument {
  readonly version: 1;
  readonly account: string;
  /** `2026-06`. */
  readonly month: string;
  readonly timeZone: string;
  /** First moment of the month, and the first one after it. */
  readonly from: string;
  readonly until: string;
  /** Hash of the month that was closed before it; null for the first one. */
  readonly previousHash: string | null;
  readonly files: readonly PeriodFile[];
  readonly settlements: readonly PeriodSettlement[];
  readonly figures: readonly PeriodFigures[];
  /** Open exceptions that are of no currency: a report that is missing. */
  readonly exceptions: readonly PeriodException[];
  /** Left out where there is none. */
  readonly entries?: readonly PeriodEntry[];
}

/**
 * The one text of a document: members in the order of their names, no white space. Texts and whole numbers are all there is in
 * it, so that this is JSON as RFC 8785 has it, and anybody can make the hash again.
 */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}

/** SHA-256 of a text, lower-case hex. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
