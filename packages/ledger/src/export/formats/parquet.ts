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

async function writeMonths(job: ExportJob, table: ExportTable, place: FolderInPlace): Promise<void> {
  const accountAt = table.columns.findIndex(({ name }) => name === "account_id");
  const timeAt = table.columns.findIndex(({ name }) => ["posted_at", "end", "found_at"].includes(name));
  let open: PartFile | null = null;
  let openPath = "";
  let count = 0;
  for await (const batch of batchesOf(table, job.books))
    for (const row of batch) {
      const at = row[timeAt];
      const month = at === null || at === undefined ? "unknown" : job.books.calendar.dayOf(Number(at)).slice(0, 7);
      const path = join(accountFolder(table, String(row[accountAt])), `month=${month}`, "part-0.parquet");
      if (openPath !== path) {
        await open?.close();
        open = new PartFile(await place.place(path), table);
        openPath = path;
      }
      await open?.add(row);
      job.onProgress((count += 1));
    }
  await open?.close();
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
  carries: ["rows", "settlements", "exceptions"],
  async folder(job, folder) {
    const table = tableOf(job);
    const place = new FolderInPlace(folder, table.name);
    await place.begin();
    try {
      await writeMonths(job, table, place);
      const { settlementId, currency, from, until } = job.books.scope;
      const whole = [settlementId, currency, from, until].every((limit) => limit === undefined);
      return await place.finish(whole ? job.books.accounts.map((account) => accountFolder(table, account)) : []);
    } catch (error) {
      await place.abandon();
      throw error;
    }
  },
};
