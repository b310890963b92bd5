/**
 * Times what goes over all accounts on a generated ledger of many: `npm run scale-lists -- --accounts 10000 --each 100`.
 * It needs PostgreSQL's programs, or a server in APAY_TEST_DATABASE_URL, and some gigabytes of disk.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connect, openPostgresStore } from "@amazon-pay-kit/ledger/store";
import { balancesAt, everySettlement, listExceptions, listSettlements } from "@amazon-pay-kit/ledger";
import { deadJobs, openJobQueue, reviveJobs } from "@amazon-pay-kit/worker";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { type Ledger, openFolderArchive, openLedger, openMemoryArchive } from "@amazon-pay-kit/ledger";
import { planJobs } from "../../packages/worker/src/jobs/plan.ts";
import { TABLES } from "../../packages/ledger/src/store/schema/index.ts";
import { startPostgres } from "../postgres/server.ts";

const { values } = parseArgs({
  options: { accounts: { type: "string", default: "10000" }, each: { type: "string", default: "100" } },
});
const accounts = Number(values.accounts);
const each = Number(values.each);
const DAY = 86_400_000;

const server = await startPostgres();
const url = await server.createDatabase();
const store = await openPostgresStore(url);
const queue = await openJobQueue({ databaseUrl: url });
const pool = connect(url, { max: 1 });

/** Rows of a table made by the database: every column that is not named is empty, or 0. */
async function fill(table: keyof typeof TABLES, named: Readonly<Record<string, string>>, from: string): Promise<void> {
  const columns = Object.entries(TABLES[table].columns).filter(([, kind]) => kind !== "id");
  const empty = (kind: unknown): string =>
    typeof kind === "string" && kind.endsWith("?")
      ? "null"
      : kind === "text"
        ? "''"
        : Array.isArray(kind)
          ? `'${kind[0]}'`
          : "0";
  const cells = columns.map(([name, kind]) => named[name] ?? empty(kind));
  await pool.query(
    `insert into ${table} (${columns.map(([name]) => name).join(", ")}) select ${cells.join(", ")} from ${from}`,
  );
}

/** Files of the account that has more than one. */
const FILES_OF_ONE = 500;

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Puts a file of an account into the archive, and gives its row of the books. */
async function archived({ archive }: Ledger, accountId: string, reportId: string): Promise<string> {
  const receipt = await archive.receive(bytes(`report ${reportId} of ${accountId}`));
  const { contentHash, byteCount } = receipt;
  const owner = { accountId, region: "na", environment: "live" };
  const about = { source: "v2", reportId, reportType: "T", windowStart: null, windowEnd: null, createdAt: null };
  const { path } = await receipt.keep(owner, { ...about, fetchedAt: 0 });
  return `('${accountId}', '${path}', '${contentHash}', ${byteCount}::bigint)`;
}

/** Files that are made at once: each waits for the disk. */
const TOGETHER = 50;

/** Puts files into the archive and the books: accounts with the id of their report. */
async function archiveAll(
  ledger: Ledger,
  wanted: readonly (readonly [account: string, report: string])[],
): Promise<void> {
  for (let start = 0; start < wanted.length; start += TOGETHER) {
    const some = wanted.slice(start, start + TOGETHER);
    const rows = await Promise.all(some.map(([account, report]) => archived(ledger, account, report)));
    const columns = { account_id: "v.a", archive_path: "v.p", content_hash: "v.h", byte_count: "v.b" };
    await fill("file", columns, `(values ${rows.join(", ")}) v(a, p, h, b)`);
  }
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  const result = await work();
  const seconds = ((performance.now() - began) / 1000).toFixed(2);
  process.stdout.write(`${seconds.padStart(8)} s  ${what}${typeof result === "number" ? `: ${result}` : ""}\n`);
}

