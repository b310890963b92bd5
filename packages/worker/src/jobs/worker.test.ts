import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import type { Archive } from "../../../ledger/src/archive/archive.ts";
import { openMemoryArchive } from "../../../ledger/src/archive/memory/open.ts";
import { type Ledger, openLedger } from "../../../ledger/src/ledger.ts";
import { createMetrics } from "../metrics/index.ts";
import type { SyncEvent } from "../../../ledger/src/ingest/reports/sync/events.ts";
import type { SyncAccount } from "../../../ledger/src/ingest/reports/sync/options.ts";
import { apiV2Source } from "../../../ledger/src/ingest/reports/sources/api-v2/source.ts";
import { openShop } from "../../../ledger/src/ingest/reports/sync/testing/shop-fixture.ts";
import { storedLines, truthLines } from "../../../ledger/src/ingest/reports/sync/testing/truth.ts";
import { forgetHealed } from "./dead-letters.ts";
import { deadJobs, listJobs } from "./inspect.ts";
import { type JobEvent, type WorkerOptions, workerSettings } from "./options.ts";
import { planJobs } from "./plan.ts";
import { presentWorkers, showPresence } from "./presence.ts";
import { openJobQueue } from "./queue.ts";
import { NO_RATES, testAccount } from "./testing/merchants.ts";
import { runWorker } from "./worker.ts";

let url: string;
let ledger: Ledger;
const archive = openMemoryArchive();
beforeEach(async () => {
  url = await freshDatabase();
  ledger = await openLedger({ databaseUrl: url, archive });
});
afterEach(() => ledger.close());

/** Runs workers until something is so, and fails when it never gets so. */
async function workUntil(
  done: () => boolean | Promise<boolean>,
  accounts: WorkerOptions["accounts"],
  options: Partial<WorkerOptions> = {},
  workers = 1,
  on = ledger,
): Promise<JobEvent[]> {
  const stop = new AbortController();
  const events: JobEvent[] = [];
  const onJob = (event: JobEvent): void => void events.push(event);
  const all = { databaseUrl: url, accounts, rates: NO_RATES, pollMillis: 20, drainMillis: 5000 };
  const running = Promise.all(
    Array.from({ length: workers }, () => runWorker(on, { ...all, onJob, ...options, signal: stop.signal })),
  );
  running.catch(() => stop.abort());
  const end = systemClock.now() + 150_000;
  while (!stop.signal.aborted && !(await done()) && systemClock.now() < end) await systemClock.sleep(20);
  const late = systemClock.now() >= end;
  stop.abort();
  await running;
  expect(late, `not done in time: ${JSON.stringify(events.slice(-5))}`).toBe(false);
  return events;
}

async function loaded(accounts = "%"): Promise<number> {
  const row = await ledger.store.db
    .selectFrom("report")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("state", "in", ["loaded", "linked"])
    .where("account_id", "like", accounts)
    .executeTakeFirstOrThrow();
  return row.n;
}

