import pg from "pg";
import type { PostgresServer } from "../postgres/server.ts";

/** A Citus that is there already: its coordinator, and the nodes that hold rows. */
export interface Cluster {
  /** `postgres://…` of the coordinator, as an owner who may create databases and extensions. */
  readonly coordinator: string;
  /** The same of each worker, under the host and port by which the coordinator reaches it. */
  readonly workers: readonly string[];
}

/** Name of the variable by which a test run is told to copy its databases from a closed one of the cluster, and from which. */
export const ON_CITUS = "APAY_TEST_ON_CITUS";

function named(name: string, value: string): string {
  if (!URL.canParse(value) || !/^postgres(ql)?:$/.test(new URL(value).protocol))
    throw new Error(
      `${name}: expected postgres://user@host:port/database, separated by commas where there are several`,
    );
  return value;
}

/** The cluster that the environment names; none where it names no coordinator. @throws on half an answer */
export function clusterOf(environment: NodeJS.ProcessEnv): Cluster | undefined {
  const coordinator = environment["CITUS_COORDINATOR_URL"]?.trim() ?? "";
  const workers = (environment["CITUS_WORKER_URLS"] ?? "")
    .split(",")
    .map((url) => url.trim())
    .filter((url) => url !== "");
  if (coordinator === "" && workers.length === 0) return undefined;
  if (coordinator === "") throw new Error("CITUS_WORKER_URLS is set, CITUS_COORDINATOR_URL is not");
  if (workers.length === 0) throw new Error("CITUS_COORDINATOR_URL is set, CITUS_WORKER_URLS is not");
  return {
    coordinator: named("CITUS_COORDINATOR_URL", coordinator),
    workers: workers.map((url) => named("CITUS_WORKER_URLS", url)),
  };
}

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function inDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** How the coordinator reaches a node. */
function placeOf(url: string): readonly [host: string, port: number] {
  const { hostname, port } = new URL(url);
  return [hostname.replace(/^\[(.*)\]$/, "$1"), Number(port || "5432")];
}

/** Lets nodes log in with each other where the addresses have passwords. */
async function admit(client: pg.Client, urls: readonly string[]): Promise<void> {
  const passwords = new Map<string, string>();
  for (const url of urls) {
    const { username, password } = new URL(url);
    if (password !== "") passwords.set(decodeURIComponent(username), decodeURIComponent(password));
  }
  for (const [role, password] of passwords) {
    const quoted = password.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
    await client.query("insert into pg_dist_authinfo (nodeid, rolename, authinfo) values (0, $1, $2)", [
      role,
      `password='${quoted}'`,
    ]);
  }
}

function nodesOf({ coordinator, workers }: Cluster): readonly string[] {
  return [coordinator, ...workers];
}

/** Makes an empty database of this name on every node, and has the coordinator know the workers in it. */
export async function createOnCluster(cluster: Cluster, name: string): Promise<string> {
  const { coordinator, workers } = cluster;
  await dropFromCluster(cluster, [name]);
  await Promise.all(
    nodesOf(cluster).map(async (url) => {
      await on(url, async (client) => {
        await client.query("set client_min_messages to error");
        await client.query(`create database ${name}`);
      });
      await on(inDatabase(url, name), async (client) => {
        await client.query("create extension citus");
        await admit(client, nodesOf(cluster));
      });
    }),
  );
  await on(inDatabase(coordinator, name), async (client) => {
    await client.query("select citus_set_coordinator_host($1, $2)", [...placeOf(coordinator)]);
    for (const worker of workers) await client.query("select citus_add_node($1, $2)", [...placeOf(worker)]);
  });
  return inDatabase(coordinator, name);
}

/** Lets nobody into a database, so that copies of it can be made. */
export async function closeOnCluster(cluster: Cluster, name: string): Promise<void> {
  for (const url of nodesOf(cluster))
    await on(url, async (client) => {
      await client.query(`alter database ${name} allow_connections false`);
      await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
    });
}

/** Copies a closed database, shards and all: a tenth of the time that making and distributing its tables takes. */
export async function copyOnCluster(cluster: Cluster, from: string, name: string): Promise<string> {
  await Promise.all(
    nodesOf(cluster).map((url) =>
      on(url, async (client) => {
        await client.query("set client_min_messages to error");
        await client.query(`create database ${name} template ${from}`);
      }),
    ),
  );
  return inDatabase(cluster.coordinator, name);
}

/** Takes databases away from every node, from the coordinator first: it would go on asking the workers. */
export async function dropFromCluster(cluster: Cluster, names: readonly string[]): Promise<void> {
  for (const url of nodesOf(cluster))
    await on(url, async (client) => {
      await client.query("set client_min_messages to error");
      for (const name of names) await client.query(`drop database if exists ${name} with (force)`);
    });
}

/** Databases copied from a closed one. What is left of a test file's is dropped when the next file asks for its first. */
export function copiesOnCluster(cluster: Cluster | undefined, template: string): PostgresServer {
  if (cluster === undefined) throw new Error(`${ON_CITUS} is set, CITUS_COORDINATOR_URL is not: use npm run citus`);
  let made: string[] = [];
  let count = 0;
  let asking = "";
  const drop = async (): Promise<void> => {
    const names = made;
    made = [];
    if (names.length > 0) await dropFromCluster(cluster, names);
  };
  return {
    async createDatabase(file = "") {
      if (file !== asking) await drop();
      asking = file;
      count += 1;
      const name = `${template}_${count}`;
      made.push(name);
      return copyOnCluster(cluster, template, name);
    },
    async dropDatabase(name) {
      if (!made.includes(name)) return;
      made = made.filter((one) => one !== name);
      await dropFromCluster(cluster, [name]);
    },
    stop: drop,
  };
}

/** What the nodes are, in a line. */
export async function describeCluster({ coordinator, workers }: Cluster): Promise<string> {
  const { version, citus } = await on(coordinator, async (client) => {
    const { rows } = await client.query<{ version: string; citus: string | null }>(
      `select current_setting('server_version') as version,
        (select default_version from pg_available_extensions where name = 'citus') as citus`,
    );
    return rows[0] ?? { version: "?", citus: null };
  });
  if (citus === null) throw new Error("the coordinator of CITUS_COORDINATOR_URL has no Citus installed");
  return `Citus ${citus} on PostgreSQL ${version}: a coordinator and ${workers.length} workers`;
}
