import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { openMemoryArchive } from "../../../ledger/src/archive/memory/open.ts";
import { type Ledger, openLedger } from "../../../ledger/src/ledger.ts";
import { aheadOfDatabase, databaseClock } from "./database-clock.ts";
import { deadJobs, listJobs } from "./inspect.ts";
import type { JobEvent } from "./options.ts";
import { planJobs } from "./plan.ts";
import { type JobQueue, openJobQueue } from "./queue.ts";
import { NO_RATES, testAccount } from "./testing/merchants.ts";
import { runWorker } from "./worker.ts";

const HOUR = 3_600_000;
let url: string;
let queue: JobQueue;
const open: Ledger[] = [];
const archive = openMemoryArchive();
beforeEach(async () => {
  url = await freshDatabase();
  queue = await openJobQueue({ databaseUrl: url });
});
afterEach(async () => {
  await queue.close();
  for (const ledger of open.splice(0)) await ledger.close();
});

/** A host whose clock shows so much more than the database's; it may be set. */
async function host(ahead: { millis: number }): Promise<Ledger> {
  const clock = { now: () => systemClock.now() + ahead.millis, sleep: systemClock.sleep };
  const ledger = await openLedger({ databaseUrl: url, archive, clock });
  open.push(ledger);
  return ledger;
}

it("puts a host's clock right by the database's, whichever way it is wrong and however often it is set", async () => {
  let ahead = 0;
  const clock = databaseClock({ now: () => systemClock.now() + ahead, sleep: systemClock.sleep }, queue.query);
  const off = (): number => Math.abs(clock.now() - systemClock.now());
  for (const wrong of [0, 30 * 24 * HOUR, -HOUR, 2 * HOUR, 0]) {
    ahead = wrong;
    expect(Math.abs((await clock.adjust()) - wrong)).toBeLessThan(5000);
    expect(off()).toBeLessThan(5000);
  }
  // What is within the tolerance is left as it is: times would tremble with the network otherwise.
  ahead = 1500;
  await clock.adjust();
  expect(clock.now() - systemClock.now()).toBeGreaterThan(1000);
  expect(Math.abs(await aheadOfDatabase(queue.query, systemClock))).toBeLessThan(5000);
});

it("looks at every account once an hour for two days, through leaps ahead and back, and fetches nothing twice", async () => {
  const ahead = { millis: 0 };
  const checks: string[] = [];
  const fetched: string[] = [];
  const accounts = ["A1", "A2", "A3"].map((accountId) =>
    testAccount(
      { accountId, reports: 2 },
      {
        onList: (id) => void checks.push(id),
        onFetch: (id, { reportId }) => void fetched.push(`${id} ${reportId}`),
      },
    ),
  );
  const ledgers = [await host(ahead), await host(ahead)];
  const events: JobEvent[] = [];
  const stop = new AbortController();
  const running = ledgers.map((ledger) =>
    runWorker(ledger, {
      databaseUrl: url,
      accounts,
      rates: NO_RATES,
      pollMillis: 20,
      kinds: ["discover", "fetch", "load"],
      onJob: (event) => void events.push(event),
      signal: stop.signal,
    }),
  );
  const settled = async (): Promise<void> => {
    const end = systemClock.now() + 120_000;
    while (systemClock.now() < end) {
      await queue.query(`update apay_jobs.job set start_after = now() where state in ('created', 'retry')`);
      const jobs = await listJobs(queue, { limit: 10_000 });
      if (jobs.filter(({ kind }) => kind !== "reconcile").every(({ state }) => state === "done")) return;
      await systemClock.sleep(20);
    }
    expect.fail("the queue does not empty");
  };
  await settled();
  try {
    // The hours of the clock on the wall: one each, twice an hour that is left out or comes again, and a night that is put back.
    const steps = [...Array.from({ length: 46 }, () => HOUR), 2 * HOUR, -HOUR, 26 * HOUR, -26 * HOUR, HOUR];
    for (const step of steps) {
      ahead.millis += step;
      const before = checks.length;
      // The plan is asked every minute and by every worker; of those that ask, one is enough.
      for (const ledger of [...ledgers, ...ledgers]) await planJobs(ledger, queue, accounts, HOUR);
      await settled();
      expect(checks.slice(before).toSorted(), `after a step of ${step / HOUR} h`).toEqual(["A1", "A2", "A3"]);
    }
  } finally {
    stop.abort();
    await Promise.all(running);
  }
  expect(fetched.toSorted()).toEqual(["A1 R1", "A1 R2", "A2 R1", "A2 R2", "A3 R1", "A3 R2"]);
  expect(events.filter(({ outcome }) => outcome === "failed" || outcome === "dead")).toEqual([]);
  expect(await deadJobs(queue)).toEqual([]);
});

it("tries a report again that a host whose clock was a year ahead has put off", async () => {
  const ahead = { millis: 365 * 24 * HOUR };
  let refuse = true;
  const account = testAccount(
    { accountId: "A1", reports: 1 },
    {
      onFetch: () => {
        if (refuse) throw new Error("the service does not answer");
      },
    },
  );
  const ledger = await host(ahead);
  const work = async (done: () => Promise<boolean>): Promise<void> => {
    const stop = new AbortController();
    const running = runWorker(ledger, {
      databaseUrl: url,
      accounts: [account],
      rates: NO_RATES,
      pollMillis: 20,
      signal: stop.signal,
    });
    const end = systemClock.now() + 120_000;
    while (!(await done()) && systemClock.now() < end) await systemClock.sleep(20);
    stop.abort();
    await running;
  };
  const report = () => ledger.store.db.selectFrom("report").select(["state", "next_attempt_at"]).executeTakeFirst();
  await work(async () => typeof (await report())?.next_attempt_at === "number");
  expect((await report())?.next_attempt_at).toBeGreaterThan(systemClock.now() + 300 * 24 * HOUR);
  await queue.query(`delete from apay_jobs.job where name in ('discover', 'fetch')`);
  refuse = false;
  ahead.millis = 0;
  await work(async () => (await report())?.state === "loaded");
  expect((await report())?.state).toBe("loaded");
});