describe("workers", () => {
  it("refuse a ledger in SQLite and settings that make no sense", async () => {
    const small = await openLedger({ dataDir: ":memory:" });
    const options = { databaseUrl: url, accounts: [] };
    await expect(runWorker(small, options)).rejects.toMatchObject({ code: "jobs.needs-postgres" });
    await small.close();
    await expect(runWorker(ledger, { ...options, concurrency: 0 })).rejects.toMatchObject({ code: "jobs.bad-option" });
    await expect(runWorker(ledger, { ...options, gatherSeconds: -1 })).rejects.toMatchObject({
      code: "jobs.bad-option",
      message: "gatherSeconds is -1: expected a number from 0 on",
    });
    await expect(runWorker(ledger, { ...options, kinds: ["sweep" as never] })).rejects.toMatchObject({
      code: "jobs.bad-option",
      message: expect.stringContaining("sweep"),
    });
  });

  it("hold an account no longer than another worker waits before it takes a dead one's jobs over", () => {
    const of = (options: Partial<WorkerOptions>) =>
      workerSettings(ledger, { databaseUrl: url, accounts: [], ...options }).sync.leaseMillis;
    expect([of({}), of({ deadAfterMillis: 3000 }), of({ deadAfterMillis: 3000, leaseMillis: 9000 })]).toEqual([
      45_000, 3000, 9000,
    ]);
  });

  it("bring in a shop's reports, to the cent and once, two at a time, and reconcile it", async () => {
    const shop = await openShop({ days: 13, orders: 56 });
    const source = apiV2Source(shop.client, { pageSize: 7 });
    const account: SyncAccount = { accountId: "shop", region: "na", environment: "sandbox", sources: [source] };
    // The shop lives in the sandbox's time, and waits in the machine's.
    const clock = { now: () => shop.sandbox.clock.now(), sleep: systemClock.sleep };
    const onShopTime = await openLedger({ databaseUrl: url, archive, clock });
    const queue = await openJobQueue({ databaseUrl: url });
    const events = await workUntil(
      async () => {
        // Nobody waits for what is put off, but only once nothing else is at work: what waits for its turn would ask again and again.
        await queue.query(
          `update apay_jobs.job set start_after = now() - interval '1 second' where state in ('created', 'retry')
           and not exists (select 1 from apay_jobs.job where state = 'active')`,
        );
        const jobs = await listJobs(queue);
        return jobs.some(({ kind }) => kind === "reconcile") && jobs.every(({ state }) => state === "done");
      },
      [account],
      {},
      2,
      onShopTime,
    );
    await queue.close();
    await onShopTime.close();
    expect(events.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    const truth = truthLines(shop.sandbox, shop.merchant.merchantId);
    expect(await storedLines(ledger.store, "shop")).toEqual(truth);
    expect(truth.length).toBeGreaterThan(40);
    const settlements = await ledger.store.db.selectFrom("settlement").select("status").execute();
    expect(settlements.length).toBeGreaterThan(3);
    await shop.sandbox.close();
  });

  it("leave a file to the queue that has it already, in work or to be tried again, and queue the next one", async () => {
    const queue = await openJobQueue({ databaseUrl: url });
    const account = testAccount({ accountId: "shop", reports: 4 });
    const files = async (): Promise<string[]> =>
      (await listJobs(queue, { kind: "load" })).map(({ order, state }) => `${order["fileId"]} ${state}`).sort();
    const check = async (): Promise<string[]> => {
      const looked = async (): Promise<number> =>
        (await listJobs(queue, { kind: "discover" })).filter(({ state }) => state === "done").length;
      const before = await looked();
      await queue.send("discover", { accountId: "shop" });
      const waiting = async (): Promise<number> =>
        (await listJobs(queue, { kind: "fetch" })).filter(({ state }) => state !== "done").length;
      await workUntil(async () => (await looked()) > before && (await waiting()) === 0, [account], {
        kinds: ["discover", "fetch"],
      });
      return files();
    };
    const [first, ...none] = await check();
    expect([first?.split(" ")[1], none]).toEqual(["waiting", []]);
    const [job] = await queue.take("load", 1);
    expect(await check()).toEqual(expect.arrayContaining([`${job!.order.fileId} running`]));
    expect(new Set((await files()).map((text) => text.split(" ")[0])).size).toBe(2);
    await queue.failed(job!, { code: "test", message: "not this time" });
    const [second] = await queue.take("load", 1);
    await queue.failed(second!, { code: "test", message: "not this time" });
    const now = await check();
    expect(now.map((text) => text.split(" ")[1]).sort()).toEqual(["retrying", "retrying", "waiting"]);
    expect(new Set(now.map((text) => text.split(" ")[0])).size).toBe(3);
    await queue.close();
  });

  it("serve many small merchants while a huge one is still at it", async () => {
    const order: string[] = [];
    const onFetch = (accountId: string): void => void order.push(accountId);
    const huge = testAccount({ accountId: "huge", reports: 120 }, { onFetch });
    const small = Array.from({ length: 8 }, (_none, index) =>
      testAccount({ accountId: `small-${index}`, reports: 2 }, { onFetch }),
    );
    // The huge one stands at the head of the queue, and all of its reports are known before anybody else's.
    let known = false;
    const onJob = ({ outcome }: JobEvent): void => void (known ||= outcome === "done");
    await workUntil(() => known, [huge], { kinds: ["discover"], onJob });
    // Nobody waits for the end of the huge one.
    await workUntil(async () => (await loaded("small-%")) === 16, [huge, ...small], { concurrency: 4 });
    expect(order.filter((accountId) => accountId !== "huge")).toHaveLength(16);
    const lastSmall = Math.max(...small.map(({ accountId }) => order.lastIndexOf(accountId)));
    const hugeBefore = order.slice(0, lastSmall).filter((accountId) => accountId === "huge").length;
    // First come, first served would have all 120 of the huge one before the last of the small ones; taking turns has about 8.
    expect(hugeBefore).toBeGreaterThan(0);
    expect(hugeBefore).toBeLessThan(40);
  });

  it.each(["loaded", "refused"])(
    "load a file whose number is lower than that of the one that was %s before it",
    async (how) => {
      const account = testAccount({ accountId: "A1", reports: 2 });
      const archived = async () =>
        ledger.store.db
          .selectFrom("report_file")
          .innerJoin("file", (join) =>
            join
              .onRef("file.account_id", "=", "report_file.account_id")
              .onRef("file.file_id", "=", "report_file.file_id"),
          )
          .select(["report_file.file_id", "report_id", "archive_path"])
          .orderBy("report_file.file_id")
          .execute();
      await workUntil(async () => (await archived()).length === 2, [account], { kinds: ["discover", "fetch"] });
      // Two workers archive at once: the later number is there first, and its job keeps the other's out of the queue.
      const later = (await archived())[1];
      const queue = await openJobQueue({ databaseUrl: url });
      const order = JSON.stringify({ fileId: later?.file_id, reportId: later?.report_id });
      const waiting = await queue.query(
        `update apay_jobs.job set data = data || $1 where name = 'load' and state = 'created' returning id`,
        [order],
      );
      await queue.close();
      expect(waiting).toHaveLength(1);
      const reading = new Proxy(archive, {
        get(target, property) {
          if (property === "read" && how === "refused")
            return (path: string) => {
              if (path === later?.archive_path) throw new Error("the storage does not answer");
              return target.read(path);
            };
          const value: unknown = Reflect.get(target, property);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
      const on = await openLedger({ databaseUrl: url, archive: reading });
      const wanted = how === "refused" ? 1 : 2;
      const events = await workUntil(async () => (await loaded()) === wanted, [account], { kinds: ["load"] }, 1, on);
      await on.close();
      expect(events.map(({ outcome }) => outcome)).toEqual(how === "refused" ? ["failed", "done"] : ["done", "done"]);
    },
  );

  it("put a report that cannot be fetched among the dead and go on with the others", async () => {
    const account = testAccount(
      { accountId: "A1", reports: 6 },
      {
        onFetch: (_account, report) => {
          if (report.reportId === "R3") throw Object.assign(new Error("access denied"), { code: "api.forbidden" });
        },
      },
    );
    const queue = await openJobQueue({ databaseUrl: url });
    const events = await workUntil(async () => {
      await queue.query(`update apay_jobs.job set start_after = now() - interval '1 second' where state = 'retry'`);
      return (await loaded()) === 5 && (await deadJobs(queue)).length > 0;
    }, [account]);
    expect(events.filter(({ job, outcome }) => job.kind === "fetch" && outcome === "failed")).toHaveLength(8);
    expect(await deadJobs(queue)).toMatchObject([
      { kind: "fetch", order: { reportId: "R3" }, code: "api.forbidden", message: "access denied" },
    ]);
    await queue.close();
  });

  it("give up a report at once that the service does not have any more, and fetch nothing that is no longer wanted", async () => {
    const fetched: string[] = [];
    const onFetch = (_account: string, { reportId }: { readonly reportId: string }): void => {
      fetched.push(reportId);
      if (reportId === "R1") throw Object.assign(new Error("it is gone"), { code: "api.not-found" });
    };
    const account = testAccount({ accountId: "A1", reports: 2 }, { onFetch });
    const states = () => ledger.store.db.selectFrom("report").select("state").orderBy("report_id").execute();
    const ended = async () => (await states()).map(({ state }) => state).join(" ") === "failed loaded";
    const events = await workUntil(ended, [account]);
    expect(events.filter(({ outcome }) => outcome === "failed" || outcome === "dead")).toEqual([]);
    const queue = await openJobQueue({ databaseUrl: url });
    for (const [shard, reportId] of ["R1", "R2", "R3"].entries())
      await queue.send("fetch", { accountId: "A1", source: "v2", reportId, shard });
    const jobs = () => listJobs(queue, { kind: "fetch" });
    const later = await workUntil(async () => (await jobs()).every(({ state }) => state === "done"), [account], {
      kinds: ["fetch"],
    });
    await queue.close();
    expect(later.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);
    expect(fetched.toSorted()).toEqual(["R1", "R2"]);
  });

  it.each(["that had told what it was at", "that died before it could tell"])(
    "take over the jobs of a worker that has died %s",
    async (how) => {
      const queue = await openJobQueue({ databaseUrl: url });
      await queue.send("discover", { accountId: "A1" });
      const [held] = await queue.take("discover", 1);
      const jobs = how.endsWith("at") ? [{ kind: "discover", id: held!.id }] : [];
      await showPresence(queue.query, { workerId: "dead", host: "elsewhere", jobs });
      await queue.query(`update apay_jobs.worker set seen_at = now() - interval '1 hour'`);
      await queue.query(`update apay_jobs.job set started_on = now() - interval '1 hour' where state = 'active'`);
      const account = testAccount({ accountId: "A1", reports: 2 });
      await workUntil(async () => {
        await queue.query(`update apay_jobs.job set start_after = now() - interval '1 second' where state = 'retry'`);
        return (await loaded()) === 2;
      }, [account]);
      expect(await presentWorkers(queue.query)).toEqual([]);
      expect(await listJobs(queue, { state: "running" })).toEqual([]);
      await queue.close();
    },
  );

  it("leave the jobs of a living worker alone, however long they take", async () => {
    const queue = await openJobQueue({ databaseUrl: url });
    const account = testAccount({ accountId: "A1", reports: 1 }, { onFetch: () => systemClock.sleep(2500) });
    const events = await workUntil(async () => (await loaded()) === 1, [account], { deadAfterMillis: 600 }, 2);
    expect(events.filter(({ job }) => job.kind === "fetch").map(({ outcome }) => outcome)).toEqual(["done"]);
    await queue.close();
  });

  it("finish what they have in hand when they are told to end, and put back what takes too long", async () => {
    const stop = new AbortController();
    let started = 0;
    const account = testAccount(
      { accountId: "A1", reports: 2 },
      {
        onFetch: async (_account, report, signal) => {
          if (report.reportId === "R1") await systemClock.sleep(200);
          else await systemClock.sleep(60_000, signal);
        },
      },
    );
    const events: JobEvent[] = [];
    const options = { databaseUrl: url, accounts: [account], rates: NO_RATES, pollMillis: 10, drainMillis: 600 };
    const onEvent = (event: SyncEvent): void => {
      started += event.type === "fetching" ? 1 : 0;
      if (started === 2) stop.abort();
    };
    await runWorker(ledger, { ...options, signal: stop.signal, onEvent, onJob: (event) => void events.push(event) });
    const fetches = events.filter(({ job }) => job.kind === "fetch");
    const outcomes = new Map(
      fetches.map(({ job, outcome }) => [(job.order as { reportId: string }).reportId, outcome]),
    );
    expect(Object.fromEntries(outcomes)).toEqual({ R1: "done", R2: "put-off" });
    const queue = await openJobQueue({ databaseUrl: url });
    expect((await listJobs(queue)).filter(({ state }) => state === "running")).toEqual([]);
    await queue.close();
  });

  it("carry exports out and tell figures without names of accounts", async () => {
    const metrics = createMetrics();
    const carried: string[] = [];
    const queue = await openJobQueue({ databaseUrl: url });
    await queue.send("export", { accountId: "A1", export: "month" });
    await queue.send("export", { accountId: "A1", export: "year" });
    await queue.close();
    const exports = { month: { run: async ({ accountId }: { accountId: string }) => void carried.push(accountId) } };
    let text = "";
    await workUntil(
      async () => {
        text = await metrics.text();
        return carried.length > 0 && (await loaded()) === 2 && /outcome="failed"/.test(text);
      },
      [testAccount({ accountId: "A1", reports: 2 })],
      { exports, metrics },
    );
    expect(carried).toEqual(["A1"]);
    expect(text).toContain('apay_jobs_total{kind="export",outcome="done"} 1\n');
    expect(text).toContain("apay_workers 1\n");
    expect(text).toMatch(/apay_queue_jobs\{kind="fetch",state="waiting"\} \d/);
    expect(text).not.toContain("A1");
  });

  it("download next to nothing while the archive is away, use up no try, and bring in everything when it is back", async () => {
    let away = true;
    let downloads = 0;
    const merchants = ["m1", "m2", "m3"].map((accountId) =>
      testAccount({ accountId, reports: 8 }, { onFetch: () => void (downloads += 1) }),
    );
    const inner = openMemoryArchive();
    const bucket: Archive = {
      receive: async (bytes) => {
        if (away) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
        return inner.receive(bytes);
      },
      read: (path) => inner.read(path),
      describe: (path) => inner.describe(path),
      link: (path, report) => inner.link(path, report),
      entries: () => inner.entries(),
    };
    const on = await openLedger({ databaseUrl: url, archive: bucket });
    const rounds: boolean[] = [];
    let probes = 0;
    const events = await workUntil(
      async () => {
        // Back after a number of refused probes, not after a time: a slow machine makes fewer of them.
        if (away && rounds.includes(true) && downloads >= 4) {
          probes = downloads;
          away = false;
        }
        return (await loaded()) === 24;
      },
      merchants,
      { archivePauseMillis: 100, onRound: ({ archiveAway }) => rounds.push(archiveAway), shards: 2 },
      1,
      on,
    );
    await on.close();
    expect([rounds.includes(true), rounds.at(-1)]).toEqual([true, false]);
    expect(events.filter(({ outcome }) => outcome === "failed" || outcome === "dead")).toEqual([]);
    // What was under way when it broke, the probes, and each report once.
    expect(downloads).toBeLessThanOrEqual(24 + probes + 8);
    const queue = await openJobQueue({ databaseUrl: url });
    expect(await deadJobs(queue)).toEqual([]);
    await queue.close();
  });

  it("forget thousands of healed dead jobs with two statements, and leave those that need somebody", async () => {
    const queue = await openJobQueue({ databaseUrl: url });
    const insert = (name: string, state: string, from: number, to: number, at: string, output: string) =>
      queue.query(
        `insert into apay_jobs.job (name, data, state, policy, created_on, completed_on, output)
         select '${name}', jsonb_build_object('accountId', 'x' || i), '${state}', 'standard', ${at},
           case when '${state}' = 'completed' then now() end, ${output}
         from generate_series(${from}, ${to}) i`,
      );
    const letter = `'{"kind":"discover","code":"ECONNRESET"}'::jsonb`;
    await insert("dead", "created", 1, 6000, "now() - interval '2 hours'", letter);
    await insert("dead", "created", 1, 6000, "now() - interval '1 hour'", letter);
    await insert("discover", "completed", 1, 4000, "now()", "null");
    let forgotten = 0;
    for (let round = 0; round < 4; round += 1) forgotten += await forgetHealed(queue.query);
    const left = await queue.query<{ n: string }>("select count(*) as n from apay_jobs.job where name = 'dead'");
    expect([forgotten, Number(left[0]?.n)]).toEqual([10_000, 2000]);
    await queue.close();
  });

  it("wait for a database that is away, and go on when it is back", async () => {
    const name = new URL(url).pathname.slice(1);
    const admin = new pg.Client({ connectionString: url.replace(`/${name}`, "/postgres") });
    await admin.connect();
    const cut = async (open: boolean): Promise<void> => {
      await admin.query(`alter database ${name} with allow_connections ${open}`);
      if (!open) await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
    };
    const metrics = createMetrics();
    let seen: "not yet" | "away" | "back" = "not yet";
    const onFetch = async (): Promise<void> => {
      if (seen !== "not yet") return;
      seen = "away";
      await cut(false);
      expect(await metrics.text()).toContain("apay_database_up 0\n");
      await systemClock.sleep(500);
      await cut(true);
      seen = "back";
    };
    const queue = await openJobQueue({ databaseUrl: url });
    let ranOut = false;
    await workUntil(
      async () => {
        if (seen !== "back") return false;
        // A lease that could not be given back runs out after a minute.
        if (!ranOut) await ledger.store.db.updateTable("lease").set({ expires_at: 0 }).execute();
        ranOut = true;
        // What failed meanwhile is tried again after half a minute.
        await queue.query("update apay_jobs.job set start_after = now() where state = 'retry'");
        return (await loaded()) === 8;
      },
      [testAccount({ accountId: "A1", reports: 8 }, { onFetch })],
      { metrics, deadAfterMillis: 900 },
    );
    await queue.close();
    await admin.end();
  });

  it("follow accounts that come, go and change while they work", async () => {
    // A minute of the machine is a tenth of a second here.
    const clock = { now: () => systemClock.now() * 600, sleep: systemClock.sleep };
    const onFastTime = await openLedger({ databaseUrl: url, archive, clock });
    const calls: string[] = [];
    const account = (accountId: string, key: string): SyncAccount =>
      testAccount({ accountId, reports: 1 }, { onList: () => void calls.push(`${accountId} ${key}`) });
    const [first, rotated, second] = [account("A1", "old key"), account("A1", "new key"), account("A2", "key")];
    const before: readonly SyncAccount[] = [first];
    const after: readonly SyncAccount[] = [second];
    let present: readonly SyncAccount[] | Error = before;
    const queue = await openJobQueue({ databaseUrl: url });
    const waiting = async (): Promise<number> => (await listJobs(queue, { accountId: "A1", state: "waiting" })).length;
    await workUntil(
      async () => {
        if (calls.includes("A1 old key") && present === before) present = new Error("half a file");
        else if (present instanceof Error) present = [rotated, second];
        if (calls.includes("A2 key") && calls.includes("A1 new key")) {
          if (present !== after) await queue.send("export", { accountId: "A1", export: "month" }, 3600);
          present = after;
          return (await waiting()) === 0;
        }
        await queue.send("discover", { accountId: "A1" });
        return false;
      },
      () => {
        if (present instanceof Error) throw present;
        return present;
      },
      {},
      1,
      onFastTime,
    );
    await queue.close();
    await onFastTime.close();
    expect(new Set(calls)).toEqual(new Set(["A1 old key", "A1 new key", "A2 key"]));
  });

  it("keep one dead job of a merchant whose key does not work, and none when it works", async () => {
    const queue = await openJobQueue({ databaseUrl: url });
    for (let death = 0; death < 3; death += 1) {
      await queue.send("discover", { accountId: "A1" });
      const [job] = await queue.take("discover", 1);
      await queue.query("update apay_jobs.job set retry_limit = 0 where id = $1", [job!.id]);
      await queue.failed(job!, { code: "api.refused", message: "the signature does not match" });
    }
    expect(await deadJobs(queue)).toHaveLength(3);
    expect(await forgetHealed(queue.query)).toBe(2);
    expect(await deadJobs(queue)).toMatchObject([{ kind: "discover", accountId: "A1", code: "api.refused" }]);
    for (const accountId of ["A2", "A1"]) {
      await queue.send("discover", { accountId });
      const [job] = await queue.take("discover", 1);
      await queue.done(job!);
      expect(await forgetHealed(queue.query)).toBe(accountId === "A1" ? 1 : 0);
    }
    expect(await deadJobs(queue)).toEqual([]);
    await queue.close();
  });

  it("tell the hooks of every report once, and again of what a hook did not take", async () => {
    const folder = await mkdtemp(join(tmpdir(), "apay-hook-"));
    const told = join(folder, "told");
    // Takes nothing before the second time it is called.
    const script = `test -e ${folder}/tried || { touch ${folder}/tried; exit 1; }; { cat; echo; } >> ${told}`;
    const hooks = [{ name: "shell", on: ["report.loaded" as const], command: ["sh", "-c", script] as const }];
    const subjects = async (): Promise<string[]> =>
      (await readFile(told, "utf8").catch(() => ""))
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as { subject: string }).subject);
    const queue = await openJobQueue({ databaseUrl: url });
    const due = async (): Promise<void> => {
      await ledger.store.db
        .updateTable("hook")
        .set({ next_attempt_at: 1 })
        .where("next_attempt_at", "is not", null)
        .execute();
      await planJobs(ledger, queue, [testAccount({ accountId: "A1", reports: 3 })], 1e9, ["shell"]);
    };
    await workUntil(
      async () => {
        if ((await loaded()) === 3) await due();
        return (await subjects()).length >= 3;
      },
      [testAccount({ accountId: "A1", reports: 3 })],
      { hooks },
      2,
    );
    expect((await subjects()).map((path) => path.slice(-6, -4)).toSorted()).toEqual(["R1", "R2", "R3"]);
    await queue.close();
    await rm(folder, { recursive: true });
  });
});
