import type { DateForm } from "@amazon-pay-kit/money";
import type { CsvMember } from "./members.ts";

/** How the export of one bank is laid out: a row of the table in `layouts/`. It is recognised by its header, never by its values. */
export interface BankLayout {
  /** For `--bank`: `sparkasse-camt`. */
  readonly name: string;
  /** What a person calls it. */
  readonly title: string;
  readonly country: "de" | "at" | "ch" | "fr" | "nl" | "be" | "it" | "es" | "uk" | "us" | "jp" | "eu";
  /**
   * Column names by which it is recognised: the header has all of them, compared without case, accents, blanks and signs. Empty for
   * exports without a header: those have to be named, and `columns` are then numbers from 1.
   */
  readonly header: readonly string[];
  /** Other banks have the same header and mean other things by it: the layout has to be named. */
  readonly named?: true;
  readonly separator: "," | ";" | "\t" | "|";
  /** Left out where the bank writes both. */
  readonly decimal?: "." | ",";
  /** Forms of the days, the usual one first. They exclude each other. */
  readonly dates: readonly DateForm[];
  /** What its files are written in, where that is not UTF-8. */
  readonly encoding?: string;
  /** Currency of all its lines, where no column says it. */
  readonly currency?: string;
  /**
   * Columns whose names do not say what they hold; the others are found by their names. `null`: there is none. `#13` is the
   * thirteenth column, for one without a name. Three columns for `bookedAt` are year, month and day.
   */
  readonly columns?: Readonly<Partial<Record<CsvMember, string | readonly string[] | null>>>;
  /** Columns that say something of the own account and nothing of the entry. */
  readonly own?: readonly string[];
  /** A column of fees that the amount does not have in it: they went out as well. */
  readonly fee?: string;
  /** A column that is filled in rows which say what the row above is made of, and have no amount themselves. */
  readonly parts?: string;
  /** Words of the direction column for money that went out, beside the usual ones. */
  readonly debitWords?: readonly string[];
  /** Public place where the header is described or shown; how much of it is in `layouts/evidence.ts`. */
  readonly source: string;
}
