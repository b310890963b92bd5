import type {
  ExceptionView,
  ExplainOutcome,
  ExplanationReason,
  HandMatchRequest,
  ImportStatementOptions,
  MonthClose,
  PackFile,
  StatementImported,
} from "@amazon-pay-kit/ledger";

/** A physical line of a file. */
export interface FileLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** A place that a figure comes from. */
export interface FileLines {
  readonly contentHash: string;
  readonly archivePath: string;
  readonly lines: readonly FileLine[];
}

/** A bank statement that somebody has dropped on a page. */
export interface GivenStatement {
  /** The merchant account that the bank account is paid for; undefined where there is but one. */
  readonly accountId: string | undefined;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** How it is to be read, over the settings of the account. */
  readonly options: ImportStatementOptions;
}

/** What a person does with bank statements. Everything is said in the name of `who`, and reconciled at once. */
export interface BankBooks {
  /** Reads a statement as the import would, and keeps nothing. @throws BankError what stands in the way, and the open question */
  preview(statement: GivenStatement): Promise<StatementImported>;
  /** @throws BankError as {@link preview} */
  import(statement: GivenStatement, who: string): Promise<StatementImported>;
  withdraw(accountId: string, importId: number, note: string, who: string): Promise<void>;
  /** Links a deposit with payouts. @returns what differs all the same, unless the reason explains it */
  match(accountId: string, request: HandMatchRequest, who: string): Promise<readonly ExceptionView[]>;
  unmatch(accountId: string, bankLineId: number, who: string): Promise<void>;
}

/** Closing months, as `apay close` does it, in the time zone of the books. */
export interface ClosingBooks {
  /** What stands in the way, and what has changed since the close. Nothing is closed. */
  check(accountId: string | undefined, month: string): Promise<MonthClose>;
  /** Closes a month; what blocks it is in the answer. */
  close(accountId: string | undefined, month: string, note: string, who: string): Promise<MonthClose>;
  reopen(accountId: string | undefined, month: string, note: string, who: string): Promise<void>;
  /** The page and the workbook for those who sign it: a draft until the month is closed. */
  pack(accountId: string | undefined, month: string): Promise<readonly PackFile[]>;
}

/** An account as a person names it on the page of empty books. */
export interface NewAccount {
  readonly name: string;
  /** `na`, `eu` or `jp`. */
  readonly region: string;
  readonly publicKeyId: string;
  /** `live` or `sandbox` for a key id without a prefix; empty where the key id says it. */
  readonly environment: string;
  /** PEM text; kept in a file of its own that only its owner can read. */
  readonly privateKey: string;
}

/** How far the first sync is. */
export interface FirstSync {
  readonly running: boolean;
  /** What came in, in English as on the command line; null before the end. */
  readonly done: string | null;
  /** Why it failed, and what to do; an empty text for a mistake inside. Null while it has not. */
  readonly failed: string | null;
}

/** What leads from empty books to the first answer. */
export interface FirstRun {
  /** Whether an account is configured, though it has no report yet. */
  hasAccount(): boolean;
  /** @throws KitError what of the account is wrong; nothing was written then */
  addAccount(account: NewAccount): Promise<void>;
  /** Fetches, loads and reconciles in the background; nothing while that is going on. */
  startSync(): void;
  syncState(): FirstSync;
}

/**
 * What the dashboard asks of the ledger beyond its views: archived bytes, and the few writes that there are.
 * The command line wires it to `openLedger`.
 */
export interface Books {
  /** Lines around a place of an archived file, as text. */
  fileLines(accountId: string | undefined, fileId: number, line: number): Promise<FileLines>;
  /** Writes down why a difference is as it is, or opens it again. @returns `asked` where a second person has to agree */
  explain(
    accountId: string,
    exceptionId: string,
    note: string,
    who: string,
    reason?: ExplanationReason | undefined,
    /** Whether who may agree to a write-off that another has asked for. Default: they may. */
    mayApprove?: boolean | undefined,
  ): Promise<ExplainOutcome | void>;
  reopen(accountId: string, exceptionId: string, note: string, who: string): Promise<void>;
  /** Says who looks after an exception; null for nobody. Absent where these books only show it. */
  assign?(accountId: string, exceptionId: string, owner: string | null, who: string): Promise<void>;
  /** Writes down what was found out about an exception, which stays as it is. */
  note?(accountId: string, exceptionId: string, note: string, who: string): Promise<void>;
  /** Absent where accounts are set up elsewhere. */
  readonly firstRun?: FirstRun | undefined;
  /** Statements and matching by hand; absent where these books only show them. */
  readonly bank?: BankBooks;
  /** Absent where these books close nothing. */
  readonly closing?: ClosingBooks;
  /** Decides which version of a settlement counts, by the beginning of its hash. */
  accept?(accountId: string, settlementId: string, version: string, who: string): Promise<void>;
  /** The journal of one settlement, as CSV. */
  journal?(accountId: string, settlementId: string): Promise<Uint8Array>;
}
