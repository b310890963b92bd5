import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { ArchiveError } from "../../../archive/errors.ts";
import type { Store } from "../../../store/store.ts";
import {
  type FileToLoad,
  loadFile,
  loadInto,
  type LoadOutcome,
  type OpenFile,
  setAside,
  unusableReason,
} from "./load-file.ts";
import { ROW_BYTES } from "./read-rows.ts";

/** A file that waits to be loaded. */
export interface WaitingFile extends FileToLoad {
  readonly byteCount: number;
}

/** What came of a file; an error of the archive where its bytes are gone. */
export type FileResult = LoadOutcome | ArchiveError;

/** Bytes of files that are loaded in one transaction: at first, and at most. */
const FIRST_GROUP = 32_000_000;
const LARGEST_GROUP = 256_000_000;
/** A group is this many times as large as all before it, so that building the indexes for each costs little more than once. */
const GROWTH = 8;
/** Files are not left waiting for others to arrive for longer than this. */
const MOST_MILLIS = 60_000;

/** An error of one file that is no reason to leave out the others. */
function ofFile(error: unknown): error is ArchiveError {
  return error instanceof ArchiveError && error.code === "archive.missing";
}

async function loadAlone(store: Store, clock: Clock, file: WaitingFile, open: OpenFile): Promise<FileResult> {
  try {
    return await loadFile(store, clock, file, open, file.options);
  } catch (error) {
    if (ofFile(error)) return error;
    throw error;
  }
}

type Unusable = NonNullable<LoadOutcome["reason"]>;

async function loadTogether(
  store: Store,
  loadGroup: NonNullable<Store["loadGroup"]>,
  clock: Clock,
  files: readonly WaitingFile[],
  open: OpenFile,
): Promise<FileResult[]> {
  const rows = files.reduce((sum, { byteCount }) => sum + Math.ceil(byteCount / ROW_BYTES), 0);
  const found = await loadGroup(rows, async (group) => {
    const results: (FileResult | Unusable)[] = [];
    for (const file of files) {
      file.options?.signal?.throwIfAborted();
      try {
        results.push(await group.isolated(() => loadInto(store, group, clock, file, open)));
      } catch (error) {
        const reason = ofFile(error) ? error : unusableReason(error);
        if (reason === undefined) throw error;
        results.push(reason);
      }
    }
    return results;
  });
  const results: FileResult[] = [];
  // After the commit: an unusable file is set aside in a transaction of its own.
  for (const [index, result] of found.entries()) {
    const file = files[index];
    const settled = "state" in result || result instanceof ArchiveError;
    if (file !== undefined) results.push(settled ? result : await setAside(store, clock, file, result));
  }
  return results;
}

/**
 * Loads files as they come: each in a transaction of its own where the store knows no better, else in groups. The archive has
 * their bytes before; a process that ends between two groups, or within one, leaves the rest waiting for the next run.
 */
export class FileLoader {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #open: OpenFile;
  readonly #told: (file: WaitingFile, result: FileResult) => Promise<void>;
  #waiting: WaitingFile[] = [];
  #bytes = 0;
  #since = 0;
  #loaded = 0;

  /** @param told is told what came of each file, in their order, once it is stored */
  constructor(
    store: Store,
    clock: Clock,
    open: OpenFile,
    told: (file: WaitingFile, result: FileResult) => Promise<void>,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#open = open;
    this.#told = told;
  }

  /** Takes a file, and loads those that wait when they are enough for a group. */
  async add(file: WaitingFile): Promise<void> {
    if (this.#waiting.length === 0) this.#since = this.#clock.now();
    this.#waiting.push(file);
    this.#bytes += file.byteCount;
    const enough = Math.min(LARGEST_GROUP, Math.max(FIRST_GROUP, GROWTH * this.#loaded));
    if (
      this.#store.loadGroup === undefined ||
      this.#bytes >= enough ||
      this.#clock.now() - this.#since >= MOST_MILLIS
    ) {
      await this.finish();
    }
  }

  /** Loads what waits. */
  async finish(): Promise<void> {
    const [files, bytes] = [this.#waiting, this.#bytes];
    if (files.length === 0) return;
    this.#waiting = [];
    this.#bytes = 0;
    const { loadGroup } = this.#store;
    const [only] = files;
    if (loadGroup === undefined || (files.length === 1 && only !== undefined)) {
      for (const file of files) await this.#told(file, await loadAlone(this.#store, this.#clock, file, this.#open));
    } else {
      const results = await loadTogether(this.#store, loadGroup, this.#clock, files, this.#open);
      for (const [index, result] of results.entries()) {
        const file = files[index];
        if (file !== undefined) await this.#told(file, result);
      }
    }
    this.#loaded += bytes;
  }
}
