/** Members of a record that a column of a file can fill. */
export const MEMBERS = [
  "kind",
  "transactionId",
  "parentTransactionId",
  "referenceId",
  "permissionId",
  "orderId",
  "amount",
  "currency",
  "occurredAt",
  "status",
] as const;

/** One of {@link MEMBERS}. */
export type Member = (typeof MEMBERS)[number];

/**
 * How the export of a shop is read: one file under `formats/` each.
 *
 * Column names are compared without regard to case, blanks and punctuation: `Order Number`, `order_number` and
 * `orderNumber` are the same.
 */
export interface RecordFormat {
  /** Name for `--format`. */
  readonly name: string;
  /** What a person calls the file. */
  readonly title: string;
  /** Columns by which the file is recognised: it must have all of them; of several in one entry, any. */
  readonly signature: readonly (string | readonly string[])[];
  /** Names that the column of a member may have, the best first. */
  readonly columns: Readonly<Partial<Record<Member, readonly string[]>>>;
  /** Columns that name the means of payment: rows that name another than Amazon Pay are left out. */
  readonly paidWith?: readonly string[];
  /** Rows without an amount belong to the order above them (further items) and are left out. */
  readonly itemsBelow?: boolean;
  /** Where the export tells of refunds without saying when: a column with an amount above zero is counted, not read. */
  readonly undatedRefunds?: string;
  /** Which currency, where the export has no column for it: what `--currency` says. */
  readonly currencyNeeded?: boolean;
}

/** A column name as it is compared: letters and digits of any script, in one width, without case, blanks and signs. */
export function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]/gu, "");
}
