/**
 * The Next.js application as a user installs it: packs the kit's packages, installs them and Next.js from npm into a temporary folder,
 * builds, starts it beside a sandbox, and buys in a Chromium, from a client-side navigation to the result page.
 *
 *     node --import tsx examples/next/run.ts [--folder DIR]
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startSandbox } from "@amazon-pay-kit/sandbox";
import { launchChromium } from "../../packages/sandbox/src/checkout/testing/chromium.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { values } = parseArgs({ options: { folder: { type: "string" } } });
const folder = values.folder === undefined ? mkdtempSync(join(tmpdir(), "apk-next-")) : resolve(values.folder);
const started = performance.now();
const step = (what: string): void => console.log(`== ${what} (${Math.round((performance.now() - started) / 1000)} s)`);

function must(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}\n${stdout}\n${stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === "object" && address !== null ? address.port : 0;
}

step(`Next.js and the packed packages of the kit into ${folder}`);
mkdirSync(folder, { recursive: true });
cpSync(fileURLToPath(new URL(".", import.meta.url)), folder, { recursive: true });
must(process.execPath, [`${root}scripts/build.mjs`], root);
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};
for (const name of ["sdk", "browser"]) {
  must(
    "npm",
    ["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder],
    `${root}packages/${name}`,
  );
  manifest.dependencies[`@amazon-pay-kit/${name}`] = `file:amazon-pay-kit-${name}-0.1.0.tgz`;
}
writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
must("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], folder);
step("next build");
process.env["NEXT_TELEMETRY_DISABLED"] = "1";
must(process.execPath, ["node_modules/next/dist/bin/next", "build"], folder);

step("next start, a sandbox and a Chromium");
const readyFile = join(folder, "sandbox.json");
const sandbox = await startSandbox({ port: 0, httpsPort: 0, seed: "next", readyFile, processing: "straight" });
const port = await freePort();
const origin = `http://localhost:${port}`;
const output: string[] = [];
const server = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "-p", String(port)], {
  cwd: folder,
  env: { ...process.env, SANDBOX: readyFile, SHOP: origin },
});
for (const stream of [server.stdout, server.stderr]) stream.on("data", (chunk: Buffer) => output.push(String(chunk)));
const browser = await launchChromium();
try {
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(`${origin}/changed`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    if (tries > 960 || server.exitCode !== null) throw new Error("next start did not answer");
    await sleep(250);
  }
  const merchant = sandbox.ready.merchants.find(({ region }) => region === "eu")!;
  await sandbox.sandbox.control("POST", `/merchants/${merchant.merchantId}`, { notificationUrl: `${origin}/ipn` });
  const page = await browser.newPage();
  const messages: string[] = [];
  page.on("console", (message) => messages.push(message.text()));
  await page.goto(origin);
  step("the button after a client-side navigation");
  await page.getByRole("link", { name: "Cart" }).click();
  await page.locator("main button, div button").first().click();
  await page.waitForURL((url) => url.origin === sandbox.ready.http);
  step("the hosted pages, review, confirmation");
  for (let pages = 0; pages < 16 && new URL(page.url()).pathname !== "/result"; pages += 1) {
    const consent = page.locator("#agree");
    if (await consent.isVisible()) await consent.check();
    const before = page.url();
    await page.locator("button.main").click();
    // The shop's review page sends the buyer on at once.
    await page.waitForURL((url) => url.href !== before && url.pathname !== "/review");
  }
  const text = await page.locator("p").first().textContent();
  const chargeId = /^captured (\S+-C\w+)$/.exec(text ?? "")?.[1];
  if (chargeId === undefined) throw new Error(`the result page says ${text}; the console ${messages.join("\n")}`);
  step(`the result page says: ${text}`);
  for (let tries = 0; ; tries += 1) {
    const changed = (await (await fetch(`${origin}/changed`)).json()) as string[];
    if (changed.includes(chargeId)) break;
    if (tries > 480) throw new Error("no notification of the charge arrived");
    await sleep(250);
  }
  step("its notification arrived");
} catch (error) {
  const [page] = browser.contexts().flatMap((context) => context.pages());
  console.error(`${page?.url()}\n${await page?.locator("body").innerText()}\n${output.join("").slice(-3_000)}`);
  throw error;
} finally {
  await browser.close();
  server.kill("SIGKILL");
  await sandbox.close();
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
}
