/**
 * Amazon Pay in a real Medusa server: installs it into a temporary folder, starts it on a real PostgreSQL beside a sandbox, and goes
 * through checkouts as a storefront, a buyer and the shop's staff would.
 *
 *     node --import tsx --conditions=@amazon-pay-kit/source examples/medusa/run.ts [--folder DIR]
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startSandbox } from "@amazon-pay-kit/sandbox";
import { startPostgres } from "../../tests/postgres/server.ts";
import { checkouts } from "./checkouts.ts";

const MEDUSA = "2.21.2";
const root = fileURLToPath(new URL("../../", import.meta.url));
const { values } = parseArgs({ options: { folder: { type: "string" } } });
const folder = values.folder === undefined ? mkdtempSync(join(tmpdir(), "apk-medusa-")) : resolve(values.folder);
const started = performance.now();
const step = (what: string): void => console.log(`== ${what} (${Math.round((performance.now() - started) / 1000)} s)`);

function must(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")} ended with ${status}\n${stdout}\n${stderr}`);
}

function install(): void {
  mkdirSync(folder, { recursive: true });
  cpSync(fileURLToPath(new URL("shop", import.meta.url)), folder, { recursive: true });
  must(process.execPath, [`${root}scripts/build.mjs`], root);
  for (const old of readdirSync(folder).filter((name) => name.endsWith(".tgz"))) rmSync(join(folder, old));
  const packages = ["money", "sdk", "payments", "medusa"];
  for (const name of packages)
    must(
      "npm",
      ["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder],
      `${root}packages/${name}`,
    );
  const own = packages.map((name) => [`@amazon-pay-kit/${name}`, `file:amazon-pay-kit-${name}-0.1.0.tgz`]);
  const medusa = ["cli", "framework", "medusa"].map((name) => [`@medusajs/${name}`, MEDUSA]);
  const dependencies = Object.fromEntries([...own, ...medusa]) as Record<string, string>;
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "shop", version: "1.0.0", private: true, dependencies }),
  );
  // The tarballs keep their names when their contents change.
  rmSync(join(folder, "package-lock.json"), { force: true });
  rmSync(join(folder, "node_modules/@amazon-pay-kit"), { recursive: true, force: true });
  must(
    "npm",
    ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"],
    folder,
  );
}

step(`Medusa ${MEDUSA} and the packed packages of the kit into ${folder}`);
install();
step("PostgreSQL and a sandbox");
const postgres = await startPostgres();
const readyFile = join(folder, "sandbox.json");
const sandbox = await startSandbox({ port: 0, httpsPort: 0, seed: "medusa", readyFile, processing: "straight" });
const port = "9187";
const env = {
  ...process.env,
  DATABASE_URL: await postgres.createDatabase(),
  SANDBOX_READY_FILE: readyFile,
  PORT: port,
  NODE_ENV: "development",
  MEDUSA_DISABLE_TELEMETRY: "true",
};
const medusa = (...args: string[]): string => must(join(folder, "node_modules/.bin/medusa"), args, folder, env);
let server: ReturnType<typeof spawn> | undefined;
try {
  step("migrations, a region, a product, a member of staff");
  medusa("db:migrate");
  const seeded = /SEEDED (\{.*\})/.exec(medusa("exec", "./src/scripts/seed.js"))?.[1];
  if (seeded === undefined) throw new Error("the seed script did not say what it made");
  medusa("user", "-e", "staff@shop.example", "-p", "only for this example");
  step("the server");
  const output: string[] = [];
  server = spawn(join(folder, "node_modules/.bin/medusa"), ["start"], { cwd: folder, env });
  for (const stream of [server.stdout, server.stderr])
    stream?.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const origin = `http://localhost:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(`${origin}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    if (tries > 960 || server.exitCode !== null) throw new Error(`the server did not start\n${output.join("")}`);
    await sleep(500);
  }
  step("checkouts");
  try {
    await checkouts({ origin, sandbox: sandbox.sandbox, readyFile, ...(JSON.parse(seeded) as Seeded), step });
  } catch (error) {
    console.error(output.join("").split("\n").slice(-60).join("\n"));
    throw error;
  }
  step("all of it held");
} finally {
  server?.kill("SIGKILL");
  await sandbox.close();
  await postgres.stop();
  if (values.folder === undefined && existsSync(folder)) rmSync(folder, { recursive: true, force: true });
}

interface Seeded {
  readonly publishableKey: string;
  readonly regionId: string;
  readonly variantId: string;
  readonly channelId: string;
}
