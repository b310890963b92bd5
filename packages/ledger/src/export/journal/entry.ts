import type { AccountRole } from "./account-role.ts";

/** One side of an entry: above zero is a debit. */
export interface Posting {
  readonly role: AccountRole;
  readonly minor: bigint;
  /** Type of the rows behind it, `capture`; left out where it is of no row. */
  readonly type?: string | undefined;
  /** Name of the store that the rows are of, where the report names one. */
  readonly store?: string | undefined;
  /** Label of the VAT that the fees of the day have, as the settings call it; left out where they have none. */
  readonly tax?: string | undefined;
}

/** Rows of a report file that an entry was made of. */
export interface JournalSource {
  readonly settlementId: string;
  /** SHA-256 of the report file. */
  readonly fileHash: string;
  /** First and last line of the file that are in it. */
  readonly lines: readonly [first: number, last: number];
}

/** A journal entry whose postings add up to zero, with the place that it comes from. */
export interface JournalEntry {
  readonly accountId: string;
  /** Name of the entry, one for each: a settlement's id, with a part where it has several; a day, a month. */
  readonly number: string;
  /** Where it comes from: one file of one settlement, or those of a day or a month. */
  readonly sources: readonly JournalSource[];
  readonly currency: string;
  /** Day of the entry, `2026-01-31`, on the calendar of the export. */
  readonly day: string;
  readonly description: string;
  /** Charge, refund, … of the row; null for a whole settlement. */
  readonly transactionId: string | null;
  readonly orderId: string | null;
  readonly postings: readonly Posting[];
  /** What is left on the clearing account after it: known at the end of a settlement. */
  readonly clearingAfter: bigint | null;
  /** The closed month in which something had changed, of an entry that books that; else left out. */
  readonly adjusts?: string;
}
