import { createHash } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import type { EntryScope } from "../archive.ts";
import { ArchiveError } from "../errors.ts";
import type { S3Module } from "./client.ts";
import { inOrder } from "./in-order.ts";

/** What is known about an object without reading it. */
export interface ObjectFacts {
  readonly etag: string | undefined;
  readonly byteCount: number;
  /** SHA-256 that was noted when the archive wrote the object; `undefined` when somebody else has written it. */
  readonly contentHash: string | undefined;
}

/** Bytes to be written, with the sums by which the storage finds out whether it got them as they are. */
export interface ObjectBytes {
  readonly body: Uint8Array | (() => NodeJS.ReadableStream);
  readonly byteCount: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Base64, as the header wants it. */
  readonly md5: string;
  readonly contentType: string;
}

/** Only if nothing is there, or only if it is still what was read. */
export type Condition = { readonly ifNoneMatch: "*" } | { readonly ifMatch: string };

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}

/** Whether an error says that the object is not there. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** Whether somebody else was faster. */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 412 || statusOf(error) === 409;
}

/** Objects of a bucket under a prefix. */
export class Objects {
  readonly #module: S3Module;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor(module: S3Module, client: S3Client, bucket: string, prefix: string) {
    this.#module = module;
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  get name(): string {
    return `s3://${this.#bucket}/${this.#prefix}`;
  }

  #at(path: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#bucket, Key: `${this.#prefix}${path}` };
  }

  /** Throws what the storage throws when the bucket is not there or not to be used. */
  async check(): Promise<void> {
    await this.#client.send(new this.#module.HeadBucketCommand({ Bucket: this.#bucket }));
  }

  async facts(path: string): Promise<ObjectFacts | undefined> {
    try {
      const head = await this.#client.send(new this.#module.HeadObjectCommand(this.#at(path)));
      return { etag: head.ETag, byteCount: head.ContentLength ?? 0, contentHash: head.Metadata?.["sha256"] };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    const { Body: body } = await this.#client.send(
      new this.#module.GetObjectCommand({ ...this.#at(path), ChecksumMode: "ENABLED" }),
    );
    if (body !== undefined) yield* body as unknown as AsyncIterable<Uint8Array>;
  }

  async text(path: string): Promise<{ readonly text: string; readonly etag: string | undefined }> {
    const answer = await this.#client.send(
      new this.#module.GetObjectCommand({ ...this.#at(path), ChecksumMode: "ENABLED" }),
    );
    return { text: (await answer.Body?.transformToString("utf-8")) ?? "", etag: answer.ETag };
  }

  /**
   * Writes an object whole. The storage refuses bytes that do not fit the sums, and the later of two writers. Not every storage
   * does: what it does not vouch for is read back.
   *
   * @throws ArchiveError `archive.damaged-on-the-way`
   */
  async write(path: string, bytes: ObjectBytes, condition?: Condition): Promise<void> {
    const { body, byteCount, sha256, md5, contentType } = bytes;
    const answer = await this.#client.send(
      new this.#module.PutObjectCommand({
        ...this.#at(path),
        Body: (typeof body === "function" ? body() : body) as never,
        ContentLength: byteCount,
        ContentType: contentType,
        ContentMD5: md5,
        ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
        Metadata: { sha256 },
        ...(condition === undefined
          ? {}
          : "ifMatch" in condition
            ? { IfMatch: condition.ifMatch }
            : { IfNoneMatch: condition.ifNoneMatch }),
      }),
    );
    if (answer.ETag === `"${Buffer.from(md5, "base64").toString("hex")}"`) return;
    if (answer.ChecksumSHA256 === Buffer.from(sha256, "hex").toString("base64")) return;
    const hash = createHash("sha256");
    for await (const piece of this.read(path)) hash.update(piece);
    if (hash.digest("hex") === sha256) return;
    await this.#client.send(new this.#module.DeleteObjectCommand(this.#at(path)));
    throw new ArchiveError(
      "archive.damaged-on-the-way",
      `${path} arrived at ${this.name} with other bytes than were sent, and was removed there: try again`,
    );
  }

  /** Removes an object; one that is not there is removed. */
  async remove(path: string): Promise<void> {
    await this.#client.send(new this.#module.DeleteObjectCommand(this.#at(path)));
  }

  /** Paths in their order, or those of one folder at the top. */
  async *paths({ folder, after = "" }: EntryScope = {}): AsyncGenerator<string> {
    const listed = this.#keys(folder === undefined ? "" : `${folder}/`);
    for await (const path of inOrder(listed)) if (path > after) yield path;
  }

  async *#keys(under: string): AsyncGenerator<string> {
    let next: string | undefined;
    do {
      const page = await this.#client.send(
        new this.#module.ListObjectsV2Command({
          Bucket: this.#bucket,
          Prefix: `${this.#prefix}${under}`,
          ...(next === undefined ? {} : { ContinuationToken: next }),
        }),
      );
      for (const { Key: key } of page.Contents ?? []) if (key !== undefined) yield key.slice(this.#prefix.length);
      next = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (next !== undefined);
  }

  close(): void {
    this.#client.destroy();
  }
}
