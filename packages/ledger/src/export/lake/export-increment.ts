import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatInstant } from "@amazon-pay-kit/money";
import { type Random, systemRandom } from "@amazon-pay-kit/sdk/random";
import type { BooksContext } from "../../books/context.ts";
import { withLease } from "../../leases/index.ts";
import { numberEvents } from "../../outbox/number-events.ts";
import type { Store } from "../../store/store.ts";
import { ExportError } from "../errors.ts";
import { type ExportOptions, prepareExport } from "../export-books.ts";
import { EXPORTED, type Exported } from "../format.ts";
import { tableOf } from "../formats/table-cells.ts";
import { LakeError } from "./errors.ts";
import { makeFile } from "./make-file.ts";
import {
  emptyManifest,
  filePath,
  LAKE_FORMATS,
  type LakeChanges,
  type LakeFile,
  type LakeFormat,
  type LakeManifest,
  manifestPaths,
  readManifest,
} from "./manifest.ts";
import { partitionsOf } from "./partitions.ts";
import type { LakeTarget, MadeFile } from "./target.ts";

/** Tables of an incremental export, unless it says otherwise. */
export const LAKE_TABLES: readonly Exported[] = ["rows", "settlements", "exceptions"];

/** What to bring up to date, and where. */
export interface IncrementOptions extends Pick<ExportOptions, "detail" | "accrual" | "feeTax" | "settings"> {
  readonly target: LakeTarget;
  /** Default `parquet`. */
  readonly format?: LakeFormat | undefined;
  /** Default {@link LAKE_TABLES}. */
  readonly tables?: readonly Exported[] | undefined;
  /** Partition of the account, beside others that are read together with it. Default `all`. */
  readonly accountGroup?: string | undefined;
  /** Write every day anew and compare its bytes, also where nothing seems to have changed: after an erasure. Default `false`. */
  readonly full?: boolean | undefined;
  readonly signal?: AbortSignal;
  /** Told of every file that was made. */
  readonly onFile?: (path: string) => void;
}

/** What a run has done. */
export interface Increment {
  readonly accountId: string;
  readonly sequence: number;
  readonly manifest: string;
  readonly files: number;
  readonly rows: number;
  readonly added: number;
  readonly replaced: number;
  readonly removed: number;
}

/** The books of one account, and where chance for the name of the runner comes from. */
export interface IncrementContext extends BooksContext {
  readonly accountId: string;
  readonly random?: Random;
}

function checked({ format = "parquet", tables = LAKE_TABLES, accountGroup = "all" }: IncrementOptions) {
  if (!LAKE_FORMATS.includes(format))
    throw new LakeError(
      "lake.bad-option",
      `there is no format ${String(format)}: choose from ${LAKE_FORMATS.join(", ")}`,
    );
  const strange = tables.find((one) => !EXPORTED.includes(one));
  if (strange !== undefined || tables.length === 0)
    throw new LakeError("lake.bad-option", `tables are ${EXPORTED.join(", ")}, not ${strange ?? "none"}`);
  if (!/^[\w-]{1,64}$/.test(accountGroup))
    throw new LakeError(
      "lake.bad-option",
      `a group is a name of letters, digits, _ and -, not ${JSON.stringify(accountGroup)}`,
    );
  return { format, tables: [...new Set(tables)], accountGroup };
}

async function coveredBy(store: Store, accountId: string): Promise<LakeManifest["covers"]> {
  const { last } = await numberEvents(store, accountId);
  const { count } = await store.db
    .selectFrom("file")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("account_id", "=", accountId)
    .where("loaded_at", "is not", null)
    .executeTakeFirstOrThrow();
  return { lastEvent: last, reportFiles: Number(count) };
}

/** Files of a run that are made and not in their place yet. */
interface Made {
  readonly file: LakeFile;
  readonly made: MadeFile;
}

/** One table: what stands of it now, and what had to be made for that. */
async function tableNow(
  context: IncrementContext,
  options: IncrementOptions,
  what: Exported,
  before: LakeManifest,
  folder: string,
): Promise<{ readonly standing: readonly LakeFile[]; readonly made: readonly Made[] }> {
  const { format, accountGroup } = checked(options);
  const { accountId } = context;
  const { detail, accrual, feeTax, settings } = options;
  const standing: LakeFile[] = [];
  const made: Made[] = [];
  let job;
  try {
    job = await prepareExport(context, { format: "parquet", what, detail, accrual, feeTax, settings });
  } catch (error) {
    // A merchant without a settlement yet has an empty table.
    if (error instanceof ExportError && error.code === "export.nothing") return { standing, made };
    throw error;
  }
  const table = tableOf(job);
  const known = new Map(before.files.filter((one) => one.table === what).map((one) => [one.day, one]));
  for await (const { day, fingerprint, cells } of partitionsOf(job, table, accountId)) {
    options.signal?.throwIfAborted();
    const old = known.get(day);
    const same = old?.fingerprint === fingerprint && old.accountGroup === accountGroup;
    if (old !== undefined && same && options.full !== true) {
      standing.push(old);
      continue;
    }
    const place = join(folder, `${what}-${standing.length}`);
    const { made: bytes, facts } = await makeFile(place, format, table, cells());
    const about = { table: what, accountGroup, day, sha256: bytes.sha256 };
    const file = { ...about, path: filePath(about, accountId, format), bytes: bytes.bytes, ...facts, fingerprint };
    standing.push(file);
    if (old?.path === file.path) await rm(place, { force: true });
    else made.push({ file, made: bytes });
  }
  return { standing, made };
}

