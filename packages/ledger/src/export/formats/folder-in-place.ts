import { chmod, mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolders } from "@amazon-pay-kit/backports";

/** Files of a folder that are made aside and put into place together, or not at all. */
export class FolderInPlace {
  readonly #folder: string;
  readonly #aside: string;
  readonly #paths: string[] = [];

  /** @param name of what is written, so that two exports into one folder do not meet */
  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#aside = join(folder, `.${name}.part`);
  }

  /** Clears away what an export that died has left. */
  async begin(): Promise<void> {
    await rm(this.#aside, { recursive: true, force: true });
    await makeFolders(dirname(this.#aside));
    // Not there any more, or somebody else has just made it; and nobody else may put anything into it.
    await mkdir(this.#aside, { mode: 0o700 });
  }

  /** @returns where to write the file that will be at this path below the folder */
  async place(path: string): Promise<string> {
    const file = join(this.#aside, path);
    await makeFolders(dirname(file));
    this.#paths.push(path);
    return file;
  }

  /**
   * Puts the files into place.
   *
   * @param whole folders below the folder that hold nothing else from now on: files of an earlier export are removed
   */
  async finish(whole: readonly string[]): Promise<readonly string[]> {
    const kept = new Set(this.#paths);
    for (const path of this.#paths) {
      await makeFolders(dirname(join(this.#folder, path)));
      // Books are for their owner.
      await chmod(join(this.#aside, path), 0o600);
      await rename(join(this.#aside, path), join(this.#folder, path));
    }
    for (const part of whole) await this.#removeOthers(part, kept);
    await rm(this.#aside, { recursive: true, force: true });
    return this.#paths;
  }

  /** After an error, which is what the caller is told: what cannot be removed now is removed by the next export. */
  async abandon(): Promise<void> {
    await rm(this.#aside, { recursive: true, force: true }).catch(() => undefined);
  }

  async #removeOthers(path: string, kept: ReadonlySet<string>): Promise<void> {
    const entries = await readdir(join(this.#folder, path), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const below = join(path, entry.name);
      if (entry.isDirectory()) await this.#removeOthers(below, kept);
      else if (entry.name.endsWith(".parquet") && !kept.has(below)) await rm(join(this.#folder, below));
    }
    // Only where nothing is left in it.
    await rmdir(join(this.#folder, path)).catch(() => undefined);
  }
}
