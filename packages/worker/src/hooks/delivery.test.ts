import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ledger, openLedger } from "@amazon-pay-kit/ledger";
import { appendEvent, eventsOf, numberEvents } from "@amazon-pay-kit/ledger/outbox";
import { type ManualClock, manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { publicLookup } from "./address.ts";
import { deliverEvents, registerHooks } from "./deliver.ts";
import type { Hook } from "./hook.ts";
import { hookStates } from "./hook-states.ts";
import { enableHook, replayEvents, testHook } from "./replay.ts";
import { type Receiver, startReceiver } from "./testing/receiver.ts";

const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
const never = new AbortController().signal;

describe.each(["sqlite", "postgres"] as const)("deliveries on %s", (dialect) => {
  let clock: ManualClock;
  let folder: string;
  let place: { readonly dataDir: string; readonly databaseUrl?: string };
  let ledger: Ledger;
  let receiver: Receiver;
  const others: Ledger[] = [];
  beforeEach(async () => {
    clock = manualClock(START);
    folder = await mkdtemp(join(tmpdir(), "apay-deliveries-"));
    place = { dataDir: folder, ...(dialect === "postgres" ? { databaseUrl: await freshDatabase() } : {}) };
    ledger = await openLedger({ ...place, clock });
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await receiver.close();
    for (const other of [...others.splice(0), ledger]) await other.close();
    await rm(folder, { recursive: true, force: true });
  });

  const hook = (more: Partial<Hook> = {}): Hook =>
    ({ name: "web", url: receiver.url, secret: "key", allowPrivateAddress: true, ...more }) as Hook;
  const happens = async (...subjects: readonly string[]): Promise<void> => {
    for (const subject of subjects)
      await appendEvent(ledger.store.db, clock, { accountId: "A1", code: "report.loaded", subject, facts: {} });
  };
  const subjects = (): string[] => receiver.received.map(({ message }) => message.subject);
  const deliver = (hooks: readonly Hook[], at = ledger): Promise<number> => deliverEvents(at, ["A1"], hooks, never);
  const state = async () => (await hookStates(ledger.store, { limit: 10 }))[0];

  it("come in order without a gap, whatever fails in between", async () => {
    const hooks = [hook()];
    await happens("before");
    await registerHooks(ledger, ["A1"], hooks);
    await happens("a", "b", "c");
    expect(await deliver(hooks)).toBe(3);
    for (const answer of [500, 404, "reset"] as const) {
      receiver.answer = answer;
      await happens(`after ${answer}`);
      expect(await deliver(hooks)).toBe(0);
      // Another event does not overtake the one that waits.
      await happens(`behind ${answer}`);
      expect(await deliver(hooks)).toBe(0);
      expect(await state()).toMatchObject({ state: "failing", waiting: 1, attempts: 1 });
      receiver.answer = 200;
      await clock.advance(3_600_000);
      expect(await deliver(hooks)).toBe(2);
    }
    const told = new Map(receiver.received.map(({ message }) => [message.id, message]));
    expect([...told.values()].map(({ sequence }) => sequence)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([...told.values()].map(({ previous }) => previous)).toEqual([null, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await state()).toMatchObject({ state: "told", waiting: 0, delivered: 10, attempts: 0, lastError: null });
  });

  it("to a receiver that hangs take its time once, not once for each account", async () => {
    receiver.answer = "hang";
    const hooks = [hook({ timeoutMs: 5000 })];
    await registerHooks(ledger, ["A1", "A2"], hooks);
    await happens("a");
    await appendEvent(ledger.store.db, clock, { accountId: "A2", code: "report.loaded", subject: "b", facts: {} });
    const delivering = deliverEvents(ledger, ["A1", "A2"], hooks, never);
    while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advance(5000);
    expect(await delivering).toBe(0);
    expect(receiver.received).toHaveLength(1);
    const states = await hookStates(ledger.store, { limit: 10 });
    expect(states.map(({ attempts, nextAttemptAt }) => [attempts, nextAttemptAt])).toEqual([
      [1, START + 65_000],
      [0, START + 15_000],
    ]);
    receiver.answer = 204;
    await clock.advance(60_000);
    expect(await deliverEvents(ledger, ["A1", "A2"], hooks, never)).toBe(2);
  });

  it("end after days of failures, and go on where they were when somebody says so", async () => {
    receiver.answer = 503;
    const hooks = [hook({ disableAfterDays: 2 })];
    await registerHooks(ledger, ["A1"], hooks);
    await happens("a", "b");
    for (let hours = 0; hours <= 48; hours += 2) {
      await deliver(hooks);
      await clock.advance(2 * 3_600_000);
    }
    expect(await state()).toMatchObject({ state: "disabled", waiting: 2, lastError: "hook web answered with 503" });
    const tries = receiver.received.length;
    receiver.answer = 200;
    expect(await deliver(hooks)).toBe(0);
    expect(receiver.received).toHaveLength(tries);
    const alerts = () => ledger.store.db.selectFrom("alert").select(["code", "cleared_at"]).execute();
    expect(await alerts()).toEqual([{ code: "webhook.disabled", cleared_at: null }]);
    expect(await enableHook(ledger, "web")).toBe(1);
    expect(await enableHook(ledger, "web")).toBe(0);
    expect(await deliver(hooks)).toBe(3);
    expect(subjects().slice(-3)).toEqual(["a", "b", "web"]);
    expect(await alerts()).toEqual([{ code: "webhook.disabled", cleared_at: clock.now() }]);
  });

  it("of two processes at once never come out of order, and what comes twice has the same id", async () => {
    const hooks = [hook()];
    const other = await openLedger({ ...place, clock });
    others.push(other);
    await registerHooks(ledger, ["A1"], hooks);
    const names = Array.from({ length: 40 }, (_, index) => `e${index}`);
    await happens(...names);
    let told = 0;
    while (told < 40) {
      // Whoever has the right tells all of it; the others come back.
      const counts = await Promise.all([deliver(hooks), deliver([hook()], other), deliver([hook()], other)]);
      told += counts.reduce((sum, count) => sum + count, 0);
    }
    expect(told).toBe(40);
    const first = new Map<number, string>();
    for (const { message } of receiver.received) {
      // Again is allowed for the one that was under way; back is not.
      expect(message.sequence).toBeGreaterThanOrEqual(first.size);
      if (!first.has(message.id)) first.set(message.id, message.subject);
    }
    expect([...first.values()]).toEqual(names);
  });

  it("survive a process that is killed between commit and answer", async () => {
    await registerHooks(ledger, ["A1"], [hook()]);
    receiver.answer = "hang";
    const script = join(import.meta.dirname, "testing/tell-and-hang/main.ts");
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "--conditions=@amazon-pay-kit/source", script, folder, place.databaseUrl ?? "", receiver.url],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
    const ended = new Promise((resolve) => child.once("exit", resolve));
    while (receiver.received.length === 0 && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGKILL");
    await ended;
    receiver.answer = 200;
    expect(await deliver([hook()])).toBe(1);
    const [one, again, ...more] = receiver.received;
    expect(more).toEqual([]);
    expect(again?.message).toEqual(one?.message);
    expect(again?.message).toMatchObject({ subject: "written", sequence: 1, previous: null });
  });

  it("number events by commit, not by who wrote first", async () => {
    if (dialect === "sqlite") return;
    let commit = (): void => {};
    const waits = new Promise<void>((resolve) => (commit = resolve));
    let written = (): void => {};
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const slow = ledger.store.transaction(async (db) => {
      await appendEvent(db, clock, { accountId: "A1", code: "report.loaded", subject: "slow", facts: {} });
      written();
      await waits;
    });
    await isWritten;
    await happens("quick");
    expect(await numberEvents(ledger.store, "A1")).toEqual({ last: 1, pruned: 0 });
    commit();
    await slow;
    await Promise.all([numberEvents(ledger.store, "A1"), numberEvents(ledger.store, "A1")]);
    const events = await eventsOf(ledger.store.db, { accountId: "A1", limit: 10 });
    expect(events.map(({ subject, sequence }) => `${sequence} ${subject}`)).toEqual(["1 quick", "2 slow"]);
  });

  it("can be asked for again, by number or by time, without moving the hook", async () => {
    const hooks = [hook({ on: ["report.loaded"] })];
    await registerHooks(ledger, ["A1"], hooks);
    await happens("a", "b");
    await clock.advance(DAY);
    await happens("c", "d");
    await deliver(hooks);
    const before = await state();
    const again = async (range: object): Promise<[unknown, string[]]> => {
      receiver.received.length = 0;
      const done = await replayEvents(ledger, { accountId: "A1", hook: hooks[0] as Hook, signal: never, ...range });
      expect(receiver.received.every(({ replay }) => replay)).toBe(true);
      return [done, subjects()];
    };
    expect(await again({ from: 2, to: 3 })).toEqual([{ sent: 2, first: 2, last: 3 }, ["b", "c"]]);
    expect(await again({ since: START + DAY })).toEqual([{ sent: 2, first: 3, last: 4 }, ["c", "d"]]);
    expect(await again({ since: START, before: START + 1 })).toEqual([{ sent: 2, first: 1, last: 2 }, ["a", "b"]]);
    expect(await again({ from: 99 })).toEqual([{ sent: 0, first: null, last: null }, []]);
    receiver.answer = 500;
    await expect(again({ from: 2 })).rejects.toMatchObject({
      code: "hook.unreachable",
      message: expect.stringContaining("go on with --from 2") as string,
    });
    expect(await state()).toEqual(before);
    await clock.advance(31 * DAY);
    receiver.answer = 200;
    await deliver(hooks);
    await expect(again({ from: 2 })).rejects.toMatchObject({ code: "hook.replay" });
  });

  it("show a receiver that was away for a month that it has missed something", async () => {
    const hooks = [hook()];
    await registerHooks(ledger, ["A1"], hooks);
    await happens("a", "b");
    await clock.advance(31 * DAY);
    // Another hook is told meanwhile, and old events are deleted.
    await deliver([hook({ name: "other" })]);
    await happens("c");
    expect(await deliver(hooks)).toBe(1);
    expect(receiver.received.at(-1)?.message).toMatchObject({ subject: "c", sequence: 3, previous: 2 });
  });
});

describe("an address that is none of the internet", () => {
  it("is refused when a name leads to it, at the time of the connection", async () => {
    const refused = await new Promise((resolve) => {
      publicLookup("web")("localhost", { all: true }, (error) => resolve(error));
    });
    expect(refused).toMatchObject({ code: "hook.private-address" });
    const receiver = await startReceiver();
    const url = receiver.url.replace("127.0.0.1", "localhost");
    // A configuration with this is refused before; what gets past that is stopped at the connection.
    const hook: Hook = { name: "web", url, secret: "s" };
    const sending = testHook({ clock: manualClock(START) }, hook, "A1", never);
    await expect(sending).rejects.toMatchObject({ code: "hook.private-address" });
    const literal = testHook({ clock: manualClock(START) }, { ...hook, url: receiver.url }, "A1", never);
    await expect(literal).rejects.toMatchObject({ code: "hook.private-address" });
    expect(receiver.received).toEqual([]);
    await testHook({ clock: manualClock(START) }, { ...hook, allowPrivateAddress: true }, "A1", never);
    expect(receiver.received).toMatchObject([{ message: { code: "webhook.test", sequence: 0 } }]);
    await receiver.close();
  });
});
