import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { withDeadline } from "../client/exchange.ts";
import { onAbort } from "./on-abort.ts";
import { systemClock } from "./system.ts";

it("has one listener for any number of calls that share a signal, and none afterwards: no warning of a leak", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on("warning", note);
  const shared = new AbortController();
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const calls = Array.from({ length: 100 }, () => withDeadline(systemClock, 60_000, shared.signal, () => gate));
  const sleeps = Array.from({ length: 100 }, () => systemClock.sleep(1, shared.signal));
  expect(getEventListeners(shared.signal, "abort")).toHaveLength(1);
  release();
  await Promise.all([...calls, ...sleeps]);
  expect(getEventListeners(shared.signal, "abort")).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", note);
  expect(warnings).toEqual([]);
});

it("tells everybody who waits, once, and nobody who no longer does", async () => {
  const shared = new AbortController();
  const told: string[] = [];
  const first = onAbort(shared.signal, () => {
    told.push("first");
    second();
  });
  const second = onAbort(shared.signal, () => told.push("second"));
  onAbort(shared.signal, () => told.push("third"));
  const again = onAbort(shared.signal, () => told.push("gone"));
  again();
  again();
  shared.abort();
  shared.abort();
  expect(told).toEqual(["first", "third"]);
  first();
});
