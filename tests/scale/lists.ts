/**
 * Times what goes over all accounts on a generated ledger of many: `npm run scale-lists -- --accounts 10000 --each 100`.
 * It needs PostgreSQL's programs, or a server in APAY_TEST_DATABASE_URL, and some gigabytes of disk.
 */
import { parseArgs } from "node:util";
import { connect, openPostgresStore } from "@amazon-pay-kit/ledger/store";
import { balancesAt, everySettlement, listExceptions, listSettlements } from "@amazon-pay-kit/ledger";
import { deadJobs, openJobQueue, reviveJobs } from "@amazon-pay-kit/worker";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { openMemoryArchive } from "@amazon-pay-kit/ledger";
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
} finally {
  await pool.end();
  await queue.close();
  await store.close();
  await server.stop();
}
