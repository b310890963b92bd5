/**
 * `npm run scale-live -- --accounts 10000 --workers 3`
 *
 * This many configured merchants at once, for real: processes of the built `apay worker` on a real PostgreSQL read the lists of
 * every account from a double that speaks Amazon Pay's reports over HTTP, fetch, load and reconcile. One merchant is huge.
 * Prints start-up time, memory, jobs a second, how long each account waited, what the database had to do, and how large the
 * queue is afterwards. The figures are in decisions/0014.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import pg from "pg";
import { startPostgres } from "../postgres/server.ts";
import { openListingDouble } from "./amazon.ts";

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "10000" },
    workers: { type: "string", default: "3" },
    huge: { type: "string", default: "800" },
    /** Every how manieth account has a new report; most have none at a usual hourly look. */
    every: { type: "string", default: "5" },
    within: { type: "string", default: "600" },
  },
});
const [accounts, workers, huge, every, within] = [
  values.accounts,
  values.workers,
  values.huge,
  values.every,
  values.within,
].map(Number) as [number, number, number, number, number];
const apay = fileURLToPath(new URL("../../packages/cli/bin/apay.js", import.meta.url));
const print = (name: string, value: string | number): void => {
  process.stdout.write(`${name.padEnd(44)} ${value}\n`);
};
const seconds = (millis: number): string => (millis / 1000).toFixed(1);

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Memory of a process, in MB. */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