const shop = `'shop-' || lpad(a::text, 6, '0')`;
const all = `generate_series(1, ${accounts}) a`;
const many = `${all}, generate_series(1, ${each}) i`;
try {
  await timed(
    `${accounts} accounts, ${accounts * each} reports, settlements and half as many exceptions are made`,
    async () => {
      await fill("account", { account_id: shop, region: "'na'", environment: "'live'", currency: "'USD'" }, all);
      const ofReport = {
        account_id: shop,
        source: "'v2'",
        report_id: `'R' || i`,
        state: `case when i <= 1 then 'listed' else 'loaded' end`,
        created_at: `i * ${DAY}::bigint`,
      };
      await fill("report", ofReport, many);
      await fill(
        "settlement",
        {
          account_id: shop,
          settlement_id: "(5000000000 + i)::text",
          currency: "'USD'",
          file_id: "i",
          start_at: `i * 14 * ${DAY}::bigint`,
          end_at: `(i + 1) * 14 * ${DAY}::bigint`,
          status: "'balanced'",
          bank: "'unchecked'",
          closing_minor: "1000",
        },
        many,
      );
      await fill(
        "exception",
        {
          account_id: shop,
          exception_id: `md5(a || ' ' || i)`,
          code: "'chain.gap'",
          status: "'open'",
          severity: "'error'",
        },
        `${many} where i % 2 = 0`,
      );
      await pool.query(`insert into apay_jobs.job (name, data, state, singleton_key, policy, output)
      select 'dead', jsonb_build_object('accountId', ${shop}), 'created', 'x' || a, 'standard',
        '{"kind":"discover","code":"ECONNRESET","message":"x"}' from ${all}`);
      await pool.query(`insert into apay_jobs.archive (name, id, data, state, singleton_key, policy, completed_on, created_on, priority,
        retry_limit, retry_count, retry_delay, retry_backoff, start_after, expire_in, keep_until)
      select case when i % 25 = 0 then 'reconcile' else 'load' end, gen_random_uuid(), '{}', 'completed', ${shop}, 'short',
        now() - i * interval '40 minutes', now(), 0, 5, 0, 1, true, now(), interval '1 hour', now() from ${many}`);
      await pool.query("vacuum analyze");
    },
  );
  const context = { store };
  await timed("settlements list: the newest 1,000", async () => {
    let cursor: string | undefined;
    for (let page = 0; page < 2; page += 1) {
      const found = await listSettlements(context, { limit: 500, cursor });
      cursor = found.next ?? undefined;
    }
  });
  await timed("settlements list --json: every settlement", async () => {
    let count = 0;
    for await (const _one of everySettlement(context)) count += 1;
    return count;
  });
  await timed(
    "exceptions list: the first page",
    async () => (await listExceptions(context, { limit: 50 })).items.length,
  );
  await timed("balance --at: balances of all accounts", async () => {
    return (await balancesAt(context, { before: each * 10 * DAY })).length;
  });
  await timed("count of waiting reports (a metric, each minute)", async () => {
    const { rows } = await pool.query(`select count(*)::int as n from report where state in ('listed', 'archived')`);
    return (rows as { n: number }[])[0]?.n;
  });
  await timed("jobs retry --all", async () => (await reviveJobs(queue)).length);
  await timed("plan of a minute", async () => {
    const known = Array.from({ length: accounts }, (_none, index) => ({
      accountId: `shop-${String(index + 1).padStart(6, "0")}`,
      region: "na" as const,
      environment: "live" as const,
      sources: [],
    }));
    const ledger = { store, archive: openMemoryArchive(), clock: systemClock, random: systemRandom, logger: {} };
    return (await planJobs(ledger, queue, known, 3_600_000)).discover;
  });
  if ((await deadJobs(queue)).length > 0) throw new Error("dead jobs are left");
  const folder = await mkdtemp(join(tmpdir(), "apay-scale-archive-"));
  const ledger = await openLedger({ databaseUrl: url, archive: await openFolderArchive(folder) });
  try {
    const largest = `shop-${String(accounts).padStart(6, "0")}`;
    await timed(`${accounts} accounts with an archived file each, and one with ${FILES_OF_ONE}, are made`, async () => {
      const name = (_none: unknown, index: number): [string, string] => [
        `shop-${String(index + 1).padStart(6, "0")}`,
        "R",
      ];
      const more = Array.from({ length: FILES_OF_ONE - 1 }, (_none, index): [string, string] => [largest, `R${index}`]);
      await archiveAll(ledger, [...Array.from({ length: accounts }, name), ...more]);
      await pool.query("vacuum analyze file");
    });
    const verified = async (scope: { accountId?: string }): Promise<number> => {
      let count = 0;
      for await (const { findings } of ledger.verifyArchive(scope)) {
        if (findings.length > 0) throw new Error(findings.map(({ message }) => message).join());
        count += 1;
      }
      return count;
    };
    await timed(`archive verify --account, of the one with ${FILES_OF_ONE}`, () => verified({ accountId: largest }));
    await timed("archive verify, of all accounts", () => verified({}));
  } finally {
    await ledger.close();
    await rm(folder, { recursive: true, force: true });
  }
} finally {
  await pool.end();
  await queue.close();
  await store.close();
  await server.stop();
}
