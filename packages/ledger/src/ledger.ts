import { join } from "node:path";
import { type Clock, systemClock } from "@amazon-pay-kit/sdk/clock";
import { type Random, systemRandom } from "@amazon-pay-kit/sdk/random";
import { type Accounts, accountsIn } from "./accounts/accounts.ts";
import { serviceClock } from "./accounts/service-clock.ts";
import type { Archive } from "./archive/archive.ts";
import { ArchiveError } from "./archive/errors.ts";
import { openFolderArchive } from "./archive/folder/open.ts";
import { openMemoryArchive } from "./archive/memory/open.ts";
import { folderOf } from "./archive/place.ts";
import type { VerifiedFile } from "./archive/verify.ts";
import type { ImportStatementOptions, StatementImported } from "./ingest/bank/import-statement.ts";
import { accountsOf, type BooksContext } from "./books/context.ts";
import type { LedgerContext } from "./context.ts";
import type { ExplainOutcome } from "./reconcile/exceptions/index.ts";
import type { ReconcileOptions } from "./reconcile/reconcile.ts";
import type { Verdicts } from "./reconcile/verdicts.ts";
import type { ExceptionFilter, ExceptionView, getException } from "./views/exceptions.ts";
import type { SettlementDetail, SettlementFilter, SettlementSummary } from "./views/settlements.ts";
import type { Page, PageRequest } from "./views/view.ts";
import type { CoverageSpan } from "./reconcile/coverage/refresh.ts";
import { LedgerError } from "./errors.ts";
import type { LocalFile, LocalFileResult } from "./ingest/reports/load-local-file.ts";
import type { Logger } from "./logger.ts";
import type { AddRecordsOptions } from "./ingest/records/add-records.ts";
import type { ImportRecordsOptions, RecordsImported } from "./ingest/records/import-records.ts";
import type { NewRecord } from "./ingest/records/record.ts";
import type { RecordsTaken } from "./ingest/records/take-records.ts";
import { openSqliteStore } from "./store/sqlite/open.ts";
import type { Store } from "./store/store.ts";
import type { SyncOptions } from "./ingest/reports/sync/options.ts";
import type { SyncSummary } from "./ingest/reports/sync/summary.ts";

/** How to open a ledger. */
export interface OpenLedgerOptions {
  /** Folder of the books: `ledger.sqlite` and `archive/` in it, made if missing; `:memory:` for books that vanish. */
  readonly dataDir?: string;
  /** `postgres://…`: the rows are kept there instead of in SQLite. */
  readonly databaseUrl?: string;
  /** Where the bytes of reports are kept. Default: the folder `archive` in `dataDir`. */
  readonly archive?: Archive;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Default: nothing is written. */
  readonly logger?: Logger;
}

/** The books of any number of merchant accounts. */
export interface Ledger extends LedgerContext {
  readonly accounts: Accounts;

  /** Brings in everything new, once; see {@link SyncOptions}. */
  sync(options: SyncOptions): Promise<SyncSummary>;

  /** Archives and loads one report file of this machine. */
  loadFile(file: LocalFile): Promise<LocalFileResult>;

  /** The merchant's own charges and refunds of one account; the account need not be named where there is but one. */
  readonly records: {
    /** All of them or none; see {@link addRecords}. */
    add(
      records: Iterable<NewRecord> | AsyncIterable<NewRecord>,
      options?: AddRecordsOptions & AccountScope,
    ): Promise<RecordsTaken>;
    /** A file, all of it or nothing; see {@link importRecords}. */
    import(source: AsyncIterable<Uint8Array>, options?: ImportRecordsOptions & AccountScope): Promise<RecordsImported>;
  };

  /** Statements of the bank account that an account is paid to. */
  readonly bank: {
    /** A file, all of it or nothing; see {@link importStatement}. */
    import(
      source: AsyncIterable<Uint8Array>,
      options?: ImportStatementOptions & AccountScope,
    ): Promise<StatementImported>;
  };

  /** Reconciles everything, or one account; see {@link reconcile}. Throws what it throws. */
  reconcile(options?: ReconcileOptions & AccountScope): Promise<Verdicts>;

