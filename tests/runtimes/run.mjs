/**
 * Runs one conformance suite of `packages/sdk` on Node 20, 22, 24 and 26, Deno, Bun and workerd.
 *
 *     node tests/runtimes/run.mjs [--require-all] [--only NAME]
 *
 * Installs the runtimes on first use (about 1 GB), builds the sdk, and loads it as an installed package. Ends with status 0
 * when every case passes on every runtime that this platform has; `--require-all` also asks for all of them to be there.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startService } from "./service.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));

function must(command, args, cwd) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(`${here}node_modules/esbuild`)) {
  process.stderr.write("Installing the runtimes (first run only, about 1 GB) …\n");
  must("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], here);
}
must(process.execPath, [`${root}scripts/build.mjs`], root);
const { RUNTIMES } = await import("./runtimes.mjs");
const { build } = await import("esbuild");

const folder = mkdtempSync(join(tmpdir(), "apk-runtimes-"));
const installed = join(folder, "node_modules/@amazon-pay-kit/sdk");
mkdirSync(installed, { recursive: true });
cpSync(`${root}packages/sdk/dist`, join(installed, "dist"), { recursive: true });
cpSync(`${root}packages/sdk/package.json`, join(installed, "package.json"));
cpSync(`${here}suite`, join(folder, "suite"), { recursive: true });

const bundle = () =>
  build({
    entryPoints: [join(folder, "suite/worker.mjs")],
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    logLevel: "error",
  });

const { nodeVerifier, verifyRequestSync } = await import(pathToFileURL(join(installed, "dist/signing/index.js")).href);
const service = await startService((request, key) => verifyRequestSync(request, nodeVerifier(key)).valid);
const only = process.argv[process.argv.indexOf("--only") + 1];
const chosen = process.argv.includes("--only") ? RUNTIMES.filter(({ name }) => name === only) : RUNTIMES;
let failures = 0;
let absent = 0;

for (const { name, program, run } of chosen) {
  if (program === undefined) {
    absent += 1;
    console.log(`${name.padEnd(24)} not available on this platform`);
    continue;
  }
  const started = performance.now();
  try {
    const results = await run(program, { folder, baseUrl: service.baseUrl, bundle });
    const failed = results.filter(({ error }) => error !== undefined);
    failures += failed.length;
    const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
    console.log(`${name.padEnd(24)} ${results.length - failed.length} passed, ${failed.length} failed  ${time}`);
    for (const { name: title, error } of failed) console.log(`  ${title}\n    ${error.replaceAll("\n", "\n    ")}`);
  } catch (error) {
    failures += 1;
    console.log(`${name.padEnd(24)} did not run: ${error.message}`);
  }
}

service.stop();
rmSync(folder, { recursive: true, force: true });
if (chosen.length === 0) console.log(`No such runtime: ${only}`);
process.exit(failures > 0 || chosen.length === 0 || (absent > 0 && process.argv.includes("--require-all")) ? 1 : 0);
