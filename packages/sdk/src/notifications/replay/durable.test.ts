import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { ConfigurationError } from "../../errors/configuration-error.ts";
import { replayStoreConformance } from "./conformance/replay-store.ts";
import { postgresReplayStore } from "./postgres.ts";
import { redisReplayStore } from "./redis.ts";
import { type KvNamespace, workersKvReplayStore } from "./workers-kv.ts";

describe("in a real PostgreSQL", () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = new Pool({ connectionString: await freshDatabase() });
    await postgresReplayStore(pool).createTable();
  });
  beforeEach(() => pool.query("delete from amazon_pay_notifications"));
  afterAll(() => pool.end());

  replayStoreConformance("PostgreSQL", () => postgresReplayStore(pool));

  it("deletes what is over, and nothing else", async () => {
    const store = postgresReplayStore(pool);
    await store.claim("a", { now: 0, leaseUntil: 10, keepUntil: 20 });
    await store.claim("b", { now: 0, leaseUntil: 10, keepUntil: 21 });
    await store.deleteOld(20);
    const { rows } = await pool.query("select message_id from amazon_pay_notifications");
    expect(rows).toEqual([{ message_id: "b" }]);
  });
});

it("PostgreSQL: refuses a table's name that is more than a name", () => {
  const pool = { query: async () => ({ rows: [] }) };
  for (const table of ["a; drop table b", "A", "", "a.b.c", '"a"'])
    expect(() => postgresReplayStore(pool, { table })).toThrow(ConfigurationError);
});

describe("Workers KV, as an object with its three functions", () => {
  let entries = new Map<string, string>();
  beforeEach(() => {
    entries = new Map();
  });
  const namespace: KvNamespace = {
    get: async (key) => entries.get(key) ?? null,
    put: async (key, value, { expirationTtl }) => {
      expect(expirationTtl).toBeGreaterThanOrEqual(60);
      entries.set(key, value);
    },
    delete: async (key) => void entries.delete(key),
  };
  replayStoreConformance("Workers KV", () => workersKvReplayStore(namespace));
});

it("Redis: a command that gives something else is named", async () => {
  const store = redisReplayStore(async () => ["claimed?"]);
  await expect(store.claim("a", { now: 0, leaseUntil: 1, keepUntil: 2 })).rejects.toThrow(/what Redis answers to EVAL/);
});

const found = spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;
if (!found) process.stderr.write("No redis-server found: the store in Redis is not tried here.\n");

describe.runIf(found)("in a real Redis", () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-redis-"));
  const path = join(folder, "redis.sock");
  let server: ChildProcess;
  let socket: Socket;

  /** One command over the socket; answers of scripts are short, so each comes in one piece. */
  const command = (words: string[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const lines = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
      socket.once("data", (data) => {
        const text = data.toString();
        if (text.startsWith("-")) reject(new Error(text));
        else resolve(text.split("\r\n")[text.startsWith("$") ? 1 : 0]?.replace(/^[+:]/, ""));
      });
      socket.write(`*${words.length}\r\n${lines.join("")}`);
    });
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = (words: string[]): Promise<unknown> => (last = last.then(() => command(words)));

  beforeAll(async () => {
    server = spawn("redis-server", ["--port", "0", "--unixsocket", path, "--save", "", "--dir", folder]);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.stdout?.on("data", (text) => /Ready to accept/i.test(String(text)) && resolve());
    });
    socket = connect(path);
  });
  beforeEach(() => inOrder(["FLUSHALL"]));
  afterAll(async () => {
    socket.destroy();
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  replayStoreConformance("Redis", () => redisReplayStore(inOrder));

  it("forgets by itself, after the message can no longer come again", async () => {
    await redisReplayStore(inOrder).claim("a", { now: 0, leaseUntil: 10, keepUntil: 1000 });
    const left = Number(await inOrder(["PTTL", "amazon-pay:notification:a"]));
    expect(left).toBeGreaterThan(1000);
    expect(left).toBeLessThanOrEqual(61_000);
  });
});
