/** The applications of `examples/`, with the packages as they would be published: each sells something to a buyer of the sandbox. */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { buy } from "./buy.mjs";

const SCOPE = "@amazon-pay-kit";

/** Copies an application and gives it what `npm install` would: our packages unpacked, the others linked. */
function installed(name, { folder, unpacked, root, tools }) {
  const place = join(folder, name);
  cpSync(join(root, "examples", name), place, { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const modules = join(place, "node_modules");
  mkdirSync(join(modules, SCOPE), { recursive: true });
  for (const needed of Object.keys(dependencies)) {
    const [, own] = unpacked.find(([each]) => `${SCOPE}/${each}` === needed) ?? [];
    if (own !== undefined) cpSync(own, join(modules, needed), { recursive: true });
    else symlinkSync(join(tools, needed), join(modules, needed), "junction");
  }
  return place;
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program, waits until it answers, does the work and ends it. */
export async function serving({ command, args, cwd, env = {}, port, work }) {
  const output = [];
  const child = spawn(command, args, { cwd, env: { ...process.env, NODE_PATH: "", NODE_OPTIONS: "", ...env } });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(chunk));
  const origin = `http://localhost:${port}`;
  try {
    for (let tries = 0; ; tries += 1) {
      const answers = await fetch(`${origin}/changed`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answers) break;
      if (tries > 960 || child.exitCode !== null) throw new Error("it did not start");
      await sleep(250);
    }
    return await work(origin);
  } catch (error) {
    throw new Error(`${error.message}\n${Buffer.concat(output).toString().slice(-3_000)}`, { cause: error });
  } finally {
    child.kill("SIGKILL");
  }
}

/** Subscribes, and lets the monthly job run: twice for one month, then for the next. */
async function subscribe({ place, readyFile, ready }) {
  const port = await freePort();
  const env = { SANDBOX: readyFile, PORT: String(port) };
  // Not spawnSync: the sandbox runs in this process.
  const job = async (month) => {
    const child = spawn(process.execPath, ["charge-due.js", String(month)], {
      cwd: place,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [output, [status]] = await Promise.all([text(child.stdout), once(child, "exit")]);
    if (status !== 0) throw new Error(`charge-due.js ended with ${status}`);
    return output.trim();
  };
  const work = (origin) => buy({ origin, ready });
  await serving({ command: process.execPath, args: ["server.js"], cwd: place, env, port, work });
  const second = await job(2);
  if (!/: captured \S+-C\w+$/.test(second)) throw new Error(`the second month: ${second}`);
  if ((await job(2)) !== "") throw new Error("the second month was charged again");
  // A crash before the file was written: the same call again gives the same charge.
  const list = JSON.parse(readFileSync(join(place, "subscriptions.json"), "utf8"));
  writeFileSync(join(place, "subscriptions.json"), JSON.stringify(list.map((one) => ({ ...one, paidUntil: 1 }))));
  if ((await job(2)) !== second) throw new Error("after a crash the second month was charged as another charge");
}

/** The bundle that wrangler would make, in the runtime that Cloudflare runs. */
async function worker({ place, readyFile, ready, tools }) {
  const { stdout } = spawnSync(process.execPath, ["sandbox-in-one.js", readyFile], { cwd: place, encoding: "utf8" });
  writeFileSync(join(place, "sandbox.json"), stdout.replace(/^SANDBOX='([\s\S]*)'\n$/, "$1"));
  await build({
    entryPoints: [join(place, "src/worker.js")],
    outfile: join(place, "worker.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
  });
  const binary = readdirSync(join(tools, "@cloudflare")).find((name) => name.startsWith("workerd-"));
  const port = await freePort();
  for (const flags of ["", '"nodejs_compat"']) {
    const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      bindings = [(name = "SANDBOX", text = embed "sandbox.json")],
      compatibilityDate = "2025-09-01",
      compatibilityFlags = [${flags}],
      globalOutbound = "out",
    )),
    (name = "out", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`;
    writeFileSync(join(place, "config.capnp"), config);
    const command = join(tools, "@cloudflare", binary, "bin/workerd");
    const work = (origin) => buy({ origin, ready });
    await serving({ command, args: ["serve", "config.capnp"], cwd: place, port, work });
  }
}

async function plain(args, { place, readyFile, ready }) {
  const port = await freePort();
  const env = { SANDBOX: readyFile, PORT: String(port) };
  await serving({ command: process.execPath, args, cwd: place, env, port, work: (origin) => buy({ origin, ready }) });
}

const APPLICATIONS = {
  express: (given) => plain(["server.js"], given),
  lambda: (given) => plain(["--no-experimental-require-module", "local.js"], given),
  workers: worker,
  subscription: subscribe,
};

/**
 * Installs and uses every application.
 *
 * @param unpacked folder of each unpacked package, by its name without the scope
 * @param tools a `node_modules` with what the applications need from others
 * @returns what was tried, with status and output
 */
export async function* tryExamples({ folder, unpacked, root, tools }) {
  mkdirSync(folder);
  const { startSandbox } = await import("@amazon-pay-kit/sandbox");
  const readyFile = join(folder, "sandbox.json");
  const started = await startSandbox({ port: 0, httpsPort: 0, seed: "examples", readyFile, processing: "straight" });
  try {
    for (const [name, use] of Object.entries(APPLICATIONS)) {
      const place = installed(name, { folder, unpacked, root, tools });
      const result = { status: 0, stdout: "" };
      try {
        await use({ place, readyFile, ready: started.ready, tools });
      } catch (error) {
        Object.assign(result, { status: 1, stdout: error.message });
      }
      yield [`examples/${name} sells something`, result];
    }
  } finally {
    await started.close();
  }
}
