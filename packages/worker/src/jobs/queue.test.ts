import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { deadJobs, discardJob, discardJobs, jobCounts, listJobs, reviveJob, reviveJobs } from "./inspect.ts";
import { type JobQueue, openJobQueue } from "./queue.ts";

let url: string;
let queue: JobQueue;
beforeEach(async () => {
  url = await freshDatabase();
  queue = await openJobQueue({ databaseUrl: url });
});
afterEach(() => queue.close());

const soon = (): Promise<unknown> =>
  queue.query(`update apay_jobs.job set start_after = now() - interval '1 second' where state = 'retry'`);

describe("the job queue", () => {
  it("names a database that is not there, without the password", async () => {
    const opening = openJobQueue({ databaseUrl: "postgres://someone:open-sesame@127.0.0.1:9/ledger" });
    await expect(opening).rejects.toMatchObject({
      code: "jobs.cannot-open",
      message: expect.stringContaining("127.0.0.1:9/ledger"),
    });
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining("open-sesame") });
    // Which would help nobody here.
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining("--prepare") });
  });

  it("opens from several places at once", async () => {
    const fresh = await freshDatabase();
    const queues = await Promise.all([1, 2, 3].map(() => openJobQueue({ databaseUrl: fresh })));
    expect(await queues[0]!.send("discover", { accountId: "A1" })).toBe(true);
    expect(await queues[2]!.take("discover", 5)).toHaveLength(1);
    for (const one of queues) await one.close();
  });

  it("finds the next job without sorting all that wait", async () => {
    await queue.sendAll(
      "fetch",
      Array.from({ length: 3000 }, (_none, index) => ({
        accountId: `A${index}`,
        source: "v2",
        reportId: "R1",
        shard: 0,
      })),
    );
    await queue.query("analyze apay_jobs.job");
    const plan = await queue.query<{ "QUERY PLAN": string }>(
      `explain select id from apay_jobs.job where name = 'fetch' and state < 'active' and start_after < now()
       order by priority desc, created_on, id limit 4 for update skip locked`,
    );
    const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
    expect(text).toContain("Index Scan");
    expect(text).not.toContain("Sort");
  });

  it("keeps one waiting job of the same key, and lets another wait while the first one runs", async () => {
    expect(await queue.send("reconcile", { accountId: "A1" })).toBe(true);
    expect(await queue.send("reconcile", { accountId: "A1" })).toBe(false);
    await queue.sendAll("reconcile", [{ accountId: "A1" }, { accountId: "A2" }]);
    const taken = await queue.take("reconcile", 10);
    expect(taken.map((job) => job.order.accountId).sort()).toEqual(["A1", "A2"]);
    expect(await queue.send("reconcile", { accountId: "A1" })).toBe(true);
  });

  it("puts a job off without counting it as failed, behind those that came meanwhile", async () => {
    await queue.send("discover", { accountId: "A1" });
    const [first] = await queue.take("discover", 1);
    await queue.send("discover", { accountId: "A2" });
    await queue.putOff(first!, 0);
    expect(await queue.take("discover", 1)).toMatchObject([{ order: { accountId: "A2" } }]);
    for (let times = 0; times < 20; times += 1) {
      const [again] = await queue.take("discover", 1);
      expect(again).toMatchObject({ order: { accountId: "A1" }, tries: 0, lastTry: false });
      await queue.putOff(again!, 0);
    }
  });

  it("tries a failing job again, then keeps it among the dead with its reason, whence it can be brought back", async () => {
    await queue.send("export", { accountId: "A1", export: "month" });
    let tries = 0;
    for (; tries < 20; tries += 1) {
      await soon();
      const [job] = await queue.take("export", 1);
      if (job === undefined) break;
      expect(job.tries).toBe(tries);
      expect(job.lastTry).toBe(tries === 5);
      await queue.failed(job, { code: "disk.full", message: "no room" });
    }
    expect(tries).toBe(6);
    expect(await listJobs(queue, { state: "failed" })).toMatchObject([{ kind: "export", code: "disk.full" }]);
    const [dead, ...others] = await deadJobs(queue);
    expect(others).toEqual([]);
    expect(dead).toMatchObject({ kind: "export", accountId: "A1", code: "disk.full", message: "no room" });
    expect((await jobCounts(queue)).dead).toBe(1);
    await expect(reviveJob(queue, "nothing")).rejects.toMatchObject({ code: "jobs.unknown" });
    await reviveJob(queue, dead!.id.slice(0, 8));
    expect(await deadJobs(queue)).toEqual([]);
    expect(await queue.take("export", 1)).toMatchObject([{ order: { accountId: "A1", export: "month" }, tries: 0 }]);
    await expect(discardJob(queue, dead!.id)).rejects.toMatchObject({ code: "jobs.unknown" });
  });

  it("brings back or forgets all dead jobs by some statements, those of one account alone where it is named", async () => {
    await queue.query(`insert into apay_jobs.job (name, data, state, singleton_key, policy, output)
      select 'dead', jsonb_build_object('accountId', 'A' || i % 2, 'reportId', 'R' || i, 'shard', 0), 'created', 'x' || i, 'standard',
        '{"kind":"fetch","code":"ECONNRESET","message":"x"}' from generate_series(1, 2500) i`);
    let statements = 0;
    const counted: JobQueue = {
      ...queue,
      query: (text, values) => {
        statements += 1;
        return queue.query(text, values);
      },
    };
    expect(await discardJobs(counted, { accountId: "A1" })).toHaveLength(1250);
    const revived = await reviveJobs(counted);
    expect(revived).toHaveLength(1250);
    expect(new Set(revived.map((job) => job.accountId))).toEqual(new Set(["A0"]));
    expect(statements).toBeLessThan(12);
    expect(await deadJobs(queue)).toEqual([]);
    const counts = await jobCounts(queue);
    expect(counts.kinds.find(({ kind, state }) => kind === "fetch" && state === "waiting")?.count).toBeGreaterThan(0);
  });
});
