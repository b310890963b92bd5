import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runProgram } from "../../packages/cli/src/program.ts";
import { testTerminal, type TestTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";
import { memoryCertificates } from "../../packages/sandbox/src/certificates/certificate-book.ts";
import { browserTestsRun, launchChromium } from "../../packages/sandbox/src/checkout/testing/chromium.ts";
import { freePort } from "./testing/compose-host.ts";

const conf = new URL("nginx.conf", import.meta.url);
const installed = spawnSync("nginx", ["-v"]).status === 0;
const TOKEN = "a-token-of-some-length";

describe.runIf((installed || process.env["CI"] === "true") && browserTestsRun())("nginx.conf", () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-nginx-"));
  const running: { terminal: TestTerminal; done: Promise<number> }[] = [];
  let nginx: ChildProcess;
  let browser: Browser;
  let page: Page;
  let origin: string;
  let authority: string;

  /** Runs `apay` until the test ends. */
  async function stays(begun: RegExp, ...args: string[]): Promise<void> {
    const terminal = testTerminal(folder);
    const done = runProgram(args, terminal, systemClock, systemRandom);
    running.push({ terminal, done });
    await vi.waitFor(() => expect(terminal.written.err).toMatch(begun), { timeout: 120_000 });
  }

  beforeAll(async () => {
    const shop = { region: "eu", publicKeyId: "SANDBOX-A", privateKeyEnv: "SHOP_KEY" };
    writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ accounts: { shop } }));
    const [own, dashboard, api] = [await freePort(), await freePort(), await freePort()];
    origin = `https://books.example:${own}`;
    const host = ["--allow-host", `Books.Example:${own}`];
    await stays(/dashboard on/, "dashboard", "--port", String(dashboard), "--token", TOKEN, ...host);
    await stays(/API on/, "api", "--port", String(api));
    const issuer = await memoryCertificates().authority();
    authority = issuer.pair.certificatePem;
    const { certificatePem, pkcs8Pem } = await issuer.issueForServer(["books.example"], systemClock.now());
    writeFileSync(join(folder, "books.example.pem"), certificatePem);
    writeFileSync(join(folder, "books.example.key"), pkcs8Pem, { mode: 0o600 });
    // The file as it is, with this test's ports and files.
    const server = readFileSync(conf, "utf8")
      .replaceAll("/etc/nginx/", `${folder}/`)
      .replace("listen 443", `listen 127.0.0.1:${own}`)
      .replace("8581", String(dashboard))
      .replace("8582", String(api));
    const place = (name: string): string => join(folder, name);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    const main = [
      "daemon off;",
      // Its workers would else be a user who may not enter the test's folder.
      ...(process.getuid?.() === 0 ? ["user root;"] : []),
      `pid ${place("pid")};`,
      "events {}",
      `http { access_log off; ${temporary.map((name) => `${name}_temp_path ${place(name)};`).join(" ")}`,
      server,
      "}",
    ];
    writeFileSync(place("main.conf"), main.join("\n"));
    nginx = spawn("nginx", ["-c", place("main.conf"), "-p", folder, "-e", "stderr"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    browser = await launchChromium(["--host-resolver-rules=MAP books.example 127.0.0.1"]);
    page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    const asked = async (): Promise<void> => expect((await page.goto(`${origin}/settlements`))?.status()).toBe(401);
    await vi.waitFor(asked, { timeout: 120_000 });
  });
  afterAll(async () => {
    await browser?.close();
    nginx?.kill();
    for (const { terminal, done } of running) {
      terminal.stop();
      await done;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it("lets a person sign in and out: forms pass, and the cookie travels by TLS alone", async () => {
    await page.fill('input[name="token"]', TOKEN);
    await page.click('button[type="submit"]');
    await page.waitForURL(`${origin}/settlements`);
    const cookies = await page.context().cookies();
    expect(cookies.map(({ secure, httpOnly, sameSite }) => ({ secure, httpOnly, sameSite }))).toEqual([
      { secure: true, httpOnly: true, sameSite: "Strict" },
    ]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.locator('input[name="token"]').waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });

  /** Asks by TLS that is verified, without a browser. */
  const ask = (method: string, path: string, body: Uint8Array | number = 0): Promise<[number, string]> =>
    new Promise((resolve, reject) => {
      const { port, host, hostname } = new URL(origin);
      const to = { host: "127.0.0.1", port, method, path, ca: authority, servername: hostname, headers: { host } };
      const call = request(to, (answer) => {
        textOf(answer).then((text) => resolve([answer.statusCode ?? 0, text]), reject);
      });
      call.once("error", reject);
      if (typeof body !== "number") call.end(body);
      else if (body === 0) call.end();
      // Only said, not sent: who refuses it need not read it.
      else call.setHeader("content-length", body).flushHeaders();
    });

  it("passes a large statement on, and the API", async () => {
    // What answers is the dashboard, which takes no such form there; a file beyond its limit does not come so far.
    const [, text] = await ask("POST", "/sign-in", new Uint8Array(32 * 1024 * 1024));
    expect(text).not.toContain("nginx");
    const [status, own] = await ask("POST", "/sign-in", 34 * 1024 * 1024);
    expect([status, own.includes("nginx")]).toEqual([413, true]);
    const [refused, words] = await ask("GET", "/v1/settlements");
    expect([refused, JSON.parse(words)]).toEqual([401, expect.anything()]);
  });
});
