import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hex, type Random, systemRandom } from "@amazon-pay-kit/sdk/random";
import type { Archive, ArchivedReport, ArchiveEntry, EntryScope, KeptFile, Receipt, Sidecar } from "../archive.ts";
import { ArchiveError } from "../errors.ts";
import { extensionOf, kindOfPath, placeOf, sidecarPathOf, variantOf } from "../place.ts";
import { readSidecar, sidecarText, withReport } from "../sidecar.ts";
import { s3Client, s3Module, type S3Reach } from "./client.ts";
import { type Condition, isConflict, isMissing, type ObjectBytes, Objects } from "./objects.ts";

/** Bytes on their way, hashed; where they go is known only when all of them are there. */
export interface Spooled extends ObjectBytes {
  /** The first bytes, by which packed files are known. */
  readonly first: Uint8Array;
  release(): Promise<void>;
}

/** Up to here bytes wait in memory, beyond it in a file. */
const IN_MEMORY = 8 * 1024 * 1024;
const CONTENT_TYPE = "application/octet-stream";

/**
 * Takes bytes in and hashes them on the way: small ones in memory, large ones in a temporary file.
 *
 * @throws what the bytes throw; then nothing is left
 */
async function spool(bytes: AsyncIterable<Uint8Array>, folder: string, random: Random): Promise<Spooled> {
  const sha256 = createHash("sha256");
  const md5 = createHash("md5");
  const parts: Uint8Array[] = [];
  const path = join(folder, `apay-spool-${hex(random, 12)}`);
  let file: FileHandle | undefined;
  let byteCount = 0;
  const release = (): Promise<void> => rm(path, { force: true });
  try {
    for await (const piece of bytes) {
      sha256.update(piece);
      md5.update(piece);
      byteCount += piece.length;
      parts.push(piece.slice());
      if (byteCount <= IN_MEMORY) continue;
      file ??= await open(path, "wx", 0o600);
      for (const part of parts.splice(0)) await file.writeFile(part);
    }
    await file?.close();
  } catch (error) {
    await file?.close().catch(() => {});
    await release();
    throw error;
  }
  const whole = file === undefined ? new Uint8Array(Buffer.concat(parts)) : undefined;
  const first = whole?.subarray(0, 4) ?? (await firstOf(path));
  return {
    body: whole ?? (() => createReadStream(path)),
    byteCount,
    sha256: sha256.digest("hex"),
    md5: md5.digest("base64"),
    contentType: CONTENT_TYPE,
    first,
    release,
  };
}

async function firstOf(path: string): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A text with its sums. */
function textBytes(text: string): ObjectBytes {
  const body = new TextEncoder().encode(text);
  return {
    body,
    byteCount: body.length,
    sha256: createHash("sha256").update(body).digest("hex"),
    md5: createHash("md5").update(body).digest("base64"),
    contentType: "application/json",
  };
}

/** How to open an archive on S3-compatible storage. */
export interface S3ArchiveOptions extends S3Reach {
  readonly bucket: string;
  /** Put before every name: `books/`. Default: nothing. */
  readonly prefix?: string | undefined;
  /** Folder in which large files wait for their upload. Default: the machine's for temporary files. */
  readonly spoolDir?: string | undefined;
  /** Source of the names of temporary files. Default: the machine's. */
  readonly random?: Random | undefined;
}

/** An archive on storage elsewhere. */
export interface S3Archive extends Archive {
  /** Closes the connections. */
  close(): void;
}

/** How often a write is tried anew when others change the same object. */
const TRIES = 20;

class ObjectArchive implements S3Archive {
  readonly #objects: Objects;
  readonly #spoolDir: string;
  readonly #random: Random;

  constructor(objects: Objects, spoolDir: string, random: Random) {
    this.#objects = objects;
    this.#spoolDir = spoolDir;
    this.#random = random;
  }

  async receive(bytes: AsyncIterable<Uint8Array>): Promise<Receipt> {
    const spooled = await spool(bytes, this.#spoolDir, this.#random);
    const { sha256: contentHash, byteCount } = spooled;
    return {
      contentHash,
      byteCount,
      keep: async (owner, report) => {
        const file = await this.#keep(spooled, { ...owner, version: 1, contentHash, byteCount, reports: [report] });
        await spooled.release();
        return file;
      },
      discard: () => spooled.release(),
    };
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#objects.read(checked(path));
    } catch (error) {
      if (!isMissing(error)) throw error;
      throw new ArchiveError(
        "archive.missing",
        `${path} is not in the archive ${this.#objects.name}: restore it from a copy`,
        { cause: error },
      );
    }
  }

  async describe(path: string): Promise<Sidecar | undefined> {
    return (await this.#described(path))?.sidecar;
  }

  async link(path: string, report: ArchivedReport): Promise<void> {
    const linked = await this.#describeAs(path, (known) =>
      known === undefined ? undefined : withReport(known, report),
    );
    if (!linked)
      throw new ArchiveError("archive.missing", `there is nothing beside ${path} in the archive ${this.#objects.name}`);
  }

  async *entries(scope: EntryScope = {}): AsyncGenerator<ArchiveEntry> {
    for await (const path of this.#objects.paths(scope)) yield { path, kind: kindOfPath(path) };
  }

  close(): void {
    this.#objects.close();
  }

  async #keep(spooled: Spooled, sidecar: Sidecar): Promise<KeptFile> {
    const [report] = sidecar.reports as readonly [ArchivedReport];
    const place = placeOf(sidecar, report);
    const extension = extensionOf(spooled.first);
    const first = `${place}${extension}`;
    const path = await this.#place(spooled, first, `${variantOf(place, sidecar.contentHash)}${extension}`);
    // A file whose sidecar is missing was kept by a process that died in between: this one finishes its work.
    await this.#describeAs(path, (known) => (known === undefined ? sidecar : withReport(known, report)));
    return { path, differsFrom: path === first ? null : first };
  }

