import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { createSandbox } from "../service/create-sandbox.ts";
import type { SandboxOptions } from "../service/options.ts";
import type { Sandbox } from "../service/sandbox.ts";
import { listen, type ListenOptions } from "./listen.ts";
import { ListenError } from "./listen-error.ts";
import { readyFileOf, type ReadyFile } from "./ready-file.ts";
import { runTicker } from "./ticker.ts";

/** Options of `startSandbox`. */
export interface StartOptions extends SandboxOptions, ListenOptions {
  /**
   * File that is written when the sandbox accepts calls. One that an earlier sandbox left is taken away first, so that anyone who
   * waits for the file never reads old addresses. Default: none.
   */
  readonly readyFile?: string | undefined;
  /** Address that the notifications of every merchant go to. Default: what each merchant has, at first none. */
  readonly notificationUrl?: string | undefined;
}

/** A running sandbox. */
export interface StartedSandbox {
  readonly sandbox: Sandbox;
  /** What the ready file says. */
  readonly ready: ReadyFile;
  /** Stops listening, ends deliveries, closes the durable state, and removes temporary keys. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox on HTTP and HTTPS.
 *
 * Without `dataDir` the state is in memory; private keys and the authority's certificate then lie in a temporary folder
 * that goes with the sandbox.
 *
 * @example
 * const { ready, close } = await startSandbox({ port: 0, httpsPort: 0, seed: 1 });
 * console.log(ready.http, ready.merchants[0]?.keys[0]?.publicKeyId);
 * @throws ListenError for a taken port, StoreError for a data folder that cannot be used
 */
export async function startSandbox(options: StartOptions = {}): Promise<StartedSandbox> {
  const temporary = options.dataDir === undefined ? mkdtempSync(join(tmpdir(), "apay-sandbox-")) : undefined;
  const earlier = options.readyFile === undefined ? undefined : takeAway(resolve(options.readyFile));
  const undo: (() => void | Promise<void>)[] = [];
  if (temporary !== undefined) {
    undo.push(() => {
      rmSync(temporary, { recursive: true, force: true });
    });
  }
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const sandbox = await createSandbox({ ...options, ...(temporary === undefined ? {} : { keyDir: temporary }) });
    undo.push(() => sandbox.close());
    if (options.notificationUrl !== undefined) {
      for (const { merchantId } of sandbox.merchants)
        await sandbox.control("POST", `/merchants/${merchantId}`, { notificationUrl: options.notificationUrl });
    }
    const listening = await listen(sandbox, options);
    undo.push(() => listening.close());
    undo.push(runTicker(sandbox, options.clock ?? systemClock, options.logger));
    const ready = readyFileOf(sandbox, listening, resolve(options.dataDir ?? temporary ?? "."));
    if (options.readyFile !== undefined) writeReadyFile(resolve(options.readyFile), ready);
    return { sandbox, ready, close };
  } catch (error) {
    await close();
    // It may be that of a sandbox that runs, on the port that is taken.
    earlier?.putBack();
    throw error;
  }
}

/** Takes away the ready file of an earlier sandbox. What is no file is left for the writing to complain about. */
function takeAway(path: string): { readonly putBack: () => void } | undefined {
  try {
    const text = readFileSync(path);
    rmSync(path);
    return {
      putBack: () => {
        writeFileSync(path, text, { mode: 0o600 });
      },
    };
  } catch {
    return undefined;
  }
}

/** Whole or not at all: anyone who waits for the file must not read half of it. */
function writeReadyFile(path: string, ready: ReadyFile): void {
  const temporary = join(dirname(path), `.${process.pid}.ready`);
  try {
    writeFileSync(temporary, `${JSON.stringify(ready)}\n`, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new ListenError("server.cannot-listen", `cannot write the ready file ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
