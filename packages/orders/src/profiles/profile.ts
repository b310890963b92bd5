import type { RecordMember } from "../record.ts";
import type { StatusNames } from "../statuses.ts";

/**
 * How the export of a shop is read: one row of a table each.
 *
 * Column names are compared without regard to case, accents, blanks and signs: `Order Number`, `order_number` and
 * `orderNumber` are the same.
 */
export interface OrderProfile {
  /** Name for `--format`. */
  readonly name: string;
  /** What a person calls the file. */
  readonly title: string;
  /** Where the export is, and what its columns are known from. */
  readonly source: string;
  /** Columns by which the file is recognised: it must have all of them; of several in one entry, any. */
  readonly signature: readonly (string | readonly string[])[];
  /** Columns whose presence says that it is another file. */
  readonly without?: readonly string[];
  /** Names that the column of a member may have, the best first. */
  readonly columns: Readonly<Partial<Record<RecordMember, readonly string[]>>>;
  /** Columns of the time of day, where the day stands in one of its own. */
  readonly timeOfDay?: readonly string[];
  /** Columns that name the means of payment: rows that name another than Amazon Pay are left out. */
  readonly paidWith?: readonly string[];
  /** The shop's own words for what became of an order, beside the common ones. */
  readonly statuses?: StatusNames;
  /** Rows without an amount, or with the same order as the row above, are further items of that order. */
  readonly itemsBelow?: boolean;
  /** Amounts below zero are refunds, with or without being told so. */
  readonly signed?: boolean;
  /** Where the export tells of refunds without saying when: a column with an amount above zero is counted, not read. */
  readonly undatedRefunds?: readonly string[];
  /** What a person should know of it. */
  readonly notice?: string;
}
