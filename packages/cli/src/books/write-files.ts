import { rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { hex, type Random } from "@amazon-pay-kit/sdk/random";
import type { Context } from "../program/context.ts";
import { makeFolder } from "./make-folder.ts";

/**
 * Writes a file aside and puts it in its place when it is whole: nobody sees half of it. The name aside is one that nobody can
 * foresee, so that no link somebody has put there is followed.
 *
 * @param write makes the file (`wx`), for its owner only
 */
export async function writeAside(path: string, random: Random, write: (aside: string) => Promise<void>): Promise<void> {
  const aside = `${path}.${hex(random, 8)}.part`;
  try {
    await write(aside);
    await rename(aside, path);
  } catch (error) {
    // The first error is the one that says what is wrong.
    await rm(aside, { force: true }).catch(() => undefined);
    throw error;
  }
}

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
    await writeAside(path, context.random, (aside) => writeFile(aside, bytes, { flag: "wx", mode: 0o600 }));
    paths.push(path);
  }
  return paths;
}
