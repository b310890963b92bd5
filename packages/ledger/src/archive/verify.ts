import { createHash } from "node:crypto";
import type { Archive, EntryScope, Sidecar } from "./archive.ts";
import { ArchiveError } from "./errors.ts";
import { sidecarPathOf } from "./place.ts";

/** What the books say of a file in the archive. */
export interface ExpectedFile {
  readonly path: string;
  readonly contentHash: string;
  readonly byteCount: number;
}

/** What is wrong with something in the archive. */
export type ArchiveProblem =
  /** The books know the file, the archive does not have it. */
  | "missing"
  /** The bytes are not those that were kept. */
  | "altered"
  /** A file with nothing beside it. */
  | "orphan-file"
  /** A description of a file that is not there. */
  | "orphan-sidecar"
  /** A description that cannot be read. */
  | "damaged-sidecar"
  /** The archive has the file, the books do not know it. */
  | "unknown-to-books"
  /** Neither a file nor a description: half written, or put there by somebody. */
  | "stray";

/** One finding. */
export interface ArchiveFinding {
  readonly path: string;
  readonly problem: ArchiveProblem;
  readonly message: string;
}

/** One object that was looked at. */
export interface VerifiedFile {
  readonly path: string;
  readonly byteCount: number;
  /** Empty when all is well. */
  readonly findings: readonly ArchiveFinding[];
}

async function hashOf(
  archive: Archive,
  path: string,
): Promise<{ readonly contentHash: string; readonly byteCount: number }> {
  const hash = createHash("sha256");
  let byteCount = 0;
  for await (const piece of archive.read(path)) {
    hash.update(piece);
    byteCount += piece.length;
  }
  return { contentHash: hash.digest("hex"), byteCount };
}

async function sidecarOf(archive: Archive, path: string): Promise<Sidecar | "none" | "damaged"> {
  try {
    return (await archive.describe(path)) ?? "none";
  } catch (error) {
    if (error instanceof ArchiveError && error.code === "archive.damaged-sidecar") return "damaged";
    throw error;
  }
}

function finding(path: string, problem: ArchiveProblem, message: string): ArchiveFinding {
  return { path, problem, message: `${path}: ${message}` };
}

/** What the books know, folder by folder: no more than one account's files are held at a time. */
export interface KnownFiles {
  /** Folders at the top of which the books know files, in any order. */
  readonly folders: readonly string[];
  /** The files of one of them, in any order. */
  readonly of: (folder: string) => AsyncIterable<ExpectedFile>;
}

/** What the books know of one folder: by path, in the order of the paths, and which bytes they know under whatever path. */
interface Known {
  readonly files: ReadonlyMap<string, ExpectedFile>;
  readonly paths: readonly string[];
  readonly hashes: ReadonlySet<string>;
}

const NOTHING: Known = { files: new Map(), paths: [], hashes: new Set() };

async function knownOf(expected: AsyncIterable<ExpectedFile>): Promise<Known> {
  const files = new Map<string, ExpectedFile>();
  for await (const file of expected) files.set(file.path, file);
  const hashes = new Set([...files.values()].map((file) => file.contentHash));
  return { files, paths: [...files.keys()].sort(), hashes };
}

async function verifyFile(
  archive: Archive,
  path: string,
  expected: ExpectedFile | undefined,
  known: Known | undefined,
): Promise<VerifiedFile> {
  const { contentHash, byteCount } = await hashOf(archive, path);
  const sidecar = await sidecarOf(archive, path);
  const findings: ArchiveFinding[] = [];
  if (sidecar === "none")
    findings.push(finding(path, "orphan-file", "nothing says what it is; sync again, which completes it"));
  else if (sidecar === "damaged")
    findings.push(
      finding(sidecarPathOf(path), "damaged-sidecar", "cannot be read; restore it, or delete it and sync again"),
    );
  const reference = expected ?? (typeof sidecar === "string" ? undefined : sidecar);
  if (reference !== undefined && reference.contentHash !== contentHash) {
    const was = `it was kept with ${reference.byteCount} bytes, SHA-256 ${reference.contentHash}, and has ${byteCount} bytes, ${contentHash}`;
    findings.push(finding(path, "altered", `${was}; restore it from a copy`));
  } else if (expected !== undefined && typeof sidecar !== "string" && sidecar.contentHash !== expected.contentHash) {
    findings.push(finding(sidecarPathOf(path), "altered", "says another hash than the books; restore it from a copy"));
  }
  // The same bytes that were delivered under two names may be there twice; the books know them under one.
  if (known !== undefined && expected === undefined && !known.hashes.has(contentHash)) {
    findings.push(
      finding(path, "unknown-to-books", "the books do not know it; sync again, or load it with apay archive load"),
    );
  }
  return { path, byteCount, findings };
}

