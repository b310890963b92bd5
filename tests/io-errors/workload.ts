import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { closeMonth, exportBooksTo, openLedger, apiV2Source, type Ledger } from "@amazon-pay-kit/ledger";
import { formatAmount } from "@amazon-pay-kit/money";
import { bankStatement, shopRecords } from "@amazon-pay-kit/sandbox";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { seededRandom } from "@amazon-pay-kit/sdk/random";
import { sql } from "kysely";
import { clientOf, openShop } from "../../packages/ledger/src/ingest/reports/sync/testing/shop-fixture.ts";

const DAY = 86_400_000;
const MONTH = "2026-01";

/** A shop whose books are made again and again from the same answers. */
export interface Workload {
  /** Everything that a user does in a month: sync, import, reconcile, close, export. Ends at the first error. */
  run(folder: string, day: number): Promise<void>;
  /** What is in the books and in the archive, without the times at which it came there. */
  contents(folder: string): Promise<Contents>;
  close(): Promise<void>;
}

/** Lines of text that are equal where books are. */
export interface Contents {
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** Paths in the archive with the hash of what they hold. */
  readonly archive: readonly string[];
  readonly exports: readonly string[];
  /** What SQLite and the archive say of themselves. */
  readonly damage: readonly string[];
  /** Files that say that they are loaded although their rows are not all there. */
  readonly halfLoaded: readonly string[];
}

const utf8 = async function* (text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
};

/** Columns that say when or how often something was tried, and numbers that follow from the order in which things came. */
const OF_THE_RUN = new Set([
  "archived_at",
  "attempts",
  "at",
  "changed_at",
  "closed_at",
  "created_at",
  "fetched_at",
  "first_seen_at",
  "found_at",
  "imported_at",
  "last_seen_at",
  "last_success_at",
  "loaded_at",
  "made_at",
  "import_id",
  "next_attempt_at",
  "next_at",
  "raised_at",
  "cleared_at",
  "received_at",
  "clock_ahead_millis",
  "event_id",
  "exception_id",
]);
/** Who works at the moment; everything else is what the books say. */
const NOT_COMPARED = new Set([
  "lease",
  "sync_mark",
  "sqlite_sequence",
  "sqlite_stat1",
  "sqlite_stat4",
  "reconcile_mark",
]);

function filesBelow(folder: string, path = ""): string[] {
  if (!existsSync(join(folder, path))) return [];
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const inside = path === "" ? entry.name : `${path}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(folder, inside) : [inside];
  });
}

const hashOf = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

async function rowsOf(ledger: Ledger): Promise<Record<string, string[]>> {
  const { db } = ledger.store;
  const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table' order by name`.execute(
    db,
  );
  const files = await db.selectFrom("file").select(["file_id", "content_hash"]).execute();
  const hashes = new Map(files.map(({ file_id, content_hash }) => [String(file_id), content_hash]));
  const named = (number: string): string => hashes.get(number) ?? number;
  const rows: Record<string, string[]> = {};
  for (const { name } of tables.rows) {
    if (NOT_COMPARED.has(name) || name.startsWith("kysely")) continue;
    const found = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    rows[name] = found.rows
      .map((row) =>
        Object.entries(row)
          .filter(([column]) => !OF_THE_RUN.has(column))
          .map(([column, value]) => `${column}=${column.endsWith("file_id") ? named(String(value)) : String(value)}`)
          .join(" ")
          .replaceAll(/"fileId":(\d+)/g, (_all, number: string) => `"fileId":"${named(number)}"`),
      )
      .sort();
  }
  return rows;
}

async function halfLoaded(ledger: Ledger): Promise<string[]> {
  const found = await sql<{ content_hash: string; row_count: number; there: number; loaded: number }>`
    select content_hash, row_count, loaded_at is not null as loaded,
      (select count(*) from settlement_row s where s.account_id = f.account_id and s.file_id = f.file_id) +
      (select count(*) from transaction_row t where t.account_id = f.account_id and t.file_id = f.file_id) as there
    from file f`.execute(ledger.store.db);
  return found.rows
    .filter(({ loaded, row_count, there }) => (Number(loaded) === 1 ? Number(row_count) !== Number(there) : there > 0))
    .map(({ content_hash, row_count, there }) => `${content_hash}: ${there} rows of ${row_count}`);
}