  /** Puts the bytes at the first place, or beside it when other bytes are there, even when another process does the same at this moment. */
  async #place(spooled: Spooled, first: string, variant: string): Promise<string> {
    for (const path of [first, variant]) {
      const there = await this.#there(path);
      if (there !== undefined && isWhole(there, spooled)) return path;
      const begun = there !== undefined && (await isBeginning(there, spooled));
      if (there !== undefined && path === first && !begun) continue;
      // What lies at a variant's place under another hash was damaged: its name has the hash. It is put right.
      const damaged = there !== undefined && !begun;
      const condition: Condition | undefined =
        there === undefined
          ? { ifNoneMatch: "*" }
          : damaged || there.etag === undefined
            ? undefined
            : { ifMatch: there.etag };
      try {
        await this.#objects.write(path, spooled, condition);
        return path;
      } catch (error) {
        if (!isConflict(error)) throw error;
        const meanwhile = await this.#there(path);
        if (meanwhile !== undefined && isWhole(meanwhile, spooled)) return path;
      }
    }
    throw new ArchiveError("archive.cannot-write", `${variant} is being written by somebody else: try again`);
  }

  async #there(path: string): Promise<There | undefined> {
    const facts = await this.#objects.facts(path);
    if (facts === undefined) return undefined;
    const { etag, byteCount, contentHash } = facts;
    if (contentHash !== undefined) return { etag, byteCount, contentHash };
    const hash = createHash("sha256");
    for await (const piece of this.#objects.read(path)) hash.update(piece);
    return { etag, byteCount, contentHash: hash.digest("hex") };
  }

  async #described(
    path: string,
  ): Promise<{ readonly sidecar: Sidecar; readonly etag: string | undefined } | undefined> {
    const beside = sidecarPathOf(checked(path));
    try {
      const { text, etag } = await this.#objects.text(beside);
      return { sidecar: readSidecar(beside, text), etag };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Changes a description only if it is still what was read, so that of two reports that link a file none is forgotten. */
  async #describeAs(path: string, change: (known: Sidecar | undefined) => Sidecar | undefined): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      const known = await this.#described(path);
      const wanted = change(known?.sidecar);
      if (wanted === undefined) return false;
      if (wanted === known?.sidecar) return true;
      const condition: Condition | undefined =
        known === undefined ? { ifNoneMatch: "*" } : known.etag === undefined ? undefined : { ifMatch: known.etag };
      try {
        await this.#objects.write(sidecarPathOf(path), textBytes(sidecarText(wanted)), condition);
        return true;
      } catch (error) {
        if (!isConflict(error) || attempt === TRIES) throw error;
      }
    }
  }
}

/** What lies at a place. */
interface There {
  readonly etag: string | undefined;
  readonly byteCount: number;
  readonly contentHash: string;
}

function isWhole(there: There, spooled: Spooled): boolean {
  return there.contentHash === spooled.sha256 && there.byteCount === spooled.byteCount;
}

/**
 * Whether what lies there is the beginning of the bytes: an upload that broke off, which S3 itself never keeps, but other
 * storage does. Nothing is lost when the whole takes its place.
 */
async function isBeginning({ byteCount, contentHash }: There, spooled: Spooled): Promise<boolean> {
  if (byteCount >= spooled.byteCount) return false;
  const { body } = spooled;
  const hash = createHash("sha256");
  let left = byteCount;
  for await (const piece of typeof body === "function" ? body() : [body]) {
    const bytes = (piece as Uint8Array).subarray(0, left);
    hash.update(bytes);
    left -= bytes.length;
    if (left === 0) break;
  }
  return hash.digest("hex") === contentHash;
}

function checked(path: string): string {
  if (path !== "" && !path.includes("\\") && !path.split("/").some((part) => part === "" || /^\.{1,2}$/.test(part)))
    return path;
  throw new ArchiveError("archive.bad-path", `${JSON.stringify(path)} is not a path inside the archive`);
}

/**
 * Opens an archive in a bucket of S3-compatible storage.
 *
 * Objects are written whole, with their SHA-256 and MD5 for the storage to check, and are never overwritten; reading checks
 * the storage's own sum. The SHA-256 is kept with the object, and `verifyArchive` reads every byte against it.
 *
 * @throws ArchiveError `archive.no-client`, `archive.cannot-write` when the bucket cannot be used
 *
 * @example
 * const archive = await openS3Archive({ bucket: "books", prefix: "amazon-pay/", region: "eu-central-1" });
 * const ledger = await openLedger({ databaseUrl, archive });
 */
export async function openS3Archive(options: S3ArchiveOptions): Promise<S3Archive> {
  const module = await s3Module();
  const { bucket, prefix = "", spoolDir = tmpdir(), random = systemRandom } = options;
  const folder = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  const objects = new Objects(module, s3Client(module, options), bucket, folder);
  try {
    await objects.check();
  } catch (cause) {
    objects.close();
    const { name, message } = cause as Error;
    throw new ArchiveError(
      "archive.cannot-write",
      `the bucket ${bucket}${options.endpoint === undefined ? "" : ` at ${options.endpoint}`} cannot be used (${name === message ? name : `${name}: ${message}`}): check its name, the region and the credentials`,
      { cause },
    );
  }
  return new ObjectArchive(objects, spoolDir, random);
}
