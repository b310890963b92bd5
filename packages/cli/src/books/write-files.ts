import { rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Context } from "../program/context.ts";
import { makeFolder } from "./make-folder.ts";

/** Writes files into a folder that is made where it is missing; each appears when it is whole. @returns their paths */
export async function writeFiles(
  context: Context,
  folder: string,
  files: readonly { readonly name: string; readonly bytes: Uint8Array | string }[],
): Promise<readonly string[]> {
  const place = resolve(context.terminal.cwd, folder);
  makeFolder(place);
  const paths: string[] = [];
  for (const { name, bytes } of files) {
    const path = join(place, name);
    // Books are for their owner.
    await writeFile(`${path}.part`, bytes, { mode: 0o600 });
    await rename(`${path}.part`, path);
    paths.push(path);
  }
  return paths;
}
