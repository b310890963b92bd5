import { spawn, type ChildProcess } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { expect } from "vitest";
import { root, type Block } from "../pages.ts";
import type { Registry } from "./registry.ts";

/** Commands that stay, by what their terminal says when they have begun. */
const STAYS: readonly (readonly [command: RegExp, begun: RegExp])[] = [
  [/^npx @amazon-pay-kit\/sandbox/, /Ctrl-C ends it/],
  [/^(node shop\.mjs|(\w+=\S+ )*npm start)/, /^open /m],
];

/** Somebody who follows a page to the letter, in a folder of their own. */
export interface Reader {
  /** Where they work. */
  readonly folder: string;
  /** Stands for the port 3000 of the page, which may be taken on this machine. */
  readonly port: number;
  /** Does what a block says: runs its commands, or saves the program under the name that it begins with. */
  follow(block: Block): Promise<void>;
  /** What a command prints that is expected to end well. */
  run(command: string): Promise<string>;
  /** What the command that stays has written so far, by how it begins. */
  printed(command: string): string;
  close(): void;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The packages are packed from what the build made; `npm test` builds first. */
export function mustBeBuilt(): void {
  for (const name of ["sdk", "sandbox"])
    if (!existsSync(join(root, `packages/${name}/dist/index.js`)))
      throw new Error("the packages are not built: npm run build");
}

/** @param files what lies in the folder at the start, as paths of this repository below `from` */
export async function openReader(
  registry: Registry,
  { from = "", files = [] }: { readonly from?: string; readonly files?: readonly string[] } = {},
): Promise<Reader> {
  const home = mkdtempSync(join(tmpdir(), "apay-reader-"));
  const folder = join(home, "empty");
  mkdirSync(folder);
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, from, file), join(folder, file));
  }
  const port = await freePort();
  const env: NodeJS.ProcessEnv = {
    PATH: process.env["PATH"],
    HOME: home,
    PORT: String(port),
    npm_config_registry: registry.url,
    npm_config_cache: join(home, "npm"),
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    npm_config_yes: "true",
  };
  const staying: ChildProcess[] = [];
  const terminals: { readonly command: string; text: string }[] = [];
  const onFreePorts = (text: string): string =>
    text
      .replaceAll("localhost:3000", `localhost:${port}`)
      .replaceAll("listen(3000", `listen(${port}`)
      .replace(/^(npx @amazon-pay-kit\/sandbox .*)$/m, "$1 --port 0 --https-port 0");

  const stay = async (command: string, begun: RegExp): Promise<void> => {
    const terminal = { command, text: "" };
    terminals.push(terminal);
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
  };

  const run = async (command: string): Promise<string> => {
    const child = spawn("sh", ["-c", onFreePorts(command)], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    const status = await ended;
    expect([command, status, status === 0 ? "" : out + err]).toEqual([command, 0, ""]);
    return out;
  };

  return {
    folder,
    port,
    run,
    printed: (command) => terminals.find((terminal) => terminal.command.startsWith(command))?.text ?? "",
    async follow({ language, code }) {
      if (language === "js") {
        const name = /^\/\/ ([\w.]+\.mjs)\n/.exec(code)?.[1];
        if (name === undefined) throw new Error("a program of this page begins with the name to save it under");
        writeFileSync(join(folder, name), onFreePorts(code));
        return;
      }
      for (const command of code.trim().split("\n")) {
        const begun = STAYS.find(([stays]) => stays.test(command))?.[1];
        if (begun === undefined) await run(command);
        else await stay(command, begun);
      }
    },
    close() {
      for (const { pid } of staying) {
        try {
          // The whole group: npx starts the sandbox as a process of its own.
          if (pid !== undefined) process.kill(-pid, "SIGTERM");
        } catch {
          // It has ended by itself.
        }
      }
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
