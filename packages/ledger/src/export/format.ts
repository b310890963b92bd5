import type { GivenAccounts } from "./journal/given-accounts.ts";
import type { JournalOptions } from "./journal/entries.ts";
import type { ScopedBooks } from "./scope.ts";

/** What can be exported: a table, or the journal. */
export const EXPORTED = ["rows", "settlements", "exceptions", "journal"] as const;

/** One of {@link EXPORTED}. */
export type Exported = (typeof EXPORTED)[number];

/** How much of a currency one unit of the client's currency was worth, from a day on. */
export interface DatevRate {
  readonly currency: string;
  /** First day, `2026-06-01`. Default: always. */
  readonly from?: string | undefined;
  /** Decimal text with at most six digits after the point: `0.8512` pounds for one euro. */
  readonly rate: string;
}

/** Ends a file and begins the next one, where a program takes no more lines in one. */
export const NEXT_FILE = Symbol("next file");

/** A piece of what a format writes. */
export type ExportPiece = string | Uint8Array | typeof NEXT_FILE;

/** Settings of single formats. Accounts that a format has of its own go before those for all formats. */
export interface FormatSettings extends GivenAccounts {
  readonly beancount?: GivenAccounts | undefined;
  readonly hledger?: GivenAccounts | undefined;
  readonly quickbooks?: GivenAccounts | undefined;
  readonly datev?:
    | (GivenAccounts & {
        /** Number of the tax consultant. Default 1001. */
        readonly consultant?: number | undefined;
        /** Number of the client. Default 1. */
        readonly client?: number | undefined;
        /** First day of the fiscal year, `MM-DD`. Default `01-01`. */
        readonly fiscalYearStart?: string | undefined;
        /** Default `skr03`. */
        readonly chart?: "skr03" | "skr04" | undefined;
        /** Digits of the accounts. Default 4. */
        readonly accountDigits?: number | undefined;
        /** Currency of the client's books. Default `EUR` where {@link rates} are given, else that of the entries. */
        readonly currency?: string | undefined;
        /** Exchange rates of the other currencies. */
        readonly rates?: readonly DatevRate[] | undefined;
      })
    | undefined;
  readonly xero?:
    | (GivenAccounts & {
        /** Name of the tax rate of each line. Default `Tax Exempt`. */
        readonly taxRate?: string | undefined;
        /** Names of the tracking categories that cost centres and cost units are options of. */
        readonly tracking?: readonly string[] | undefined;
      })
    | undefined;
}

/** One export to be written. */
export interface ExportJob {
  readonly books: ScopedBooks;
  readonly what: Exported;
  readonly journal: JournalOptions;
  /** Whether it may be several files. */
  readonly splits: boolean;
  readonly settings: FormatSettings;
  /** When it is made, for formats that say so. */
  readonly now: number;
  /** Is told how many rows or entries have been written so far. */
  readonly onProgress: (count: number) => void;
}

/** How something is written: one file under `formats/` each. */
export interface ExportFormat {
  readonly name: string;
  readonly title: string;
  /** Ending of a file's name. */
  readonly extension: string;
  /** What it can carry, the usual first. */
  readonly carries: readonly Exported[];
  /** Pieces of one file. Formats that write a folder have none. */
  readonly stream?: (job: ExportJob) => AsyncIterable<ExportPiece>;
  /** Files of a folder; @returns their paths below it */
  readonly folder?: (job: ExportJob, folder: string) => Promise<readonly string[]>;
}
