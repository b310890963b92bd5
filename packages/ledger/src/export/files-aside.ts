import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { hex, systemRandom } from "@amazon-pay-kit/sdk/random";
import { hasEnded, holderText, isOfThisHost, readHolder, thisHolder } from "../leases/holder.ts";
import { NEXT_FILE } from "./format.ts";

/** What this process is making now. */
const inWork = new Set<string>();

/**
 * Where a file is made before it is put in its place. A name that nobody can foresee is no link that somebody has put there; and
 * it says which process makes it, so that a later export knows what was left behind.
 */
function asideOf(path: string): string {
  const maker = holderText(thisHolder(hex(systemRandom, 8), 0)).replaceAll(":", "-");
  return `${path}.${maker}.part`;
}

/** Whether nobody is at work on a file any more. What another machine makes is left alone. */
function isLeft(place: string, maker: string): boolean {
  const holder = readHolder(maker.replaceAll("-", ":"));
  return hasEnded(holder) || (isOfThisHost(holder) && holder.pid === process.pid && !inWork.has(place));
}

/** Removes what exports to this path have left that were killed, or whose disk failed while they cleaned up. */
async function removeLeft(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `${basename(path)}.`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(start) || !name.endsWith(".part")) continue;
    const place = join(folder, name);
    if (isLeft(place, name.slice(start.length, -".part".length))) await rm(place, { force: true });
  }
}

/** Files that are made aside, and put into place together. */
export class FilesAside {
  readonly #path: string;
  readonly #aside: string[] = [];
  #file: FileHandle | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Makes the first file: one without a line is a file all the same. What earlier exports to this path have left is removed. */
  async begin(): Promise<void> {
    await removeLeft(this.#path);
    await this.write(new Uint8Array());
  }

  async write(piece: Uint8Array | typeof NEXT_FILE): Promise<void> {
    if (piece === NEXT_FILE) {
      await this.#finish();
      return;
    }
    if (this.#file === null) {
      const aside = asideOf(this.#path);
      inWork.add(aside);
      this.#aside.push(aside);
      // Books are for their owner.
      this.#file = await open(aside, "wx", 0o600);
    }
    await this.#file.appendFile(piece);
  }

  async #finish(): Promise<void> {
    await this.#file?.sync();
    await this.#file?.close();
    this.#file = null;
  }

  /** @returns the paths, which say how many files belong together where there are several */
  async intoPlace(): Promise<readonly string[]> {
    await this.#finish();
    const count = this.#aside.length;
    const end = extname(this.#path);
    const stem = end === "" ? this.#path : this.#path.slice(0, -end.length);
    const paths = this.#aside.map((_, index) => (count === 1 ? this.#path : `${stem}-${index + 1}-of-${count}${end}`));
    for (const [index, aside] of this.#aside.entries()) await rename(aside, paths[index] ?? this.#path);
    this.#forget();
    return paths;
  }

  /** After an error, which is what the caller is told: what cannot be removed now is removed by the next export. */
  async abandon(): Promise<void> {
    await this.#file?.close().catch(() => undefined);
    for (const aside of this.#aside) await rm(aside, { force: true }).catch(() => undefined);
    this.#forget();
  }

  #forget(): void {
    for (const aside of this.#aside) inWork.delete(aside);
  }
}
