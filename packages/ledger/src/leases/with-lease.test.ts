import { spawn } from "node:child_process";
import { manualClock, systemClock } from "@amazon-pay-kit/sdk/clock";
import { seededRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { openPostgresStore } from "../store/postgres/open.ts";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import { type Holder, holderText, thisHolder } from "./holder.ts";
import { listLeases } from "./list-leases.ts";
import { withLease } from "./with-lease.ts";

let store: Store;
const clock = manualClock(1_000_000);
const contextOf = (seed: number) => ({ store, clock, random: seededRandom(seed) });
const options = { accountId: "A1", name: "sync", millis: 30_000 };

beforeEach(async () => {
  store = await openSqliteStore(":memory:");
});
afterEach(() => store.close());

it("keeps a second runner out, and says who is in", async () => {
  await withLease(contextOf(1), options, async () => {
    const second = withLease(contextOf(2), options, async () => "in");
    await expect(second).rejects.toMatchObject({
      code: "lease.held",
      message: expect.stringContaining("1970-01-01T00:17:10Z"),
    });
    expect(await withLease(contextOf(2), { ...options, accountId: "A2" }, async () => "other account")).toBe(
      "other account",
    );
  });
  expect(await withLease(contextOf(2), options, async () => "afterwards")).toBe("afterwards");
});

it("can be had from the very moment at which another's runs out, and not before", async () => {
  const lease = { account_id: "A1", name: "sync", holder: "dead", expires_at: clock.now() + 1 };
  await store.db.insertInto("lease").values(lease).execute();
  await expect(withLease(contextOf(2), options, async () => "in")).rejects.toMatchObject({ code: "lease.held" });
  await store.db.updateTable("lease").set({ expires_at: clock.now() }).execute();
  expect(await withLease(contextOf(2), options, async () => "in")).toBe("in");
});

it("gives the right back when the work fails", async () => {
  const failing = withLease(contextOf(1), options, async () => {
    throw new Error("broken");
  });
  await expect(failing).rejects.toThrow("broken");
  expect(await store.db.selectFrom("lease").selectAll().execute()).toEqual([]);
});

it("is renewed as long as the work runs", async () => {
  await withLease(contextOf(1), options, async () => {
    for (let turn = 0; turn < 12; turn += 1) {
      await clock.advance(10_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect(withLease(contextOf(2), options, async () => "in")).rejects.toMatchObject({ code: "lease.held" });
  });
});

it("passes to another runner when its holder is dead, and a holder that wakes up again is stopped", async () => {
  let stopped: unknown;
  const first = withLease(contextOf(1), options, async ({ signal }) => {
    await store.db
      .updateTable("lease")
      .set({ expires_at: clock.now() - 1 })
      .execute();
    await withLease(contextOf(2), options, async () => {
      await clock.advance(10_000);
      while (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1));
      stopped = signal.reason;
    });
  });
  await expect(first).rejects.toMatchObject({ code: "lease.lost" });
  expect(stopped).toMatchObject({ code: "lease.lost" });
});

/** A store of which the given statements on leases fail as they do when a connection breaks: the first is 1. */
function breaking(kind: "insertInto" | "deleteFrom", fails: (statement: number) => boolean): Store {
  let statements = 0;
  const db = new Proxy(store.db, {
    get(target, property, receiver) {
      if (property === kind && fails((statements += 1))) throw new Error("Connection terminated unexpectedly");
      const value: unknown = Reflect.get(target, property, receiver);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { ...store, db };
}

it("outlives a renewal whose connection breaks, and not two of them", async () => {
  const work = async ({ signal }: { readonly signal: AbortSignal }): Promise<string> => {
    for (let turn = 0; turn < 6; turn += 1) {
      await clock.advance(10_000);
      for (let wait = 0; wait < 3; wait += 1) await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
    return "done";
  };
  const once = { ...contextOf(1), store: breaking("insertInto", (statement) => statement === 2 || statement === 4) };
  expect(await withLease(once, options, work)).toBe("done");
  const twice = { ...contextOf(1), store: breaking("insertInto", (statement) => statement === 2 || statement === 3) };
  await expect(withLease(twice, options, work)).rejects.toThrow("Connection terminated");
});

it("gives the right back although the connection breaks at that, so that nobody waits for it to run out", async () => {
  const context = { ...contextOf(1), store: breaking("deleteFrom", (statement) => statement < 3) };
  expect(await withLease(context, options, async () => "done")).toBe("done");
  expect(await store.db.selectFrom("lease").selectAll().execute()).toEqual([]);
});

it("goes by the database's clock on PostgreSQL: a host whose clock is wrong takes nobody's right", async () => {
  const shared = await openPostgresStore(await freshDatabase());
  const at = (seed: number, ahead: number) => ({
    store: shared,
    clock: { ...systemClock, now: () => systemClock.now() + ahead },
    random: seededRandom(seed),
  });
  try {
    for (const [holds, asks] of [
      [0, 86_400_000],
      [-86_400_000, 0],
    ] as const)
      await withLease(at(1, holds), options, async () => {
        const second = withLease(at(2, asks), options, async () => "in");
        await expect(second).rejects.toMatchObject({ code: "lease.held" });
      });
    // One that ran out is free for everybody, also for a host whose clock is behind.
    await shared.db
      .insertInto("lease")
      .values({ account_id: "A1", name: "sync", holder: "dead", expires_at: systemClock.now() - 1000 })
      .execute();
    expect(await withLease(at(3, -86_400_000), options, async () => "taken over")).toBe("taken over");
  } finally {
    await shared.close();
  }
});

/** A process that holds a lease and has been killed: as its row, which is all that is left of it. */
async function killedHolder(change: Partial<Holder> = {}, expires = clock.now() + 60_000): Promise<void> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const { pid = 0 } = child;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
  const holder = holderText({ ...thisHolder("killed", 60_000), pid, started: "", ...change });
  await store.db
    .insertInto("lease")
    .values({ account_id: "A1", name: "sync", holder, expires_at: expires })
    .onConflict((conflict) => conflict.columns(["account_id", "name"]).doUpdateSet({ holder, expires_at: expires }))
    .execute();
}

it("is taken over at once from a process of this machine that was killed", async () => {
  await killedHolder();
  expect(await listLeases(contextOf(2))).toMatchObject([{ state: "ended" }]);
  expect(await withLease(contextOf(2), options, async () => "in")).toBe("in");
});

it("is taken over at once where another process has got the number of the one that was killed", async () => {
  const { started } = thisHolder("x", 1);
  if (started === "") return;
  await killedHolder({ pid: process.pid, started: `${started}0` });
  expect(await withLease(contextOf(2), options, async () => "in")).toBe("in");
});

it.each([
  ["of another machine, or another boot of this one", { host: "0123456789abcdef" }],
  ["that is alive", { pid: process.pid, started: thisHolder("x", 1).started }],
  ["that says nothing of itself", { pid: 0 }],
])("is not taken from a process %s", async (_, change) => {
  await killedHolder(change);
  await expect(withLease(contextOf(2), options, async () => "in")).rejects.toMatchObject({ code: "lease.held" });
});

it("that reaches further than a heartbeat is cut to one, since a clock was wrong", async () => {
  await killedHolder({ host: "0123456789abcdef" }, clock.now() + 864_000_000);
  expect(await listLeases(contextOf(2))).toMatchObject([{ state: "too-far" }]);
  await expect(withLease(contextOf(2), options, async () => "in")).rejects.toMatchObject({ code: "lease.held" });
  expect(await listLeases(contextOf(2))).toMatchObject([{ state: "held", expiresAt: clock.now() + 60_000 }]);
  await clock.advance(60_000);
  expect(await withLease(contextOf(2), options, async () => "in")).toBe("in");
});

it("says which process of this machine holds it", async () => {
  await withLease(contextOf(1), options, async () => {
    const second = withLease(contextOf(2), options, async () => "in");
    await expect(second).rejects.toThrow(`process ${process.pid} on this machine`);
    expect(await listLeases(contextOf(2))).toMatchObject([{ accountId: "A1", name: "sync", state: "held" }]);
  });
});
