/**
 * A sandbox with a long history: what a restart costs, with and without the index beside the journal, and how long the longest stall
 * is while calls are answered and the index is made or the journal is written anew. `npm run scale-sandbox -- 400000` (default: 400,000 and 1,000,000 objects); `npm run scale-sandbox -- gets` measures
 * getCharge beside a bare server.
 *
 * Times are CPU of the main thread where the system tells it (Linux): on a busy machine the clock on the wall says little.
 */
import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  existsSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { Agent, createServer, get as httpGet } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSandbox, startSandbox } from "@amazon-pay-kit/sandbox";
import { requiredHeaders, signRequest } from "@amazon-pay-kit/sdk/signing";
import { createCharge } from "../../packages/sandbox/src/engine/payments/charges.ts";
import { Batch, type Change } from "../../packages/sandbox/src/durable/batch.ts";
import { IndexBuild } from "../../packages/sandbox/src/durable/index-file.ts";
import { Rewrite } from "../../packages/sandbox/src/durable/rewrite.ts";

/** CPU time of the main thread in milliseconds; the clock where the system does not tell it. */
function threadTime(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

const cpu = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

type Sandbox = Awaited<ReturnType<typeof createSandbox>>;

const objectsOf = (sandbox: Sandbox): number =>
  [...sandbox.engine.state.collections()].reduce((sum, { size }) => sum + size, 0);

/** How often the orders that were made are copied under other ids: copying is a hundred times as fast as trading. */
const COPIES = 9;

/** After so many of them an index is made, so that a start finds as much behind it as there ever is: more than a quarter. */
const INDEXED_COPIES = 6;
const BOUNDARY = "indexed-bytes";

/** Copies all orders of a closed folder's journal under ids of their own. */
function copyOrders(dataDir: string): void {
  const path = join(dataDir, "state", "journal-000001.log");
  const batches = [...batchesOf(readFileSync(path, "utf8").split("\n"))].filter((changes) =>
    changes.some(({ collection }) => collection === "charges" || collection === "chargePermissions"),
  );
  for (let copy = 1; copy <= COPIES; copy += 1) {
    const renamed = (text: string): string => text.replaceAll("S01-", `S${copy}1-`);
    const texts = batches.map((changes) => {
      const batch = new Batch();
      for (const { collection, id, keys, object } of changes) {
        batch.add({
          collection,
          id: collection === "tasks" ? `${copy}${id.slice(1)}` : renamed(id),
          keys: keys.map(renamed),
          object:
            typeof object === "string"
              ? object
              : { text: renamed(object.text).replace('"taskId":"0', `"taskId":"${copy}`) },
        });
      }
      return batch.end().text;
    });
    appendFileSync(path, texts.join(""));
    if (copy === INDEXED_COPIES) writeFileSync(join(dataDir, BOUNDARY), String(statSync(path).size));
  }
}

/** The changes of each batch; there are no fields that need quotes here. */
function* batchesOf(lines: readonly string[]): Generator<Change[]> {
  for (let at = 0; at < lines.length - 1;) {
    const fields = (lines[at] ?? "").split("\t");
    at += 1;
    const changes: Change[] = [];
    for (let next = 3; next < fields.length;) {
      const [collection = "", id = "", length = "", count = ""] = fields.slice(next, next + 4);
      const keys = fields.slice(next + 4, next + 4 + Number(count));
      next += 4 + keys.length;
      const object = length === "-" ? "gone" : length === "*" ? "emptied" : { text: lines[at] ?? "" };
      if (typeof object === "object") at += 1;
      changes.push({ collection, id, keys, object });
    }
    yield changes;
  }
}

/** Orders with a captured charge each, until there are so many objects. */
async function trade(dataDir: string, objects: number): Promise<void> {
  const sandbox = await createSandbox({ dataDir, seed: 1 });
  const merchantId = sandbox.merchants[0]?.merchantId ?? "";
  const { engine } = sandbox;
  for (let count = 0; ; count += 1) {
    const { chargePermissionId } = await sandbox.control("POST", "/charge-permissions", {
      merchantId,
      amount: "10.00",
    });
    const permission = engine.state.chargePermissions.get(chargePermissionId);
    if (permission === undefined) throw new Error("the permission was just made");
    createCharge(engine, permission, chargeOf());
    if (count % 200 === 0) {
      sandbox.tick();
      if (objectsOf(sandbox) >= objects) break;
    }
  }
  await sandbox.close();
}

const chargeOf = () => ({
  amount: { minor: 1000n, currencyCode: "USD" },
  captureNow: true,
  canHandlePendingAuthorization: false,
  softDescriptor: null,
  channel: null,
  chargeInitiator: null,
  providerMetadata: null,
  platformId: null,
  merchantMetadata: {
    merchantReferenceId: "ORDER-1",
    merchantStoreName: null,
    noteToBuyer: null,
    customInformation: null,
  },
});

async function restart(dataDir: string): Promise<void> {
  const before = process.cpuUsage();
  const sandbox = await createSandbox({ dataDir });
  const used = cpu(before);
  const heapMiB = process.memoryUsage().heapUsed >> 20;
  const parsing = parseAll(join(dataDir, "state"));
  console.log(JSON.stringify({ objects: objectsOf(sandbox), cpuSeconds: used, heapMiB, toJsonParse: used / parsing }));
  process.exit(0);
}

/** CPU seconds of `JSON.parse` of all that a start passes over, its results thrown away: what a busy machine makes of both. */
function parseAll(state: string): number {
  const before = process.cpuUsage();
  for (const name of readdirSync(state)) {
    if (!name.endsWith(".log")) continue;
    const file = openSync(join(state, name), "r");
    for (const block = Buffer.alloc(1 << 24), at = { now: 0 }; ;) {
      const size = readSync(file, block, 0, block.length, at.now);
      const end = block.lastIndexOf("\n", size - 1) + 1;
      if (size === 0 || end === 0) break;
      for (const line of block.toString("utf8", 0, end).split("\n")) if (line.startsWith("{")) JSON.parse(line);
      at.now += end;
    }
    closeSync(file);
  }
  return cpu(before);
}

/** Makes the index of a journal's first bytes, of all of them without a number; how long the turns of the event loop take meanwhile. */
async function makeIndex(dataDir: string, end: number): Promise<void> {
  const sandbox = await createSandbox({ dataDir });
  const merchantId = sandbox.merchants[0]?.merchantId ?? "";
  const { state } = sandbox.engine;
  const folder = join(dataDir, "state");
  const [log = ""] = readdirSync(folder).filter((name) => name.endsWith(".log"));
  const journal = openSync(join(folder, log), "r");
  const before = threadTime();
  const build = new IndexBuild(join(folder, log.replace(/log$/, "index")), journal, end, (name) => {
    const { indexCount, ordered, size } = state.named(name);
    return { indexes: indexCount, ordered, expected: size };
  });
  const ended = { made: false };
  build.make((error) => {
    if (error !== null) throw error;
    ended.made = true;
  });
  const turns: number[] = [];
  for (let at = threadTime(); !ended.made;) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = threadTime();
    turns.push(now - at);
    // A call has its turn now and then, and is not counted.
    if (turns.length % 100 === 0) await sandbox.control("POST", "/charge-permissions", { merchantId, amount: "10.00" });
    at = threadTime();
  }
  const cpuSeconds = (threadTime() - before) / 1000;
  turns.sort((left, right) => right - left);
  const mebibytes = statSync(join(folder, log.replace(/log$/, "index"))).size >> 20;
  console.log(JSON.stringify({ index: { mebibytes, cpuSeconds, longestTurns: turns.slice(0, 5) } }));
  process.exit(0);
}

