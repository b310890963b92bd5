import { type Kysely, sql } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import type { Schema } from "../../store/schema/index.ts";

/** A loaded report file. */
export interface LoadedFile {
  readonly fileId: number;
  readonly contentHash: string;
  /** `settlement`, `refund`, … */
  readonly kind: string;
  readonly startAt: number | null;
  readonly endAt: number | null;
  readonly rows: number;
  readonly errors: number;
}

/** A file that a run has to look at. */
export interface NewFile extends LoadedFile {
  /** Its rows were checked by a run that did not come to its end. */
  readonly rowsChecked: boolean;
}

const COLUMNS = sql`f.file_id as "fileId", f.content_hash as "contentHash", f.kind, f.window_start_at as "startAt",
  f.window_end_at as "endAt", f.row_count as rows, f.error_count as errors`;

/** The loaded files of an account that no run has come to the end of, in the order of their windows. */
export async function newFiles(db: Kysely<Schema>, accountId: string): Promise<readonly NewFile[]> {
  const { rows } = await sql<LoadedFile & { mark: string | null }>`
    select ${COLUMNS}, m.mark from file f
    left join reconcile_mark m on m.account_id = f.account_id and m.subject = 'file:' || f.file_id
    where f.account_id = ${accountId} and f.loaded_at is not null and (m.mark is null or m.mark <> 'done')
    order by f.window_start_at, f.file_id
  `.execute(db);
  return rows.map(({ mark, ...file }) => ({ ...file, rowsChecked: mark === "rows" }));
}

/** All loaded files of an account, those whose rows a run has checked marked so. */
export async function allFiles(db: Kysely<Schema>, accountId: string): Promise<readonly NewFile[]> {
  const { rows } = await sql<LoadedFile & { mark: string | null }>`
    select ${COLUMNS}, m.mark from file f
    left join reconcile_mark m on m.account_id = f.account_id and m.subject = 'file:' || f.file_id
    where f.account_id = ${accountId} and f.loaded_at is not null
    order by f.window_start_at, f.file_id
  `.execute(db);
  return rows.map(({ mark, ...file }) => ({ ...file, rowsChecked: mark !== null }));
}

/** Loaded files by their ids. */
export async function filesById(
  db: Kysely<Schema>,
  accountId: string,
  fileIds: Iterable<number>,
): Promise<ReadonlyMap<number, LoadedFile>> {
  const files = await inChunks(new Set(fileIds), async (some) => {
    const { rows } = await sql<LoadedFile>`
      select ${COLUMNS} from file f where f.account_id = ${accountId} and f.file_id in (${sql.join(some)})
    `.execute(db);
    return rows;
  });
  return new Map(files.map((file) => [file.fileId, file]));
}

/** The ids of some files. */
export function idsOf(files: readonly LoadedFile[]): number[] {
  return files.map((file) => file.fileId);
}

const MOST_ROWS = 50_000;
const MOST_FILES = 400;

/** Files in batches of bounded size, so that neither memory nor a transaction grows with the books. */
export function* batches<File extends LoadedFile>(files: readonly File[]): Generator<readonly File[]> {
  let batch: File[] = [];
  let rows = 0;
  for (const file of files) {
    if (batch.length > 0 && (rows + file.rows > MOST_ROWS || batch.length >= MOST_FILES)) {
      yield batch;
      batch = [];
      rows = 0;
    }
    batch.push(file);
    rows += file.rows;
  }
  if (batch.length > 0) yield batch;
}