/** Makes a shop with reports, records and bank statements; nothing of it touches a disk. */
export async function makeWorkload(options: { readonly days: number; readonly orders: number }): Promise<Workload> {
  const { sandbox, merchant } = await openShop(options);
  const end = sandbox.clock.now();
  const answers = new Map<string, Promise<{ status: number; headers: [string, string][]; body: Uint8Array }>>();
  const remembered = async (request: Request): Promise<Response> => {
    const key = `${request.method} ${request.url}`;
    const kept =
      answers.get(key) ??
      sandbox.fetch(request).then(async (answer) => ({
        status: answer.status,
        headers: [...answer.headers],
        body: new Uint8Array(await answer.arrayBuffer()),
      }));
    answers.set(key, kept);
    const { status, headers, body } = await kept;
    return new Response(status === 204 ? null : Uint8Array.from(body), { status, headers });
  };
  const client = clientOf(Object.create(sandbox, { fetch: { value: remembered } }) as typeof sandbox, merchant);
  const records = shopRecords(sandbox.engine, merchant.merchantId, "sandbox").map(({ amountMinor, ...record }) => ({
    ...record,
    amount: amountMinor,
  }));
  const bank = bankStatement(sandbox.engine, merchant.merchantId).map(
    (line, index) =>
      `${line.bookedOn},${formatAmount(line.amount, line.currency)},${line.currency},"${line.text}",${index}`,
  );
  const statement = ["Date,Amount,Currency,Text,Id", ...bank, ""].join("\n");
  const account = {
    accountId: "shop",
    region: merchant.region,
    environment: "sandbox",
    sellerId: merchant.merchantId,
  } as const;

  const openAt = (folder: string, day: number): Promise<Ledger> => {
    const now = end + day * DAY;
    const clock: Clock = {
      now: () => now,
      sleep: (millis, signal) =>
        new Promise((resolve, reject) => {
          signal?.throwIfAborted();
          // Pauses between calls take no time; whoever waits longer keeps a lease alive, and is woken when the work is over.
          if (millis <= 10_000 || signal === undefined) resolve();
          else signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
        }),
    };
    return openLedger({ dataDir: join(folder, "books"), clock, random: seededRandom(`books ${day}`) });
  };

  return {
    async run(folder, day) {
      const ledger = await openAt(folder, day);
      try {
        const summary = await ledger.sync({ accounts: [{ ...account, sources: [apiV2Source(client)] }], downloads: 1 });
        const [failure] = summary.failures;
        if (failure !== undefined) throw Object.assign(new Error(failure.message), { code: failure.code });
        if (summary.notFetched + summary.waiting + summary.skipped > 0)
          throw Object.assign(new Error("reports were left for later"), { code: "sync.unfinished" });
        await ledger.records.add(records);
        await ledger.bank.import(utf8(statement), { format: "csv", fileName: "bank.csv" });
        await ledger.reconcile();
        await closeMonth({ store: ledger.store, clock: ledger.clock, random: ledger.random }, { month: MONTH });
        for (const format of ["hledger", "csv"])
          await exportBooksTo(
            { store: ledger.store, clock: ledger.clock },
            { format },
            join(folder, "exports", format),
          );
      } finally {
        await ledger.close();
      }
    },
    async contents(folder) {
      const ledger = await openAt(folder, 0);
      try {
        const damage: string[] = [];
        const check = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(ledger.store.db);
        for (const { integrity_check: verdict } of check.rows) if (verdict !== "ok") damage.push(verdict);
        for await (const { path, findings } of ledger.verifyArchive())
          damage.push(...findings.map(({ problem }) => `${path}: ${problem}`));
        const archive = filesBelow(join(folder, "books/archive")).filter((path) => !path.startsWith(".incoming/"));
        const exports = filesBelow(join(folder, "exports"));
        return {
          rows: await rowsOf(ledger),
          archive: archive
            .map((path) => `${path} ${path.endsWith(".json") ? "" : hashOf(join(folder, "books/archive", path))}`)
            .sort(),
          exports: exports.map((path) => `${path} ${hashOf(join(folder, "exports", path))}`).sort(),
          damage,
          halfLoaded: await halfLoaded(ledger),
        };
      } finally {
        await ledger.close();
      }
    },
    async close() {
      client.close();
      await sandbox.close();
    },
  };
}
