import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { payWithAmazon } from "@amazon-pay-kit/sandbox/playwright";
import { browserTestsRun, launchChromium } from "../../../packages/sandbox/src/checkout/testing/chromium.ts";
import { blocksOf, root, type Block } from "../pages.ts";
import { openRegistry, type Registry } from "./registry.ts";

const PAGE = "docs/quick-start.md";
/** Commands that stay, by what their terminal says when they have begun. */
const STAYS: readonly (readonly [command: RegExp, begun: RegExp])[] = [
  [/^npx @amazon-pay-kit\/sandbox/, /Ctrl-C ends it/],
  [/^node shop\.mjs/, /^open /m],
];

const home = mkdtempSync(join(tmpdir(), "apay-quick-start-"));
const folder = join(home, "empty");
const staying: ChildProcess[] = [];
let registry: Registry;
let env: NodeJS.ProcessEnv;
let port: number;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  // The packages are packed from what the build made; `npm test` builds first.
  for (const name of ["sdk", "sandbox"])
    if (!existsSync(join(root, `packages/${name}/dist/index.js`)))
      throw new Error("the packages are not built: npm run build");
  registry = await openRegistry();
  port = await freePort();
  mkdirSync(folder);
  env = {
    PATH: process.env["PATH"],
    HOME: home,
    npm_config_registry: registry.url,
    npm_config_cache: join(home, "npm"),
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    npm_config_yes: "true",
  };
});

afterAll(async () => {
  for (const { pid } of staying) {
    try {
      // The whole group: npx starts the sandbox as a process of its own.
      if (pid !== undefined) process.kill(-pid, "SIGTERM");
    } catch {
      // It has ended by itself.
    }
  }
  await registry.close();
  rmSync(home, { recursive: true, force: true });
});

/** What a command that stays has written so far. */
interface Terminal {
  text: string;
}

const terminals: Record<string, Terminal> = {};

/** Any free port will do: those of the page may be taken on this machine. */
const onFreePorts = (text: string): string =>
  text
    .replaceAll("localhost:3000", `localhost:${port}`)
    .replaceAll("listen(3000", `listen(${port}`)
    .replace(/^(npx @amazon-pay-kit\/sandbox .*)$/m, "$1 --port 0 --https-port 0");

async function stay(command: string, begun: RegExp): Promise<void> {
  const terminal: Terminal = { text: "" };
  terminals[command.split(" ").slice(0, 2).join(" ")] = terminal;
  const child = spawn("sh", ["-c", onFreePorts(command)], { cwd: folder, env, detached: true });
  staying.push(child);
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (piece: Buffer) => {
        terminal.text += piece.toString();
        if (begun.test(terminal.text)) resolve();
      });
    child.once("close", (status) => reject(new Error(`${command} ended with ${status}: ${terminal.text}`)));
  });
}

async function follow({ language, code }: Block): Promise<void> {
  if (language === "js") {
    const name = /^\/\/ ([\w.]+\.mjs)\n/.exec(code)?.[1];
    if (name === undefined) throw new Error("a program of this page begins with the name to save it under");
    writeFileSync(join(folder, name), onFreePorts(code));
    return;
  }
  for (const command of code.trim().split("\n")) {
    const begun = STAYS.find(([stays]) => stays.test(command))?.[1];
    if (begun !== undefined) {
      await stay(command, begun);
      continue;
    }
    const child = spawn("sh", ["-c", command], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    const status = await ended;
    expect([command, status, status === 0 ? "" : out + err]).toEqual([command, 0, ""]);
  }
}

it("a reader with an empty folder has a paid order", async () => {
  const blocks = blocksOf(PAGE);
  expect(blocks.map(({ language }) => language)).toEqual(["sh", "sh", "js", "sh", "js", "sh"]);
  const [install, sandbox, shop, start, ...tests] = blocks as [Block, Block, Block, Block, ...Block[]];
  for (const block of [install, sandbox, shop, start]) await follow(block);
  const running = terminals["node shop.mjs"]!;

  if (browserTestsRun()) {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const buy = async (card: string): Promise<string | null> => {
        await page.goto(`http://localhost:${port}`);
        await payWithAmazon(page, { card, review: () => page.getByRole("link", { name: "Pay 14.90 USD" }).click() });
        return page.locator("h1").textContent();
      };
      expect(await buy("1111")).toBe("Paid. Thank you!");
      await expect.poll(() => running.text).toMatch(/^order-1: captured$/m);
      await expect.poll(() => running.text).toMatch(/^notified: \S+ Captured$/m);
      expect(await buy("3434")).toBe("Not paid: Declined");
    } finally {
      await browser.close();
    }
  }
  for (const block of tests) await follow(block);
}, 900_000);