  /** Settlements with their figures and verdicts, newest first. */
  readonly settlements: {
    /** A page of them; see {@link listSettlements}. */
    list(request?: SettlementFilter & PageRequest): Promise<Page<SettlementSummary>>;
    /** One of them with its parts; see {@link getSettlement}. */
    get(settlementId: string, of?: AccountScope): Promise<SettlementDetail>;
  };

  /** Differences that reconciling has found. */
  readonly exceptions: {
    /** A page of them; see {@link listExceptions}. */
    list(request?: ExceptionFilter & PageRequest): Promise<Page<ExceptionView>>;
    /** One of them with its history; see {@link getException}. */
    get(exceptionId: string, of?: AccountScope): ReturnType<typeof getException>;
    /** Records why one is acceptable; `who` stands in its history. See {@link explainException}. */
    explain(exceptionId: string, note: string, of?: AccountScope & { readonly who?: string }): Promise<ExplainOutcome>;
    /** Opens an explained one again; see {@link reopenException}. */
    reopen(exceptionId: string, note: string, of?: AccountScope & { readonly who?: string }): Promise<void>;
  };

  /** Works out which stretches of time the books cover, as of now; for one account, or for all. */
  coverage(accountId?: string): Promise<readonly CoverageSpan[]>;

  /**
   * Reads everything in the archive again and compares it with what was kept, file by file, in the order of their paths.
   *
   * @param scope one account's files; `after` is the last path that came, to go on where somebody stopped. Default: everything
   */
  verifyArchive(scope?: AccountScope & { readonly after?: string | undefined }): AsyncIterable<VerifiedFile>;

  /** Closes the store and the archive. */
  close(): Promise<void>;
}

/** Whose books are meant. */
export interface AccountScope {
  /** Default: the only account. */
  readonly accountId?: string;
}

/** Codes of {@link OpenLedgerError}. */
export type OpenLedgerErrorCode =
  /** Neither a folder nor a database was named. */
  | "ledger.no-place"
  /** Rows would have a place, bytes would not. */
  | "ledger.no-archive";

/** The ledger cannot be opened as asked. */
export class OpenLedgerError extends LedgerError<OpenLedgerErrorCode> {}

async function storeFor({ dataDir, databaseUrl }: OpenLedgerOptions): Promise<Store> {
  if (databaseUrl !== undefined) return (await import("./store/postgres/open.ts")).openPostgresStore(databaseUrl);
  if (dataDir === undefined)
    throw new OpenLedgerError("ledger.no-place", "name a dataDir or a databaseUrl for the ledger");
  return openSqliteStore(dataDir === ":memory:" ? dataDir : join(dataDir, "ledger.sqlite"));
}

/**
 * A check that goes on behind a path which is none of the archive would pass over files, and say that all is well.
 *
 * @throws ArchiveError `archive.bad-path`
 */
async function requirePlace(
  archive: Archive,
  after: string,
  { folder, folders }: { readonly folder: string | undefined; readonly folders: readonly string[] },
): Promise<void> {
  if ((folder === undefined ? folders : [folder]).some((one) => after.startsWith(`${one}/`))) return;
  // A check of everything may have ended with a file that belongs to no account.
  if (folder === undefined) for await (const { path } of archive.entries()) if (path === after) return;
  throw new ArchiveError(
    "archive.bad-path",
    `${JSON.stringify(after)} is no file of ${folder === undefined ? "the archive" : `the folder ${folder}`}: give the path with which the earlier check ended`,
  );
}

async function archiveFor({ archive, dataDir }: OpenLedgerOptions): Promise<Archive> {
  if (archive !== undefined) return archive;
  if (dataDir === undefined) {
    throw new OpenLedgerError(
      "ledger.no-archive",
      "name a dataDir for the bytes of reports, or an archive, beside the databaseUrl",
    );
  }
  return dataDir === ":memory:" ? openMemoryArchive() : openFolderArchive(join(dataDir, "archive"));
}

async function* filesIn(
  store: Store,
  accountId: string,
): AsyncGenerator<{ path: string; contentHash: string; byteCount: number }> {
  const rows = store.db
    .selectFrom("file")
    .select(["archive_path", "content_hash", "byte_count"])
    .where("account_id", "=", accountId)
    .stream(500);
  for await (const row of rows)
    yield { path: row.archive_path, contentHash: row.content_hash, byteCount: row.byte_count };
}

