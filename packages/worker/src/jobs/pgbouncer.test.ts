import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger, openMemoryArchive } from "@amazon-pay-kit/ledger";
import { openPostgresStore } from "@amazon-pay-kit/ledger/store";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { prepareJobs } from "./plan.ts";
import { NO_RATES, testAccount } from "./testing/merchants.ts";
import { runWorker } from "./worker.ts";

const REPORTS = 6;
const installed = spawnSync("pgbouncer", ["--version"]).status === 0;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

/** A pooler in transaction mode before the server of a database: a connection keeps nothing from one transaction to the next. */
class Pooler {
  readonly #folder = mkdtempSync(join(tmpdir(), "apay-pgbouncer-"));
  #child: ChildProcess | undefined;
  #log = "";

  async start(direct: string): Promise<string> {
    const { hostname, port, pathname, username } = new URL(direct);
    const own = await freePort();
    const settings = [
      "[databases]",
      `* = host=${hostname} port=${port}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${own}`,
      "unix_socket_dir =",
      "auth_type = any",
      "pool_mode = transaction",
      "default_pool_size = 4",
      "max_client_conn = 100",
    ];
    const file = join(this.#folder, "pgbouncer.ini");
    // With auth_type any every client is the server's user that the database names.
    writeFileSync(file, settings.join("\n").replace("port=", `user=${username} port=`));
    const id = (flag: string): number => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
    // It refuses to run as root, as PostgreSQL does.
    const identity = process.getuid?.() === 0 ? { uid: id("-u"), gid: id("-g") } : undefined;
    if (identity !== undefined) for (const path of [this.#folder, file]) chownSync(path, identity.uid, identity.gid);
    this.#child = spawn("pgbouncer", [file], { stdio: ["ignore", "ignore", "pipe"], ...identity });
    this.#child.stderr?.on("data", (text: Buffer) => {
      this.#log = `${this.#log}${text.toString()}`.slice(-4000);
    });
    const url = `postgres://${username}@127.0.0.1:${own}${pathname}`;
    for (let attempt = 0; attempt < 600; attempt += 1) {
      const client = new pg.Client({ connectionString: url });
      try {
        await client.connect();
        await client.end();
        return url;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    throw new Error(`pgbouncer did not start:\n${this.#log}`);
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

// CI installs it; elsewhere it is a package of the system.
describe.skipIf(!installed && process.env["CI"] === undefined)("workers behind pgbouncer in transaction mode", () => {
  let direct: string;
  let pooled: string;
  let pooler: Pooler;
  let owner: pg.Client;
  beforeEach(async () => {
    direct = await freshDatabase();
    pooler = new Pooler();
    pooled = await pooler.start(direct);
    owner = new pg.Client({ connectionString: direct });
    await owner.connect();
  });
  afterEach(async () => {
    await owner.end();
    pooler.stop();
  });

  async function work(accountId: string): Promise<void> {
    const ledger = await openLedger({ databaseUrl: pooled, archive: openMemoryArchive() });
    const stop = new AbortController();
    const seen = { loaded: new Set<number>(), reconciled: 0 };
    try {
      await runWorker(ledger, {
        databaseUrl: pooled,
        accounts: [testAccount({ accountId, reports: REPORTS })],
        rates: NO_RATES,
        gatherSeconds: 1,
        pollMillis: 20,
        signal: stop.signal,
        onJob: ({ job, outcome }) => {
          if (outcome !== "done") return;
          if (job.kind === "reconcile") seen.reconciled += 1;
          if ("fileId" in job.order) seen.loaded.add(job.order.fileId);
          if (seen.reconciled > 0 && seen.loaded.size >= REPORTS) stop.abort();
        },
      });
    } finally {
      await ledger.close();
    }
  }
  /** Locks on this database; other tests have theirs on the same server. */
  const held = async (): Promise<unknown[]> => {
    const text = `select classid, objid from pg_locks l join pg_database d on d.oid = l.database
      where l.locktype = 'advisory' and d.datname = current_database()`;
    return (await owner.query<object>(text)).rows;
  };
  const rows = async (accountId: string): Promise<unknown> =>
    (await owner.query("select count(*)::int as n from settlement_row where account_id = $1", [accountId])).rows;

  it("are opened by many commands at once, which leave no lock to those that come after them", async () => {
    // Each is on whichever connection of the pool is free: a lock of the session would be let go of on another than took it.
    for (let round = 0; round < 3; round += 1) {
      const opened = await Promise.all(
        Array.from({ length: 8 }, () => openPostgresStore(pooled, { maxConnections: 2 })),
      );
      await Promise.all(opened.map((store) => store.db.selectFrom("account").selectAll().execute()));
      await Promise.all(opened.map((store) => store.close()));
    }
    expect(await held()).toEqual([]);
    await (await openPostgresStore(direct)).close();
  });

  it("prepare, load and reconcile, leave no lock on a connection of the pool, and can be prepared again at work", async () => {
    await (await openPostgresStore(pooled)).close();
    await prepareJobs({ databaseUrl: pooled, exports: {} });
    await Promise.all([
      work("shop"),
      prepareJobs({
        databaseUrl: pooled,
        exports: { nightly: { cron: "0 3 * * *", run: () => Promise.resolve({ files: [] }) } },
      }),
      prepareJobs({ databaseUrl: pooled, exports: {} }),
    ]);
    expect(await held()).toEqual([]);
    expect(await rows("shop")).not.toEqual([{ n: 0 }]);
  });
});
