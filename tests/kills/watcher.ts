import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const APAY = fileURLToPath(new URL("./apay.mjs", import.meta.url));

/** `apay sync --watch` as a process of its own, and what it has said. */
export class Watcher {
  readonly #child: ChildProcess;
  #words = "";

  constructor(folder: string, environment: Readonly<Record<string, string>>) {
    const args = ["sync", "--watch", "--every", "0.02", "--take-over", "1", "--json"];
    this.#child = spawn(process.execPath, [APAY, ...args], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#child.stderr?.on("data", (text: Buffer) => {
      this.#words = `${this.#words}${text.toString()}`.slice(-4000);
    });
  }

  get words(): string {
    return this.#words;
  }

  /** What its latest look brought, in its own words; null before the first one. */
  get brought(): string | null {
    return (
      this.#words
        .trimEnd()
        .split("\n")
        .findLast((line) => line.includes("next look")) ?? null
    );
  }

  /** Whether one of its sources waits for a quota. */
  get waits(): boolean {
    return /^waits for \d+ ms$/m.test(this.#words);
  }

  get isGone(): boolean {
    return this.#child.exitCode !== null;
  }

  /** Kills it as a power cut would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null) throw new Error(`the watch ended by itself:\n${this.#words}`);
    this.#child.kill("SIGKILL");
    await once(this.#child, "exit");
  }

  /** Asks it to end. @returns its exit status */
  async stop(): Promise<number | null> {
    this.#child.kill("SIGTERM");
    const [status] = (await once(this.#child, "exit")) as [number | null];
    return status;
  }
}
