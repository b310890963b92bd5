import { createHash } from "node:crypto";
import type { Archive, Sidecar } from "./archive.ts";
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

/** What the books know, by path, and which bytes they know under whatever path. */
interface Known {
  readonly files: ReadonlyMap<string, ExpectedFile>;
  readonly hashes: ReadonlySet<string>;
}

async function knownOf(expected: AsyncIterable<ExpectedFile>): Promise<Known> {
  const files = new Map<string, ExpectedFile>();
  for await (const file of expected) files.set(file.path, file);
  return { files, hashes: new Set([...files.values()].map((file) => file.contentHash)) };
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

/**
 * Reads everything in the archive again and compares it with what was kept.
 *
 * @param expected what the books know; without it, files are compared with what lies beside them only
 *
 * @example
 * for await (const { path, findings } of verifyArchive(archive)) for (const { message } of findings) console.error(message);
 */
export async function* verifyArchive(
  archive: Archive,
  expected?: AsyncIterable<ExpectedFile>,
): AsyncGenerator<VerifiedFile> {
  const known = expected === undefined ? undefined : await knownOf(expected);
  const files = new Set<string>();
  const sidecars: string[] = [];
  for await (const { path, kind } of archive.entries()) {
    if (kind === "sidecar") sidecars.push(path);
    else if (kind === "other") {
      const message = "is neither a report nor a description of one; remove it if nobody is writing it";
      yield { path, byteCount: 0, findings: [finding(path, "stray", message)] };
    } else {
      files.add(path);
      yield await verifyFile(archive, path, known?.files.get(path), known);
    }
  }
  for (const path of sidecars) {
    if (files.has(path.slice(0, -".json".length))) continue;
    yield {
      path,
      byteCount: 0,
      findings: [finding(path, "orphan-sidecar", "the file that it describes is not there; restore it from a copy")],
    };
  }
  for (const { path } of known?.files.values() ?? []) {
    if (files.has(path)) continue;
    yield {
      path,
      byteCount: 0,
      findings: [
        finding(path, "missing", "the books know it, the archive does not have it; restore it, or sync again"),
      ],
    };
  }
}
