import { createServer } from "node:net";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { failureOf } from "../program/failure.ts";
import { waitForDatabase } from "./wait-for-database.ts";

/** A port of this machine on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

describe("a database that is late", () => {
  it("is waited for until it answers, with longer and longer pauses", async () => {
    const late = new URL(await freshDatabase());
    const away = new URL(late);
    away.port = String(await freePort());
    const clock = manualClock(0);
    const stop = new AbortController();
    const written: string[] = [];
    const log = { info: (message: string) => written.push(message), warn: (message: string) => written.push(message) };
    const waiting = waitForDatabase({ clock, signal: stop.signal }, away.href, log);
    for (const pause of [1000, 2000, 5000]) {
      await expect.poll(() => clock.sleepers).toBe(1);
      await clock.advance(pause);
    }
    await expect.poll(() => clock.sleepers).toBe(1);
    expect([clock.now(), written]).toEqual([8000, ["the database cannot be reached: it is waited for"]]);
    stop.abort();
    await waiting;
    await waitForDatabase({ clock, signal: new AbortController().signal }, late.href, log);
    expect(written).toHaveLength(1);
  });

  it("ends every other command with the status of what may pass; a wrong address or password does not", async () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    const starting = Object.assign(new Error("the database system is starting up"), { code: "57P03" });
    for (const cause of [refused, starting, new AggregateError([refused])]) {
      const error = Object.assign(new Error("cannot be opened", { cause }), { code: "store.cannot-open" });
      expect(failureOf(error).exitStatus, String(cause)).toBe(3);
    }
    const password = Object.assign(new Error("password authentication failed"), { code: "28P01" });
    expect(
      failureOf(Object.assign(new Error("x", { cause: password }), { code: "store.cannot-open" })).exitStatus,
    ).toBe(2);
  });
});