async function stalls(dataDir: string): Promise<void> {
  const sandbox = await createSandbox({ dataDir });
  const merchantId = sandbox.merchants[0]?.merchantId ?? "";
  const path = join(dataDir, "rewrite.tmp");
  const rewrite = new Rewrite(path, sandbox.engine.state);
  let [longest, slices] = [0, 0];
  const turns: number[] = [];
  for (let more = true; more;) {
    const at = threadTime();
    more = rewrite.step();
    const step = threadTime();
    turns.push(step - at);
    await sandbox.control("POST", "/charge-permissions", { merchantId, amount: "10.00" });
    sandbox.tick();
    longest = Math.max(longest, threadTime() - step);
    slices += 1;
    await new Promise((resolve) => rewrite.pause(resolve));
  }
  turns.sort((left, right) => right - left);
  console.log(
    JSON.stringify({ objects: objectsOf(sandbox), slices, longestSlices: turns.slice(0, 5), longestCall: longest }),
  );
  // The journal in its shortest form takes the place of the one that was filled.
  rewrite.force(() => {
    const state = join(dataDir, "state");
    for (const name of readdirSync(state)) rmSync(join(state, name));
    renameSync(path, join(state, "journal-000002.log"));
    process.exit(0);
  });
}

/** Answers in a process of its own: the sandbox with some charges in a data folder, or Node's own server and nothing else. */
async function serve(dataDir: string): Promise<void> {
  let at = process.cpuUsage();
  process.on("message", (message) => {
    if (message === "start") at = process.cpuUsage();
    else process.send?.({ cpu: cpu(at) });
  });
  if (dataDir === "") {
    const body = Buffer.from(JSON.stringify({ chargeId: "S01-5105180-3221187-C056351", padding: "0".repeat(780) }));
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
      response.end(body);
    });
    server.listen(0, "127.0.0.1", () =>
      process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    );
    return;
  }
  const { sandbox, ready } = await startSandbox({ dataDir, port: 0, httpsPort: 0, seed: 1 });
  const merchant = sandbox.merchants[0];
  const ids: string[] = [];
  for (let count = 0; count < 200; count += 1) {
    const made = await sandbox.control("POST", "/charge-permissions", {
      merchantId: merchant?.merchantId ?? "",
      amount: "10.00",
    });
    const permission = sandbox.engine.state.chargePermissions.get(made.chargePermissionId);
    if (permission !== undefined) ids.push(createCharge(sandbox.engine, permission, chargeOf()).chargeId);
  }
  process.send?.({ url: ready.http, ids, key: merchant?.keys[0] });
}

