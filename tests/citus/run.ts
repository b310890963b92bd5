/**
 * `CITUS_COORDINATOR_URL=postgres://… CITUS_WORKER_URLS=postgres://…,postgres://… npm run citus`
 *
 * Runs the tests of the ledger that keep books on PostgreSQL against a Citus that is there already: loading, reconciling, views, the
 * known answers, and distributing a ledger that has books. Each test gets a database of its own with distributed tables; all of
 * them are dropped at the end. Arguments that are paths of test files take the place of the list; other arguments go to vitest.
 * With `--growth` it measures afterwards what a second worker adds.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { distribute, openPostgresStore } from "@amazon-pay-kit/ledger";
import {
  closeOnCluster,
  type Cluster,
  clusterOf,
  createOnCluster,
  describeCluster,
  dropFromCluster,
  ON_CITUS,
} from "./databases.ts";
import { measureGrowth } from "./growth.ts";
import { SUITES } from "./suites.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const VITEST = `${ROOT}node_modules/vitest/vitest.mjs`;

/** Shards of a table in tests: on each of two workers are several, and they are made quickly. */
const TEST_SHARDS = 4;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function runTests(template: string, args: readonly string[]): Promise<number> {
  const isPath = (one: string): boolean => /^[^-].*\.test\.ts$/.test(one);
  const files = args.some(isPath) ? args.filter(isPath) : SUITES;
  // One file at a time: the databases of a file are dropped when the next one begins.
  const child = spawn(
    process.execPath,
    [VITEST, "run", "--no-file-parallelism", ...files, ...args.filter((one) => !isPath(one))],
    { cwd: ROOT, stdio: "inherit", env: { ...process.env, [ON_CITUS]: template } },
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

async function onCluster(cluster: Cluster, args: readonly string[]): Promise<number> {
  print(await describeCluster(cluster));
  const template = `apay_citus_${process.pid}`;
  try {
    const store = await openPostgresStore(await createOnCluster(cluster, template));
    try {
      const { tables, shards, nodes } = await distribute(store, TEST_SHARDS);
      print(`${tables} tables distributed by account, ${shards} shards each on ${nodes} nodes`);
    } finally {
      await store.close();
    }
    await closeOnCluster(cluster, template);
    const failed = await runTests(
      template,
      args.filter((one) => one !== "--growth"),
    );
    if (args.includes("--growth")) for (const line of await measureGrowth(cluster)) print(line);
    return failed;
  } finally {
    await dropFromCluster(cluster, [template]);
  }
}

const cluster = clusterOf(process.env);
if (cluster === undefined) {
  print("skipped: set CITUS_COORDINATOR_URL and CITUS_WORKER_URLS to the nodes of a Citus to run these tests on it");
} else {
  process.exitCode = await onCluster(cluster, process.argv.slice(2));
}
