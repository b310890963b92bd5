import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolders } from "@amazon-pay-kit/backports";

/** Waits until the names in a folder are on the disk. Windows cannot open folders and orders its own metadata. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder and everything above it, durably. */
export async function makeFolder(folder: string): Promise<void> {
  for (const made of (await makeFolders(folder)).toReversed()) await syncFolder(dirname(made));
}

/** Puts a finished, synced file in its place at once: anyone who looks sees all of it, or nothing. */
export async function moveInto(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** Writes a small file whole, durably, in one step. */
export async function writeWhole(temporary: string, path: string, text: string): Promise<void> {
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await moveInto(temporary, path);
}