async function timed(name: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<void> {
  const began = systemClock.now();
  const output = execFileSync(process.execPath, [apay, ...args], { cwd, env, maxBuffer: 1 << 30 });
  print(name, `${seconds(systemClock.now() - began)} s, ${output.length} bytes`);
}

const folder = await mkdtemp(join(tmpdir(), "apay-scale-"));
const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
try {
  const postgres = await startPostgres();
  undo.push(() => postgres.stop());
  const nameOf = (index: number): string => (index === 0 ? "huge" : `m${String(index).padStart(5, "0")}`);
  const reportsOf = (account: string): number =>
    account === "huge" ? huge : Number(account.slice(1)) % every === 0 ? 1 : 0;
  const amazon = await openListingDouble(reportsOf, systemClock.now());
  undo.push(() => amazon.close());
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  await writeFile(join(folder, "key.pem"), privateKey);
  const names = Array.from({ length: accounts }, (_none, index) => nameOf(index));
  const configured = names.map((name) => [
    name,
    { region: "na", publicKeyId: `LIVE-${name}`, privateKeyFile: "key.pem", endpoint: amazon.url },
  ]);
  await writeFile(
    join(folder, "apay.config.json"),
    JSON.stringify({ accounts: Object.fromEntries(configured) as object, dataDir: "books" }),
  );
  const databaseUrl = await postgres.createDatabase();
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  await timed("apay worker --prepare", ["worker", "--prepare"], env, folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  undo.push(() => client.end());
  const one = async (text: string): Promise<Record<string, string>> =>
    (await client.query<Record<string, string>>(text)).rows[0] ?? {};

  const began = systemClock.now();
  const children: ChildProcess[] = [];
  const logs: string[] = [];
  for (let index = 0; index < workers; index += 1) {
    const log = join(folder, `worker-${index}.log`);
    const file = openSync(log, "a");
    logs.push(log);
    children.push(
      spawn(process.execPath, [apay, "worker", "--json"], { cwd: folder, env, stdio: ["ignore", "ignore", file] }),
    );
    closeSync(file);
  }
  undo.push(async () => children.forEach((child) => child.kill("SIGKILL")));
  const output = async (): Promise<string> => (await Promise.all(logs.map((log) => readFile(log, "utf8")))).join("");
  const reports = names.reduce((sum, name) => sum + reportsOf(name), 0);
  let started = 0;
  let most = 0;
  let loaded = 0;
  let idle = 0;
  while (idle < 2 && systemClock.now() - began < within * 1000) {
    await systemClock.sleep(2000);
    if (started === 0 && (await output()).split('"worker started"').length > workers) started = systemClock.now();
    for (const child of children) most = Math.max(most, await memoryOf(child));
    const now = await one(`select (select count(*) from report where state in ('loaded', 'linked')) as loaded,
      (select count(*) from sync_mark where what = 'reports') as looked,
      (select count(*) from apay_jobs.job where state < 'completed'
        and name in ('discover', 'fetch', 'load', 'reconcile')) as waiting`);
    loaded = Number(now["loaded"]);
    idle = loaded === reports && Number(now["waiting"]) === 0 && Number(now["looked"]) === accounts ? idle + 1 : 0;
    if (process.stderr.isTTY)
      process.stderr.write(`\r${now["looked"]} looked at, ${loaded} of ${reports} loaded, ${now["waiting"]} wait `);
  }
  const took = systemClock.now() - began;
  if (process.stderr.isTTY) process.stderr.write("\n");
  print("accounts, workers, reports", `${accounts}, ${workers}, ${reports}`);
  print("seconds until nothing waited", idle === 2 ? seconds(took - 4000) : `not within ${within}`);
  print("seconds until all workers had started", seconds(started - began));
  print("most memory of a worker, MB", most);
  const jobs = await client.query<{ name: string; n: string }>(
    `select name, count(*) as n from (select name, state from apay_jobs.job union all select name, state from apay_jobs.archive) j
     where state = 'completed' group by 1 order by 1`,
  );
  print("jobs done", jobs.rows.map(({ name, n }) => `${name} ${n}`).join(", "));
  const total = jobs.rows.filter(({ name }) => !name.startsWith("due-") && !name.startsWith("__"));
  print("jobs a second", (total.reduce((sum, { n }) => sum + Number(n), 0) / (took / 1000)).toFixed(1));
  const loads = await client.query<{ account_id: string; at: string }>(
    `select account_id, max(loaded_at) as at from file where loaded_at is not null group by 1`,
  );
  const small = loads.rows
    .filter(({ account_id: id }) => id !== "huge")
    .map(({ at }) => Number(at) - began)
    .toSorted((left, right) => left - right);
  print(
    "seconds until a small account was loaded",
    `median ${seconds(quantile(small, 0.5))}, 95 % ${seconds(quantile(small, 0.95))}, last ${seconds(small.at(-1) ?? 0)}`,
  );
  const hugeAt = loads.rows.find(({ account_id: id }) => id === "huge");
  print("seconds until the huge one was", hugeAt === undefined ? "never" : seconds(Number(hugeAt.at) - began));
  const before = await one(
    `select count(*) as n from file where account_id = 'huge' and loaded_at <= ${began + (small.at(-1) ?? 0)}`,
  );
  print("of its reports, before the last small one", `${before["n"]} of ${huge}`);
  const load = await one(`select sum(xact_commit) as commits, sum(xact_rollback) as rollbacks, sum(blks_read) as read,
    sum(blks_hit) as hit, sum(deadlocks) as deadlocks from pg_stat_database where datname = current_database()`);
  print("transactions, rolled back, deadlocks", `${load["commits"]}, ${load["rollbacks"]}, ${load["deadlocks"]}`);
  for (const what of ["job", "archive"]) {
    const sizes =
      await one(`select pg_size_pretty(sum(pg_total_relation_size(c.oid))) as size, sum(s.n_live_tup) as live,
      sum(s.n_dead_tup) as dead from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_stat_all_tables s on s.relid = c.oid
      where n.nspname = 'apay_jobs' and c.relkind = 'r' and (c.relname = '${what}' or ('${what}' = 'job' and c.relname ~ '^j[0-9a-f]{20}'))`);
    print(`apay_jobs.${what}: size, rows, dead rows`, `${sizes["size"]}, ${sizes["live"]}, ${sizes["dead"]}`);
  }
  print("calls to Amazon Pay", JSON.stringify(amazon.calls));
  for (const [name, args] of [
    ["apay jobs status", ["jobs", "status"]],
    ["apay jobs list", ["jobs", "list"]],
    ["apay settlements list", ["settlements", "list"]],
    ["apay settlements list --account huge", ["settlements", "list", "--account", "huge"]],
    ["apay exceptions list", ["exceptions", "list"]],
    ["apay reconcile --json --account m00005", ["reconcile", "--json", "--account", "m00005"]],
  ] as const)
    await timed(name, args, env, folder).catch((error: { status?: number; stderr?: Buffer }) =>
      print(name, `status ${error.status}: ${String(error.stderr).slice(0, 200)}`),
    );
  const ended = Promise.all(children.map((child) => new Promise((resolve) => child.once("exit", resolve))));
  const asked = systemClock.now();
  for (const child of children) child.kill("SIGTERM");
  print("exit statuses after SIGTERM", `${String(await ended)} in ${seconds(systemClock.now() - asked)} s`);
  const troubles = (await output()).split("\n").filter((line) => /"level":"(warn|error)"/.test(line));
  print("warnings and errors in the logs", troubles.length);
  for (const line of troubles.slice(0, 10)) process.stdout.write(`  ${line.slice(0, 300)}\n`);
  process.exitCode = idle === 2 ? 0 : 1;
} finally {
  for (const step of undo.reverse()) await step();
}