function changesOf(before: readonly LakeFile[], now: readonly LakeFile[]): LakeChanges {
  const key = ({ table, day }: LakeFile): string => `${table} ${day}`;
  const stands = new Map(now.map((one) => [key(one), one]));
  const paths = new Set(now.map(({ path }) => path));
  const gone = before.filter(({ path }) => !paths.has(path));
  const old = new Set(before.map(({ path }) => path));
  const replaced = gone.flatMap((one) => {
    const by = stands.get(key(one))?.path;
    return by === undefined ? [] : [{ path: one.path, by }];
  });
  const inPlace = new Set(replaced.map(({ path }) => path));
  return {
    added: now.map(({ path }) => path).filter((path) => !old.has(path)),
    replaced,
    removed: gone.map(({ path }) => path).filter((path) => !inPlace.has(path)),
  };
}

/** Removes what a run that died has put there, or has left of what it replaced. */
async function sweep(target: LakeTarget, before: LakeManifest): Promise<void> {
  const { pending } = manifestPaths(before.accountId);
  const text = await target.read(pending);
  if (text === null) return;
  const stands = new Set(before.files.map(({ path }) => path));
  let paths: unknown;
  try {
    paths = JSON.parse(text);
  } catch (cause) {
    throw new LakeError("lake.bad-manifest", `${target.name}/${pending} is not JSON`, { cause });
  }
  for (const path of Array.isArray(paths) ? (paths as unknown[]) : [])
    if (typeof path === "string" && !stands.has(path)) await target.remove(path);
  await target.remove(pending);
}

async function bringUpToDate(context: IncrementContext, options: IncrementOptions): Promise<Increment> {
  const { accountId, store, clock } = context;
  const { target } = options;
  const { format, tables } = checked(options);
  const paths = manifestPaths(accountId);
  const where = `${target.name}/${paths.current}`;
  const text = await target.read(paths.current);
  const before = text === null ? emptyManifest(accountId, format) : readManifest(text, accountId, format, where);
  await sweep(target, before);
  const covers = await coveredBy(store, accountId);
  const folder = await mkdtemp(join(tmpdir(), "apay-lake-"));
  try {
    const files: LakeFile[] = before.files.filter(({ table }) => !tables.some((one) => one === table));
    const waiting: Made[] = [];
    for (const what of tables) {
      const { standing, made } = await tableNow(context, options, what, before, folder);
      files.push(...standing);
      waiting.push(...made);
    }
    const changes = changesOf(before.files, files);
    const gone = [...changes.replaced.map(({ path }) => path), ...changes.removed];
    const counts = { added: changes.added.length, replaced: changes.replaced.length, removed: changes.removed.length };
    const sum = { files: files.length, rows: files.reduce((count, { rows }) => count + rows, 0) };
    if (changes.added.length + gone.length === 0)
      return { accountId, sequence: before.sequence, manifest: where, ...sum, ...counts };
    // Whoever comes after a run that died finds here what it may have left, on either side of the manifest.
    await target.write(paths.pending, JSON.stringify([...changes.added, ...gone]));
    for (const { file, made } of waiting) {
      options.signal?.throwIfAborted();
      await target.put(file.path, made);
      options.onFile?.(file.path);
    }
    const sequence = before.sequence + 1;
    const now: LakeManifest = { ...before, sequence, at: formatInstant(clock.now()), covers, files, changes };
    await target.write(paths.changes(sequence), `${JSON.stringify({ ...now, files: undefined }, null, 2)}\n`);
    // From here on the new files stand, and the old ones do not.
    await target.write(paths.current, `${JSON.stringify(now, null, 2)}\n`);
    for (const path of gone) await target.remove(path);
    await target.remove(paths.pending);
    return { accountId, sequence, manifest: where, ...sum, ...counts };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Brings an export of one account up to date: a file for each table and day, of which only those are written whose content has
 * changed. Files are named by their hash and never change; the manifest says which of them stand, and is replaced whole. A run that dies
 * anywhere leaves the manifest before or the one after, and the next run removes what is in neither.
 *
 * Reconcile first: settlements and journals of reports that are not reconciled would be missing.
 *
 * @throws LakeError; ExportError `export.not-reconciled`, `export.not-accepted`, `export.too-large`; LeaseError `lease.held` while
 * another process writes an export of the account
 *
 * @example
 * const target = folderTarget("/srv/lake");
 * const { added, replaced } = await exportIncrement({ store, clock, accountId: "shop" }, { target });
 */
export async function exportIncrement(context: IncrementContext, options: IncrementOptions): Promise<Increment> {
  checked(options);
  const { store, clock, random = systemRandom, accountId } = context;
  const { signal } = options;
  return withLease(
    { store, clock, random },
    { accountId, name: "lake", ...(signal === undefined ? {} : { signal }) },
    (held) => bringUpToDate(context, { ...options, signal: held.signal }),
  );
}