interface Served {
  readonly url: string;
  readonly ids?: readonly string[];
  readonly key?: { readonly publicKeyId: string; readonly privateKeyPem: string };
}

/** getCharge by the sandbox beside a bare server: CPU of each server's process for each call. */
async function compareGets(dataDir: string): Promise<void> {
  const self = fileURLToPath(import.meta.url);
  const [kit, bare] = [fork(self, ["serve", dataDir]), fork(self, ["serve"])];
  const [ours, theirs] = await Promise.all([kit, bare].map(async (one) => (await once(one, "message"))[0] as Served));
  if (ours?.key === undefined || theirs === undefined) throw new Error("the servers did not start");
  const { publicKeyId, privateKeyPem } = ours.key;
  const signed: { path: string; headers: Record<string, string> }[] = [];
  for (const id of ours.ids ?? []) {
    const path = `/v2/charges/${id}`;
    const headers = requiredHeaders({ region: "na", now: Date.now() });
    const request = await signRequest({ method: "GET", path, headers }, { publicKeyId, privateKey: privateKeyPem });
    signed.push({ path, headers: request.headers });
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const get = (url: string, { path, headers }: (typeof signed)[number]): Promise<void> =>
    new Promise((resolve, reject) => {
      httpGet(url + path, { agent, headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
        response.resume().on("end", resolve);
      }).on("error", reject);
    });
  const measure = async (server: ChildProcess, url: string): Promise<number> => {
    server.send("start");
    for (let round = 0; round < CALLS / signed.length; round += 1)
      await Promise.all(signed.map((one) => get(url, one)));
    server.send("stop");
    const [{ cpu: used }] = (await once(server, "message")) as [{ cpu: number }];
    return (used / CALLS) * 1e6;
  };
  for (let round = 0; round < 4; round += 1) {
    const [sandbox, node] = [await measure(kit, ours.url), await measure(bare, theirs.url)];
    console.log(JSON.stringify({ microseconds: { sandbox, node }, ratio: sandbox / node, warmUp: round === 0 }));
  }
  kit.kill();
  bare.kill();
  agent.destroy();
}

const CALLS = 4000;

const [mode = "", dataDir = "", objects = ""] = process.argv.slice(2);
if (mode === "fill") {
  await trade(dataDir, Number(objects) / (COPIES + 1));
  copyOrders(dataDir);
} else if (mode === "restart") await restart(dataDir);
else if (mode === "index") await makeIndex(dataDir, Number(objects));
else if (mode === "stalls") await stalls(dataDir);
else if (mode === "serve") await serve(dataDir);
else if (mode === "gets") await compareGets(mkdtempSync(join(tmpdir(), "apay-gets-")));
else {
  const wanted = mode === "" ? [400_000, 1_000_000] : [Number(mode)];
  for (const count of wanted) {
    const folder = mkdtempSync(join(tmpdir(), "apay-scale-"));
    const run = (...args: readonly string[]): void => {
      spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), ...args], { stdio: "inherit" });
    };
    run("fill", folder, String(count));
    const state = join(folder, "state");
    const journal = (): string => join(state, readdirSync(state).find((name) => name.endsWith(".log")) ?? "");
    const restarts = (form: string): void => {
      console.log(`journal ${form}: ${statSync(journal()).size >> 20} MiB`);
      run("restart", folder);
      run("restart", folder);
    };
    restarts("as it was filled, without an index");
    if (existsSync(join(folder, BOUNDARY))) run("index", folder, readFileSync(join(folder, BOUNDARY), "utf8"));
    restarts("as it was filled, with the oldest index that it ever has");
    run("index", folder, String(statSync(journal()).size));
    restarts("as it was filled, with an index of all of it");
    run("stalls", folder);
    restarts("in its shortest form, without an index");
    run("index", folder, String(statSync(journal()).size));
    restarts("in its shortest form, with an index of all of it");
    if (process.env["KEEP"] === undefined) rmSync(folder, { recursive: true });
    else console.log(folder);
  }
}
