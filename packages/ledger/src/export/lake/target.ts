import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolders } from "@amazon-pay-kit/backports";
import { hex, systemRandom } from "@amazon-pay-kit/sdk/random";
import { s3Client, s3Module, type S3Reach } from "../../archive/s3/client.ts";
import { isMissing, Objects } from "../../archive/s3/objects.ts";
import { LakeError } from "./errors.ts";

/** A file that was made on this machine, with its sums. */
export interface MadeFile {
  readonly place: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Base64. */
  readonly md5: string;
}

/** Where an export goes: a folder, or a bucket. Paths are below it, with `/`. */
export interface LakeTarget {
  readonly name: string;
  /** A text, or null where nothing is. */
  read(path: string): Promise<string | null>;
  /** Puts a text there, whole or not at all, in place of what was there. */
  write(path: string, text: string): Promise<void>;
  /** Puts a file there, whole or not at all. */
  put(path: string, file: MadeFile): Promise<void>;
  /** Removes a file; one that is not there is removed. */
  remove(path: string): Promise<void>;
  close(): void;
}

/** A folder of this machine. What stands in it appears whole: it is made beside its place first. */
export function folderTarget(folder: string): LakeTarget {
  const at = (path: string): string => join(folder, ...path.split("/"));
  const into = async (path: string, make: (aside: string) => Promise<void>): Promise<void> => {
    const place = at(path);
    await makeFolders(dirname(place));
    const aside = `${place}.${hex(systemRandom, 6)}.part`;
    try {
      await make(aside);
      await rename(aside, place);
    } catch (error) {
      await rm(aside, { force: true }).catch(() => undefined);
      throw error;
    }
  };
  return {
    name: folder,
    read: async (path) => {
      try {
        return await readFile(at(path), "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
      }
    },
    // Books are for their owner.
    write: (path, text) => into(path, (aside) => writeFile(aside, text, { mode: 0o600, flush: true })),
    put: (path, file) => into(path, (aside) => copyFile(file.place, aside)),
    remove: (path) => rm(at(path), { force: true }),
    close: () => undefined,
  };
}

/** Which bucket, and how to reach it. */
export interface S3TargetOptions extends S3Reach {
  readonly bucket: string;
  /** Put before every path. */
  readonly prefix?: string | undefined;
}

/** A bucket of S3-compatible storage. @throws ArchiveError `archive.no-client`, `archive.cannot-write` */
export async function s3Target(options: S3TargetOptions): Promise<LakeTarget> {
  const module = await s3Module();
  const client = s3Client(module, options);
  const prefix = options.prefix === undefined || options.prefix === "" ? "" : `${options.prefix.replace(/\/+$/, "")}/`;
  const objects = new Objects(module, client, options.bucket, prefix);
  return {
    name: objects.name,
    read: async (path) => {
      try {
        return (await objects.text(path)).text;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    write: async (path, text) => {
      const body = new TextEncoder().encode(text);
      await objects.write(path, {
        body,
        byteCount: body.length,
        sha256: createHash("sha256").update(body).digest("hex"),
        md5: createHash("md5").update(body).digest("base64"),
        contentType: "application/json",
      });
    },
    put: (path, { place, bytes, sha256, md5 }) =>
      objects.write(path, {
        body: () => createReadStream(place),
        byteCount: bytes,
        sha256,
        md5,
        contentType: "application/octet-stream",
      }),
    remove: (path) => objects.remove(path),
    close: () => client.destroy(),
  };
}

/**
 * The place that a text names: `s3://bucket/prefix`, or a folder.
 *
 * @param reach of a bucket. Default: the AWS environment
 * @throws LakeError `lake.bad-target`
 */
export async function lakeTarget(place: string, reach: S3Reach = {}): Promise<LakeTarget> {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]+):\/\/(.*)$/i.exec(place) ?? [];
  if (scheme === undefined && place.trim() !== "") return folderTarget(place);
  const [bucket = "", ...prefix] = rest.split("/");
  if (scheme !== "s3" || bucket === "")
    throw new LakeError("lake.bad-target", `${JSON.stringify(place)} is neither a folder nor s3://bucket/prefix`);
  return s3Target({ ...reach, bucket, prefix: prefix.join("/") });
}
