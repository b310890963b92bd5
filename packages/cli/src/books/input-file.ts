import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Context } from "../program/context.ts";

/** A file that the user named, as bytes. */
export interface InputFile {
  /** Name without its folders; null for standard input. */
  readonly name: string | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Opens the file that the user named, or standard input for `-`. Says "no such file" before anything is printed. */
export async function inputFile(context: Context, name: string): Promise<InputFile> {
  if (name === "-") return { name: null, bytes: context.terminal.input as AsyncIterable<Uint8Array> };
  const path = resolve(context.terminal.cwd, name);
  if ((await stat(path)).isDirectory())
    throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR", syscall: "read", path });
  return { name: basename(path), bytes: createReadStream(path, { highWaterMark: 256 * 1024 }) };
}
