import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { hex, systemRandom } from "@amazon-pay-kit/sdk/random";
import { folderCertificates, type CertificateBook } from "../certificates/certificate-book.ts";
import { folderKeyRing, type KeyRing } from "../merchants/key-ring.ts";
import { lockFolder } from "../durable/folder-lock.ts";
import { Journal, type JournalOptions } from "../durable/journal.ts";
import { makeFolder, StoreError } from "../durable/store-error.ts";
import type { Store } from "../durable/store.ts";

/** Written into every data folder. A newer release that writes it otherwise counts up. */
const FORMAT = 2;

/** What a data folder holds. */
export interface DataFolder {
  readonly store: Store;
  readonly keyRing: KeyRing;
  readonly certificates: CertificateBook;
  readonly seed: string;
  close(): void;
}

/**
 * Opens a data folder, and makes it where there is none: `state/` journal, `keys/` private keys, `tls/` the
 * certificate authority, `sandbox.json` format and seed.
 *
 * @throws StoreError for a folder that cannot be made, is in use, damaged, of a newer release, or was made with another seed
 */
export async function openDataFolder(
  path: string,
  seed: number | string | undefined,
  options: JournalOptions = {},
): Promise<DataFolder> {
  const folder = resolve(path);
  makeFolder(folder);
  const unlock = await lockFolder(folder);
  try {
    const known = seedOf(folder, seed);
    const store = new Journal(join(folder, "state"), options);
    return {
      store,
      keyRing: folderKeyRing(join(folder, "keys")),
      certificates: folderCertificates(join(folder, "tls")),
      seed: known,
      close: () => {
        store.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function seedOf(folder: string, wanted: number | string | undefined): string {
  const file = join(folder, "sandbox.json");
  if (!existsSync(file)) {
    const seed = String(wanted ?? hex(systemRandom, 8));
    // Whole or not at all: half a file would make the folder unusable for anyone who starts after a kill.
    writeFileSync(`${file}.tmp`, `${JSON.stringify({ format: FORMAT, seed })}\n`, { mode: 0o600 });
    renameSync(`${file}.tmp`, file);
    return seed;
  }
  let format: unknown;
  let seed: unknown;
  try {
    ({ format, seed } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly format?: unknown;
      readonly seed?: unknown;
    });
  } catch (error) {
    throw new StoreError("store.damaged", `${file} is not JSON: put back a copy, or use another folder`, {
      cause: error,
    });
  }
  if (typeof format === "number" && format > FORMAT) {
    throw new StoreError(
      "store.newer",
      `the data folder ${folder} was written by a newer release (format ${format}, this one reads ${FORMAT}): install that release, or use another folder`,
    );
  }
  if (format !== FORMAT) {
    throw new StoreError(
      "store.other-format",
      `the data folder ${folder} has format ${JSON.stringify(format)}, and this release reads ${FORMAT}: use another folder, or the release that wrote this one`,
    );
  }
  if (typeof seed !== "string")
    throw new StoreError("store.damaged", `${file} names no seed: put back a copy, or use another folder`);
  if (wanted !== undefined && String(wanted) !== seed) {
    throw new StoreError(
      "store.other-seed",
      `the data folder ${folder} was made with seed ${seed}: leave the seed out, or use another folder`,
    );
  }
  return seed;
}
