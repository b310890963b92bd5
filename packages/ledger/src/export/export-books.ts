import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { BooksContext } from "../books/context.ts";
import { ExportError } from "./errors.ts";
import type { ExportFormat, ExportJob, Exported, FormatSettings } from "./format.ts";
import { EXPORT_FORMATS } from "./formats/index.ts";
import type { JournalDetail } from "./journal/entries.ts";
import { type ExportScope, scopedBooks } from "./scope.ts";

/** What to export, and how. */
export interface ExportOptions extends ExportScope {
  /** `csv`, `ndjson`, `parquet`, `beancount`, `hledger`, `datev`, `xero`, `quickbooks`. */
  readonly format: string;
  /** Default: what the format usually carries, `rows` or `journal`. */
  readonly what?: Exported | undefined;
  /** An entry a settlement, or one a row. Default `settlement`. */
  readonly detail?: JournalDetail | undefined;
  readonly settings?: FormatSettings | undefined;
  /** Is told how many rows or entries have been written so far. */
  readonly onProgress?: (count: number) => void;
}

function formatOf(options: ExportOptions): ExportFormat {
  const format = EXPORT_FORMATS.find(({ name }) => name === options.format);
  if (format === undefined) {
    const known = EXPORT_FORMATS.map(({ name }) => name).join(", ");
    throw new ExportError("export.format", `there is no format ${JSON.stringify(options.format)}: there are ${known}`);
  }
  if (options.what !== undefined && !format.carries.includes(options.what)) {
    throw new ExportError(
      "export.format",
      `${format.name} does not carry ${options.what}: it carries ${format.carries.join(", ")}`,
    );
  }
  return format;
}

async function jobOf(context: BooksContext, format: ExportFormat, options: ExportOptions): Promise<ExportJob> {
  return {
    books: await scopedBooks(context, options),
    what: options.what ?? format.carries[0] ?? "rows",
    detail: options.detail ?? "settlement",
    settings: options.settings ?? {},
    now: context.clock.now(),
    onProgress: options.onProgress ?? (() => undefined),
  };
}

/**
 * Rows, verdicts or the journal as the bytes of one file, in pieces, with flat memory. Reconcile first: the journal is
 * made of settlements.
 *
 * @example
 * for await (const piece of exportBooks(context, { format: "beancount" })) file.write(piece);
 *
 * @throws ExportError `export.format`, `export.needs-folder`, `export.account`, `export.setting`, `export.several-years`
 */
export async function* exportBooks(context: BooksContext, options: ExportOptions): AsyncGenerator<Uint8Array> {
  const format = formatOf(options);
  if (format.stream === undefined) {
    throw new ExportError("export.needs-folder", `${format.name} writes a folder of files: name one`);
  }
  const encoder = new TextEncoder();
  for await (const piece of format.stream(await jobOf(context, format, options))) {
    yield typeof piece === "string" ? encoder.encode(piece) : piece;
  }
}

/**
 * Writes an export to a file, or for formats that need it to a folder. A file appears when it is whole, or not at all.
 *
 * @returns paths that were written; those in a folder are given below it
 * @throws ExportError, and errors of the file system
 */
export async function exportBooksTo(
  context: BooksContext,
  options: ExportOptions,
  path: string,
): Promise<readonly string[]> {
  const format = formatOf(options);
  if (format.folder !== undefined) return format.folder(await jobOf(context, format, options), path);
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.part`;
  const file = await open(aside, "w");
  try {
    for await (const piece of exportBooks(context, options)) await file.write(piece);
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(aside, { force: true });
    throw error;
  }
  await file.close();
  await rename(aside, path);
  return [path];
}
