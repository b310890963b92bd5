import { LakeError } from "./errors.ts";

/** Formats of the files. */
export const LAKE_FORMATS = ["parquet", "csv"] as const;

/** One of {@link LAKE_FORMATS}. */
export type LakeFormat = (typeof LAKE_FORMATS)[number];

/** Version of the manifests that this code writes. */
const VERSION = 1;

/** A file of the export: one table, one account, one day. Its bytes never change; what replaces it has another path. */
export interface LakeFile {
  readonly table: string;
  readonly accountGroup: string;
  /** `2026-01-31` in UTC, or `unknown` for what has no time. */
  readonly day: string;
  /** Below the place of the export, with `/`. */
  readonly path: string;
  /** Of the file's bytes, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  /** First and last moment of its rows, `YYYY-MM-DDTHH:MM:SSZ`; null where they have none. */
  readonly minAt: string | null;
  readonly maxAt: string | null;
  /** Sums of each amount column by currency, decimal texts: `{"EUR": {"amount": "12.34", "net": "12.00"}}`. */
  readonly sums: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** SHA-256 of the report files that its rows come from. */
  readonly sources: readonly string[];
  /** What the books had when it was written: the same fingerprint is the same content. */
  readonly fingerprint: string;
}

/** What a run changed. */
export interface LakeChanges {
  readonly added: readonly string[];
  /** Files that stand no longer, each with the one that took its place: its content is withdrawn. */
  readonly replaced: readonly { readonly path: string; readonly by: string }[];
  /** Files that stand no longer and have nothing in their place. */
  readonly removed: readonly string[];
}

/** What an export has of one account: only the files named here stand. */
export interface LakeManifest {
  readonly version: number;
  readonly accountId: string;
  readonly format: LakeFormat;
  /** 1, 2, 3 …: a run that changes nothing writes none. */
  readonly sequence: number;
  readonly at: string;
  /** What the books had: number of the last event, and of report files that were loaded. */
  readonly covers: { readonly lastEvent: number; readonly reportFiles: number };
  readonly files: readonly LakeFile[];
  readonly changes: LakeChanges;
}

/** A name that is safe in a path, and that Hive-style readers read back. */
function partitionName(text: string): string {
  return encodeURIComponent(text).replaceAll(".", "%2E");
}

/** Where manifests of an account are. `current` is the one that counts; it is replaced whole. */
export function manifestPaths(accountId: string): {
  readonly current: string;
  readonly pending: string;
  readonly changes: (sequence: number) => string;
} {
  const folder = `manifest/account_id=${partitionName(accountId)}`;
  return {
    current: `${folder}/current.json`,
    pending: `${folder}/pending.json`,
    changes: (sequence) => `${folder}/changes/${String(sequence).padStart(9, "0")}.json`,
  };
}

/** Where a file is: the group and the day are partitions, and its hash is in its name. */
export function filePath(
  file: Pick<LakeFile, "table" | "accountGroup" | "day" | "sha256">,
  accountId: string,
  format: LakeFormat,
): string {
  const { table, accountGroup, day, sha256 } = file;
  const name = `${partitionName(accountId)}-${sha256.slice(0, 16)}.${format}`;
  return `${table}/account_group=${partitionName(accountGroup)}/day=${day}/${name}`;
}

/** The first manifest of an account, before anything is exported. */
export function emptyManifest(accountId: string, format: LakeFormat): LakeManifest {
  const changes = { added: [], replaced: [], removed: [] };
  const covers = { lastEvent: 0, reportFiles: 0 };
  return { version: VERSION, accountId, format, sequence: 0, at: "", covers, files: [], changes };
}

/** Reads a manifest. @throws LakeError `lake.bad-manifest`, `lake.other-format` */
export function readManifest(text: string, accountId: string, format: LakeFormat, where: string): LakeManifest {
  let given: Partial<LakeManifest> | null;
  try {
    given = JSON.parse(text) as Partial<LakeManifest> | null;
  } catch (cause) {
    throw new LakeError("lake.bad-manifest", `${where} is not JSON: restore it, or export to an empty place`, {
      cause,
    });
  }
  if (given?.version !== VERSION || !Array.isArray(given.files) || typeof given.sequence !== "number")
    throw new LakeError(
      "lake.bad-manifest",
      `${where} is no manifest of version ${VERSION}: a newer version of the kit may have written it; export to an empty place`,
    );
  if (given.accountId !== accountId)
    throw new LakeError(
      "lake.bad-manifest",
      `${where} is of account ${JSON.stringify(given.accountId)}, not ${accountId}`,
    );
  if (given.format !== format)
    throw new LakeError(
      "lake.other-format",
      `${where} lists files of format ${JSON.stringify(given.format)}: export ${format} to another place`,
    );
  return given as LakeManifest;
}
