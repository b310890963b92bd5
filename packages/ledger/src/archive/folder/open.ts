import { createHash } from "node:crypto";
import { createReadStream, type Dirent } from "node:fs";
import { access, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { DAY } from "@amazon-pay-kit/money";
import { type Clock, systemClock } from "@amazon-pay-kit/sdk/clock";
import { hex, systemRandom, type Random } from "@amazon-pay-kit/sdk/random";
import type { Archive, ArchivedReport, ArchiveEntry, EntryScope, KeptFile, Receipt, Sidecar } from "../archive.ts";
import { ArchiveError } from "../errors.ts";
import { extensionOf, kindOfPath, placeOf, sidecarPathOf, variantOf } from "../place.ts";
import { readSidecar, sidecarText, withReport } from "../sidecar.ts";
import { makeFolder, moveInto, writeWhole } from "./durable.ts";

/** How to open an archive in a folder. */
export interface FolderArchiveOptions {
  /** Source of the names of half-written files. Default: the machine's. */
  readonly random?: Random;
  /** By which half-written files are found old. Default: the machine's, which also stamps files. */
  readonly clock?: Clock;
}

const HALF_WRITTEN = ".incoming";
const PIECE = 256 * 1024;

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

class FolderArchive implements Archive {
  readonly #root: string;
  readonly #random: Random;

  constructor(root: string, random: Random) {
    this.#root = root;
    this.#random = random;
  }

  async receive(bytes: AsyncIterable<Uint8Array>): Promise<Receipt> {
    const temporary = this.#temporary();
    await makeFolder(join(this.#root, HALF_WRITTEN));
    const hash = createHash("sha256");
    const first = new Uint8Array(4);
    let byteCount = 0;
    const handle = await open(temporary, "wx", 0o600);
    try {
      for await (const piece of bytes) {
        if (byteCount < first.length) first.set(piece.subarray(0, first.length - byteCount), byteCount);
        hash.update(piece);
        byteCount += piece.length;
        await handle.writeFile(piece);
      }
      await handle.sync();
    } catch (error) {
      // The first error is the one that says what is wrong; what cannot be removed now is swept later.
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
    await handle.close();
    const contentHash = hash.digest("hex");
    let kept = false;
    return {
      contentHash,
      byteCount,
      keep: async (owner, report) => {
        const file = await this.#keep(
          temporary,
          { ...owner, version: 1, contentHash, byteCount, reports: [report] },
          extensionOf(first),
        );
        kept = true;
        return file;
      },
      discard: async () => {
        if (!kept) await rm(temporary, { force: true });
      },
    };
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    const stream = createReadStream(this.#absolute(path), { highWaterMark: PIECE });
    try {
      for await (const piece of stream) yield piece as Uint8Array;
    } catch (error) {
      if (!isMissing(error)) throw error;
      throw new ArchiveError("archive.missing", `${path} is not in the archive ${this.#root}: restore it from a copy`, {
        cause: error,
      });
    }
  }

  async describe(path: string): Promise<Sidecar | undefined> {
    const beside = sidecarPathOf(path);
    try {
      return readSidecar(beside, await readFile(this.#absolute(beside), "utf8"));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async link(path: string, report: ArchivedReport): Promise<void> {
    const sidecar = await this.describe(path);
    if (sidecar === undefined)
      throw new ArchiveError("archive.missing", `there is nothing beside ${path} in the archive ${this.#root}`);
    const linked = withReport(sidecar, report);
    if (linked !== sidecar) await this.#describeAs(path, linked);
  }

  async *entries({ folder = "", after = "" }: EntryScope = {}): AsyncGenerator<ArchiveEntry> {
    for await (const entry of this.#entriesOf(folder)) if (entry.path > after) yield entry;
  }

  async *#entriesOf(folder: string): AsyncGenerator<ArchiveEntry> {
    let names;
    try {
      names = await readdir(join(this.#root, folder), { withFileTypes: true });
    } catch (error) {
      if (isMissing(error)) return;
      throw error;
    }
    // As the paths go, in which a folder's name goes on with a stroke: "a-b/" comes before "a/".
    const sortKey = (name: Dirent): string => (name.isDirectory() ? `${name.name}/` : name.name);
    for (const name of names.sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1))) {
      // What is half written, or was left so by a process that was killed, is of no concern to anybody else.
      if (folder === "" && name.name === HALF_WRITTEN) continue;
      const path = folder === "" ? name.name : `${folder}/${name.name}`;
      if (name.isDirectory()) yield* this.#entriesOf(path);
      else yield { path, kind: kindOfPath(path) };
    }
  }

  async #keep(temporary: string, sidecar: Sidecar, extension: string): Promise<KeptFile> {
    const [report] = sidecar.reports as readonly [ArchivedReport];
    const place = placeOf(sidecar, report);
    const first = `${place}${extension}`;
    const there = await this.#hashAt(first);
    const path =
      there === undefined || there === sidecar.contentHash
        ? first
        : `${variantOf(place, sidecar.contentHash)}${extension}`;
    if ((await this.#hashAt(path)) === sidecar.contentHash) await rm(temporary, { force: true });
    else await moveInto(temporary, this.#absolute(path));
    // A file whose sidecar is missing was kept by a process that died in between: this one finishes its work.
    const known = await this.describe(path);
    await this.#describeAs(path, known === undefined ? sidecar : withReport(known, report));
    return { path, differsFrom: path === first ? null : first };
  }

  async #hashAt(path: string): Promise<string | undefined> {
    try {
      await access(this.#absolute(path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    const hash = createHash("sha256");
    for await (const piece of this.read(path)) hash.update(piece);
    return hash.digest("hex");
  }

  async #describeAs(path: string, sidecar: Sidecar): Promise<void> {
    await writeWhole(this.#temporary(), this.#absolute(sidecarPathOf(path)), sidecarText(sidecar));
  }

  #temporary(): string {
    return join(this.#root, HALF_WRITTEN, hex(this.#random, 12));
  }

  #absolute(path: string): string {
    const parts = path.split("/");
    if (path.includes("\\") || parts.some((part) => part === "" || part === "." || part === "..")) {
      throw new ArchiveError("archive.bad-path", `${JSON.stringify(path)} is not a path inside the archive`);
    }
    return join(this.#root, parts.join(sep));
  }
}

/** Removes what processes that were killed left half written; a day is longer than any download takes. */
async function tidy(folder: string, clock: Clock): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const age = clock.now() - (await stat(path)).mtimeMs;
    if (age > DAY) await rm(path, { force: true });
  }
}

/**
 * Opens an archive in a folder, which is made if missing.
 *
 * Files are written beside the tree, synced to the disk, and put in place in one step, so that no half file is ever seen.
 *
 * @throws ArchiveError `archive.cannot-write`
 */
export async function openFolderArchive(root: string, options: FolderArchiveOptions = {}): Promise<Archive> {
  try {
    await makeFolder(join(root, HALF_WRITTEN));
    await tidy(join(root, HALF_WRITTEN), options.clock ?? systemClock);
  } catch (cause) {
    throw new ArchiveError(
      "archive.cannot-write",
      `cannot make the archive folder ${root}: ${(cause as Error).message}`,
      { cause },
    );
  }
  return new FolderArchive(root, options.random ?? systemRandom);
}
