import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { hex, type Random } from "@amazon-pay-kit/sdk/random";
import type { ObjectBytes } from "./objects.ts";

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
export async function spool(bytes: AsyncIterable<Uint8Array>, folder: string, random: Random): Promise<Spooled> {
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
export function textBytes(text: string): ObjectBytes {
  const body = new TextEncoder().encode(text);
  return {
    body,
    byteCount: body.length,
    sha256: createHash("sha256").update(body).digest("hex"),
    md5: createHash("md5").update(body).digest("base64"),
    contentType: "application/json",
  };
}