const SIDECAR = ".json";

function folderOfPath(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

function missingFile(path: string): VerifiedFile {
  const message = "the books know it, the archive does not have it; restore it, or sync again";
  return { path, byteCount: 0, findings: [finding(path, "missing", message)] };
}

/** One folder at the top, while its entries come in the order of their paths. */
class FolderCheck {
  readonly folder: string;
  readonly #known: Known;
  readonly #after: string;
  readonly #seen = new Set<string>();
  /** How far the files that the books know have come. */
  #next = 0;

  constructor(folder: string, known: Known, after: string) {
    this.folder = folder;
    this.#known = known;
    this.#after = after;
  }

  see(path: string): void {
    this.#seen.add(path);
  }

  hasSeen(path: string): boolean {
    // What was looked at before the place where this begins is not missing.
    return this.#seen.has(path) || path <= this.#after;
  }

  /** What the books know before a path and the archive did not have; at the end, before the end. */
  *missingBefore(path?: string): Generator<VerifiedFile> {
    const { paths } = this.#known;
    for (; this.#next < paths.length; this.#next += 1) {
      const expected = paths[this.#next] ?? "";
      if (path !== undefined && expected >= path) return;
      if (!this.hasSeen(expected)) yield missingFile(expected);
    }
  }
}

/** What the books know, one folder after the other, in the order of the paths. */
class Expected {
  readonly #books: KnownFiles;
  readonly #folders: readonly string[];
  #next = 0;

  constructor(books: KnownFiles, { folder, after = "" }: EntryScope) {
    this.#books = books;
    const behind = (one: string): boolean => `${one}/` >= `${folderOfPath(after)}/`;
    this.#folders = books.folders
      .filter((one) => (folder === undefined || one === folder) && (after === "" || behind(one)))
      .toSorted((left, right) => (`${left}/` < `${right}/` ? -1 : 1));
  }

  /** Folders before this one of which the archive has nothing; at the end, all that are left. */
  *passed(folder?: string): Generator<string> {
    for (; this.#next < this.#folders.length; this.#next += 1) {
      const one = this.#folders[this.#next] ?? "";
      if (folder !== undefined && `${one}/` >= `${folder}/`) {
        if (one === folder) this.#next += 1;
        return;
      }
      yield one;
    }
  }

  known(folder: string): Promise<Known> {
    return this.#folders.includes(folder) ? knownOf(this.#books.of(folder)) : Promise.resolve(NOTHING);
  }
}

/**
 * Reads everything in the archive again and compares it with what was kept, in the order of the paths: whoever stops may go on
 * behind the last path that came.
 *
 * @param books what the books know; without it, files are compared with what lies beside them only
 * @param scope a part of the archive. Default: all of it
 *
 * @example
 * for await (const { path, findings } of verifyArchive(archive)) for (const { message } of findings) console.error(message);
 */
export async function* verifyArchive(
  archive: Archive,
  books?: KnownFiles,
  scope: EntryScope = {},
): AsyncGenerator<VerifiedFile> {
  const expected = new Expected(books ?? { folders: [], of: async function* () {} }, scope);
  const { after = "" } = scope;
  const open = async (folder: string): Promise<readonly [FolderCheck, Known]> => {
    const known = await expected.known(folder);
    return [new FolderCheck(folder, known, after), known];
  };
  async function* absent(folders: Iterable<string>): AsyncGenerator<VerifiedFile> {
    for (const folder of folders) yield* (await open(folder))[0].missingBefore();
  }
  let [check, known]: readonly [FolderCheck | undefined, Known] = [undefined, NOTHING];
  for await (const { path, kind } of archive.entries(scope)) {
    const folder = folderOfPath(path);
    if (check?.folder !== folder) {
      yield* check?.missingBefore() ?? [];
      // A file beside the folders says nothing of which folders there are.
      if (folder !== "") yield* absent(expected.passed(folder));
      [check, known] = await open(folder);
    }
    yield* check.missingBefore(path);
    if (kind === "sidecar") {
      if (check.hasSeen(path.slice(0, -SIDECAR.length))) continue;
      const message = "the file that it describes is not there; restore it from a copy";
      yield { path, byteCount: 0, findings: [finding(path, "orphan-sidecar", message)] };
    } else if (kind === "other") {
      const message = "is neither a report nor a description of one; remove it if nobody is writing it";
      yield { path, byteCount: 0, findings: [finding(path, "stray", message)] };
    } else {
      check.see(path);
      yield await verifyFile(archive, path, known.files.get(path), books === undefined ? undefined : known);
    }
  }
  yield* check?.missingBefore() ?? [];
  yield* absent(expected.passed());
}
