import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Values kept in memory; a month of a busy account has some ten thousand entries. */
const DEFAULT_IN_MEMORY = 20_000;
/** Characters of them. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/**
 * Values that are given back in order. What follows the first of them goes into a temporary file, so that memory does
 * not grow: formats such as MT940 say at the end of a statement what is needed at its beginning.
 *
 * A value is what JSON can hold; the file can be read by its owner only, and goes with {@link discard}.
 */
export class Spool<T> {
  #memory: T[] = [];
  #characters = 0;
  #lines: string[] = [];
  #written = 0;
  #folder: string | null = null;
  #file: FileHandle | null = null;
  readonly #most: number;

  constructor(most = DEFAULT_IN_MEMORY) {
    this.#most = most;
  }

  /**
   * @param characters about how much text the value holds
   * @returns what to wait for before the next is added, where something is written
   */
  add(value: T, characters: number): Promise<void> | undefined {
    if (this.#written === 0 && this.#memory.length < this.#most && this.#characters < MOST_CHARACTERS) {
      this.#memory.push(value);
      this.#characters += characters;
      return undefined;
    }
    this.#written++;
    this.#lines.push(JSON.stringify(value));
    return this.#lines.length >= 1000 ? this.#write() : undefined;
  }

  async #write(): Promise<void> {
    if (this.#file === null) {
      this.#folder = await mkdtemp(path.join(tmpdir(), "statement-"));
      this.#file = await open(path.join(this.#folder, "entries"), "wx+", 0o600);
    }
    await this.#file.write(`${this.#lines.splice(0).join("\n")}\n`);
  }

  /** Every value, in order; may be asked for again. */
  async *read(): AsyncGenerator<T, void, void> {
    yield* this.#memory;
    if (this.#written === 0) return;
    if (this.#lines.length > 0) await this.#write();
    if (this.#file === null) return;
    for await (const line of this.#file.readLines({ start: 0, autoClose: false })) {
      if (line !== "") yield JSON.parse(line) as T;
    }
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    this.#memory = [];
    this.#lines = [];
    await this.#file?.close();
    this.#file = null;
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}
