import { join } from "node:path";
import { currencyDigits } from "@amazon-pay-kit/money";
import { type ColumnSource, fileWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { ExportFormat, ExportJob } from "../format.ts";
import { batchesOf, type ExportCell, type ExportColumn, type ExportTable } from "../export-table.ts";
import { FolderInPlace } from "./folder-in-place.ts";
import { tableOf } from "./table-cells.ts";

/** Rows of a row group: what is held in memory at a time. */
const GROUP = 50_000;

/**
 * Columns of the file. Amounts are whole minor units in `…_minor`, as Parquet's decimals have one scale for all
 * currencies; `currency_digits` says how many of their digits are decimals.
 */
function columnsOf({ columns }: ExportTable): (ExportColumn & { readonly source: number })[] {
  return columns.flatMap((column, source) => {
    const { name, type } = column;
    const written = { name: type === "amount" ? `${name}_minor` : name, type, source };
    return name === "currency" ? [written, { name: "currency_digits", type: "integer" as const, source }] : [written];
  });
}

const PARQUET_TYPE = { text: "STRING", instant: "TIMESTAMP", amount: "INT64", integer: "INT32" } as const;

function valueOf(column: ExportColumn, cell: ExportCell | undefined): unknown {
  if (cell === null || cell === undefined) return null;
  if (column.name === "currency_digits") return currencyDigits(String(cell));
  if (column.type === "instant") return new Date(Number(cell));
  return column.type === "amount" ? BigInt(cell) : cell;
}

/** One file of one month. */
class PartFile {
  readonly #columns: readonly (ExportColumn & { readonly source: number })[];
  readonly #path: string;
  #rows: (readonly ExportCell[])[] = [];
  #writer: ParquetWriter | null = null;

  constructor(path: string, table: ExportTable) {
    this.#path = path;
    this.#columns = columnsOf(table);
  }

  async add(row: readonly ExportCell[]): Promise<void> {
    this.#rows.push(row);
    if (this.#rows.length >= GROUP) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#writer?.finish();
  }

  async #flush(): Promise<void> {
    if (this.#rows.length === 0) return;
    const columnData: ColumnSource[] = this.#columns.map((column) => ({
      name: column.name,
      data: this.#rows.map((row) => valueOf(column, row[column.source])),
      type: PARQUET_TYPE[column.type],
      nullable: true,
    }));
    this.#rows = [];
    if (this.#writer === null) {
      this.#writer = new ParquetWriter({
        writer: fileWriter(this.#path),
        schema: schemaFromColumnData({ columnData }),
      });
    }
    await this.#writer.write({ columnData, rowGroupSize: GROUP });
  }
}

/** A name that is safe in a path, and that Hive-style readers read back. */
function partitionName(text: string): string {
  return encodeURIComponent(text).replaceAll(".", "%2E");
}

/** The folder of one account's months. */
function accountFolder(table: ExportTable, account: string): string {
  return join(table.name, `account_id=${partitionName(account)}`);
}

/** The month of a moment, or of a day. */
function monthOf(job: ExportJob, at: ExportCell | undefined): string {
  if (at === null || at === undefined) return "unknown";
  return typeof at === "string" ? at.slice(0, 7) : job.books.calendar.dayOf(Number(at)).slice(0, 7);
}

/** @returns the folders of the months that were written */
async function writeMonths(job: ExportJob, table: ExportTable, place: FolderInPlace): Promise<readonly string[]> {
  const accountAt = table.columns.findIndex(({ name }) => name === "account_id");
  const timeAt = table.columns.findIndex(({ name }) => ["posted_at", "end", "found_at", "date"].includes(name));
  /** How many files a month has: a journal goes through its months once for each currency, and what is booked apart. */
  const parts = new Map<string, number>();
  let openMonth = "";
  let open: PartFile | null = null;
  let count = 0;
  for await (const batch of batchesOf(table, job.books))
    for (const row of batch) {
      const at = row[timeAt];
      const folder = join(accountFolder(table, String(row[accountAt])), `month=${monthOf(job, at)}`);
      if (openMonth !== folder) {
        await open?.close();
        const part = parts.get(folder) ?? 0;
        parts.set(folder, part + 1);
        open = new PartFile(await place.place(join(folder, `part-${part}.parquet`)), table);
        openMonth = folder;
      }
      await open?.add(row);
      job.onProgress((count += 1));
    }
  await open?.close();
  return [...parts.keys()];
}

/**
 * Parquet in folders by account and month (`rows/account_id=shop/month=2026-01/part-0.parquet`), as warehouses read it.
 *
 * All files are put into place at the end. Months of the scope replace those of an earlier export; an export without a
 * scope also removes months that are no longer there.
 */
export const parquetFormat: ExportFormat = {
  name: "parquet",
  title: "Parquet, partitioned by account and month",
  extension: "parquet",
  carries: ["rows", "settlements", "exceptions", "journal"],
  async folder(job, folder) {
    const table = tableOf(job);
    const place = new FolderInPlace(folder, table.name);
    await place.begin();
    try {
      const months = await writeMonths(job, table, place);
      const { settlementId, currency, from, until } = job.books.scope;
      const whole = [settlementId, currency, from, until].every((limit) => limit === undefined);
      return await place.finish(whole ? job.books.accounts.map((account) => accountFolder(table, account)) : months);
    } catch (error) {
      await place.abandon();
      throw error;
    }
  },
};
