import { existsSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { Spool } from "./spool.ts";

async function all<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

const folders = (): ReadonlySet<string> =>
  new Set(readdirSync(tmpdir()).filter((name) => name.startsWith("statement-")));

it("gives back what it was given, in order, as often as it is asked; the file is its owner's and goes", async () => {
  const before = folders();
  const spool = new Spool<{ readonly at: number; readonly text: string }>(10);
  const values = Array.from({ length: 3500 }, (_, at) => ({ at, text: `line ${at}\nwith "quotes" ü` }));
  for (const value of values) await spool.add(value, 30);
  expect(await all(spool.read())).toEqual(values);
  expect(await all(spool.read())).toEqual(values);
  const made = [...folders()].filter((name) => !before.has(name));
  const file = made.map((name) => path.join(tmpdir(), name, "entries")).find((name) => existsSync(name)) ?? "";
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await spool.discard();
  expect(existsSync(file)).toBe(false);
  expect(await all(spool.read())).toEqual([]);
});

it("writes no file for what fits", async () => {
  const spool = new Spool<number>(10);
  for (let at = 0; at < 10; at++) await spool.add(at, 1);
  expect(await all(spool.read())).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await spool.discard();
});

it("is full by characters too", async () => {
  const spool = new Spool<string>();
  const text = "x".repeat(9 * 1024 * 1024);
  for (let at = 0; at < 4; at++) await spool.add(text, text.length);
  expect((await all(spool.read())).map(({ length }) => length)).toEqual(Array.from({ length: 4 }, () => text.length));
  await spool.discard();
});