async function coverage(context: LedgerContext, accountId: string | undefined): Promise<CoverageSpan[]> {
  const { refreshCoverage } = await import("./reconcile/coverage/refresh.ts");
  const accounts = accountsIn(context.store, context.clock);
  const wanted = accountId === undefined ? await accounts.list() : [await accounts.get(accountId)];
  const spans: CoverageSpan[] = [];
  for (const account of wanted) {
    const request = { accountId: account.accountId, now: (await serviceClock(context, account.accountId)).now() };
    spans.push(...(await context.store.transaction((db) => refreshCoverage(db, request))));
  }
  return spans;
}

const by = (who: string | undefined, books: BooksContext): BooksContext =>
  who === undefined ? books : { ...books, who };

/**
 * Opens the books, and brings their tables up to date.
 *
 * @throws OpenLedgerError, StoreError, ArchiveError
 *
 * @example
 * const ledger = await openLedger({ dataDir: "apay-data" });
 * await ledger.sync({ accounts: [{ accountId: "shop", region: "eu", environment: "live", sources: [apiV2Source(client)] }] });
 * await ledger.close();
 */
export async function openLedger(options: OpenLedgerOptions): Promise<Ledger> {
  const archive = await archiveFor(options);
  const store = await storeFor(options);
  const { clock = systemClock, random = systemRandom, logger = {} } = options;
  const context: LedgerContext = { store, archive, clock, random, logger };
  const booksOf = ({ accountId }: { readonly accountId?: string | undefined }): BooksContext => ({
    store,
    clock,
    ...(accountId === undefined ? {} : { accountId }),
  });
  // What a ledger can do is loaded when it is done: most programs open it to look something up.
  return {
    ...context,
    accounts: accountsIn(store, clock),
    sync: async (wanted) => (await import("./ingest/reports/sync/sync.ts")).sync(context, wanted),
    loadFile: async (file) => (await import("./ingest/reports/load-local-file.ts")).loadLocalFile(context, file),
    records: {
      add: async (records, of = {}) =>
        (await import("./ingest/records/add-records.ts")).addRecords(booksOf(of), records, of),
      import: async (source, of = {}) =>
        (await import("./ingest/records/import-records.ts")).importRecords(booksOf(of), source, of),
    },
    bank: {
      import: async (source, of = {}) =>
        (await import("./ingest/bank/import-statement.ts")).importStatement(booksOf(of), source, of),
    },
    reconcile: async ({ accountId, ...options } = {}) =>
      (await import("./reconcile/reconcile.ts")).reconcile({ ...booksOf({ accountId }), random }, options),
    settlements: {
      list: async (request) => (await import("./views/settlements.ts")).listSettlements(context, request),
      get: async (settlementId, of = {}) =>
        (await import("./views/settlements.ts")).getSettlement(context, { ...of, settlementId }),
    },
    exceptions: {
      list: async (request) => (await import("./views/exceptions.ts")).listExceptions(context, request),
      get: async (exceptionId, of = {}) =>
        (await import("./views/exceptions.ts")).getException(context, { ...of, exceptionId }),
      explain: async (id, note, { who, ...of } = {}) =>
        (await import("./reconcile/exceptions/index.ts")).explainException(by(who, booksOf(of)), id, note),
      reopen: async (id, note, { who, ...of } = {}) =>
        (await import("./reconcile/exceptions/index.ts")).reopenException(by(who, booksOf(of)), id, note),
    },
    coverage: (accountId) => coverage(context, accountId),
    async *verifyArchive({ accountId, after } = {}) {
      const { verifyArchive } = await import("./archive/verify.ts");
      const known = await accountsOf({ store, ...(accountId === undefined ? {} : { accountId }) });
      const accounts = new Map(known.map((account) => [folderOf(account), account]));
      const books = {
        folders: [...accounts.keys()],
        of: (folder: string) => filesIn(store, accounts.get(folder) ?? ""),
      };
      const folder = accountId === undefined ? undefined : folderOf(accountId);
      if (after !== undefined) await requirePlace(archive, after, { folder, folders: books.folders });
      yield* verifyArchive(archive, books, { folder, after });
    },
    close: () => store.close(),
  };
}
