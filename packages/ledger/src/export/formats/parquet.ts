import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { currencyDigits, dayAfter } from "@amazon-pay-kit/money";
import type { SchemaElement } from "hyparquet";
import { type ColumnSource, fileWriter, ParquetWriter } from "hyparquet-writer";
import { ExportError } from "../errors.ts";
import { batchesOf, type ExportCell, type ExportTable, type ExportType } from "../export-table.ts";
import type { ExportFormat, ExportJob } from "../format.ts";
import { FolderInPlace } from "./folder-in-place.ts";
import { tableOf } from "./table-cells.ts";

/** Rows of a row group: what is held in memory at a time. */
const GROUP = 20_000;

/** Amounts are decimals of one scale in all files: no currency has more digits. */
const SCALE = 4;
const PRECISION = 18;
const MOST = 10n ** BigInt(PRECISION);

const ELEMENTS = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  instant: {
    type: "INT64",
    converted_type: "TIMESTAMP_MILLIS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
  },
  amount: {
    type: "INT64",
    converted_type: "DECIMAL",
    scale: SCALE,
    precision: PRECISION,
    logical_type: { type: "DECIMAL", scale: SCALE, precision: PRECISION },
  },
  integer: { type: "INT32" },
} as const satisfies Record<ExportType, Partial<SchemaElement>>;

function schemaOf({ name, columns }: ExportTable): SchemaElement[] {
  return [
    { name, num_children: columns.length },
    ...columns.map((column) => ({
      name: column.name,
      repetition_type: "OPTIONAL" as const,
      ...ELEMENTS[column.type],
    })),
  ];
}

/** What brings the minor units of a currency to {@link SCALE}: zeros behind their digits. */
function zerosOf(currency: string, known: Map<string, string>): string {
  let zeros = known.get(currency);
  if (zeros === undefined) known.set(currency, (zeros = "0".repeat(SCALE - currencyDigits(currency))));
  return zeros;
}

type Values = (string | number | bigint | null)[];

/** The cells of a table's rows, column by column. */
class Columns {
  readonly #table: ExportTable;
  readonly #currencyAt: number;
  readonly #zeros = new Map<string, string>();
  #values: Values[];
  rows = 0;

  constructor(table: ExportTable) {
    this.#table = table;
    this.#currencyAt = table.columns.findIndex(({ name }) => name === "currency");
    this.#values = table.columns.map(() => []);
  }

  add(row: readonly ExportCell[]): void {
    this.rows += 1;
    let at = 0;
    for (const values of this.#values) {
      const cell = row[at] ?? null;
      const type = this.#table.columns[at]?.type;
      at += 1;
      if (cell === null || type === "text" || type === "integer") values.push(cell);
      else if (type === "instant") values.push(BigInt(cell));
      else values.push(this.#decimal(cell, String(row[this.#currencyAt])));
    }
  }

  /** An amount in units of {@link SCALE}. */
  #decimal(cell: string | number | bigint, currency: string): bigint {
    const value = BigInt(`${cell}${zerosOf(currency, this.#zeros)}`);
    if (value < MOST && value > -MOST) return value;
    throw new ExportError(
      "export.too-large",
      `an amount of ${cell} minor units of ${currency} has more than the ${PRECISION - SCALE} digits that a decimal of the Parquet files has before its point: export it as csv or ndjson`,
    );
  }

  /** What was added since the last time. */
  take(): ColumnSource[] {
    const taken = this.#values;
    this.#values = this.#table.columns.map(() => []);
    this.rows = 0;
    // Readers leave out row groups by the bounds of times and numbers; those of ids, which are scattered, tell them nothing.
    return this.#table.columns.map(({ name, type }, at) => ({
      name,
      data: taken[at] ?? [],
      statistics: type !== "text",
    }));
  }
}

/**
 * Every reader knows it, Node has it natively, and digits of ids, which have no repeats, are half as large with it: as fast as Snappy
 * in JavaScript, and half the file.
 */
const compressors = { GZIP: (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 1 }) };

/** One file of a table. */
export class PartFile {
  readonly #columns: Columns;
  readonly #writer: ParquetWriter;

  constructor(path: string, table: ExportTable) {
    this.#columns = new Columns(table);
    this.#writer = new ParquetWriter({ writer: fileWriter(path), schema: schemaOf(table), codec: "GZIP", compressors });
  }

  /** @returns whether a row group is full, and to be written with {@link flush} */
  add(row: readonly ExportCell[]): boolean {
    this.#columns.add(row);
    return this.#columns.rows >= GROUP;
  }

  async close(): Promise<void> {
    if (this.#columns.rows > 0) await this.flush();
    await this.#writer.finish();
  }

  async flush(): Promise<void> {
    await this.#writer.write({ columnData: this.#columns.take(), rowGroupSize: GROUP });
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

/** The month of a moment, or of a day; moments of one day after another are mostly of the same. */
function months(job: ExportJob): (at: ExportCell | undefined) => string {
  const { calendar } = job.books;
  let [from, until, month] = [0, 0, ""];
  return (at) => {
    if (at === null || at === undefined) return "unknown";
    if (typeof at === "string") return at.slice(0, 7);
    const moment = Number(at);
    if (moment < from || moment >= until) {
      const day = calendar.dayOf(moment);
      [from, until, month] = [calendar.startOf(day), calendar.startOf(dayAfter(day)), day.slice(0, 7)];
    }
    return month;
  };
}

/** @returns the folders of the months that were written */
async function writeMonths(job: ExportJob, table: ExportTable, place: FolderInPlace): Promise<readonly string[]> {
  const accountAt = table.columns.findIndex(({ name }) => name === "account_id");
  const timeAt = table.columns.findIndex(({ name }) => ["posted_at", "end", "found_at", "date"].includes(name));
  const monthOf = months(job);
  /** How many files a month has: a journal goes through its months once for each currency, and what is booked apart. */
  const parts = new Map<string, number>();
  let [openAccount, openMonth] = ["", ""];
  let open: PartFile | null = null;
  let count = 0;
  for await (const batch of batchesOf(table, job.books)) {
    for (const row of batch) {
      const [account, month] = [String(row[accountAt]), monthOf(row[timeAt])];
      if (open === null || openMonth !== month || openAccount !== account) {
        await open?.close();
        const folder = join(accountFolder(table, account), `month=${month}`);
        const part = parts.get(folder) ?? 0;
        parts.set(folder, part + 1);
        open = new PartFile(await place.place(join(folder, `part-${part}.parquet`)), table);
        [openAccount, openMonth] = [account, month];
      }
      if (open.add(row)) await open.flush();
      job.onProgress((count += 1));
    }
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
