/** A sum that waits to be settled, of one currency. */
export interface AgeingBucket {
  readonly currency: string;
  /** `0-7`, `8-15`, `16-30`, `30+` days. */
  readonly bucket: string;
  readonly kind: string;
  readonly count: number;
  readonly amountMinor: bigint;
}

/** What the next transfer should be. */
export interface TransferForecast {
  readonly accountId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** When it is expected; null when there is too little history to say. */
  readonly expectedAt: number | null;
}

/** A place that a figure comes from. */
export interface FileLines {
  readonly contentHash: string;
  readonly archivePath: string;
  readonly lines: readonly { readonly line: number; readonly text: string }[];
}

/**
 * What the dashboard asks of the ledger beyond its views: sums that need judgement, and the few writes that there are.
 * The command line wires it to `openLedger`.
 */
export interface Books {
  ageing(accountId: string | undefined): Promise<readonly AgeingBucket[]>;
  forecast(accountId: string | undefined): Promise<readonly TransferForecast[]>;
  /** Lines around a place of an archived file, as text. */
  fileLines(accountId: string, fileId: number, line: number): Promise<FileLines>;
  /** Writes down why a difference is as it is, or opens it again. */
  explain(accountId: string, exceptionId: string, note: string, who: string): Promise<void>;
  reopen(accountId: string, exceptionId: string, note: string, who: string): Promise<void>;
}
