import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { csvLine } from "../../views/csv-text.ts";
import type { ExportCell, ExportTable } from "../export-table.ts";
import { PartFile } from "../formats/parquet.ts";
import { PIECE, textsOf } from "../formats/table-cells.ts";
import type { LakeFile, LakeFormat } from "./manifest.ts";
import type { MadeFile } from "./target.ts";

/** What was found out about the rows of a file while it was written. */
export type FileFacts = Pick<LakeFile, "rows" | "minAt" | "maxAt" | "sums" | "sources">;

/** Adds up rows on their way. */
class Facts {
  readonly #table: ExportTable;
  readonly #timeAt: number;
  readonly #currencyAt: number;
  readonly #hashAt: number;
  readonly #sums = new Map<string, Map<string, bigint>>();
  readonly #sources = new Set<string>();
  #rows = 0;
  #min = Infinity;
  #max = -Infinity;

  constructor(table: ExportTable) {
    this.#table = table;
    const at = (...names: readonly string[]): number => table.columns.findIndex(({ name }) => names.includes(name));
    this.#timeAt = at("posted_at", "end", "found_at", "date");
    this.#currencyAt = at("currency");
    this.#hashAt = at("file_sha256");
  }

  add(cells: readonly ExportCell[]): void {
    this.#rows += 1;
    const time = cells[this.#timeAt] ?? null;
    if (time !== null) {
      const moment = typeof time === "string" ? Date.parse(`${time}T00:00:00Z`) : Number(time);
      this.#min = Math.min(this.#min, moment);
      this.#max = Math.max(this.#max, moment);
    }
    const hash = cells[this.#hashAt] ?? null;
    // An entry of several files has the hashes of all of them.
    if (hash !== null) for (const one of String(hash).split(/[\s,;]+/)) if (one !== "") this.#sources.add(one);
    const currency = cells[this.#currencyAt] ?? null;
    if (currency === null) return;
    const sums = this.#sums.get(String(currency)) ?? new Map<string, bigint>();
    this.#sums.set(String(currency), sums);
    for (const [index, { name, type }] of this.#table.columns.entries()) {
      const cell = cells[index] ?? null;
      if (type === "amount" && cell !== null) sums.set(name, (sums.get(name) ?? 0n) + BigInt(cell));
    }
  }

  get all(): FileFacts {
    const at = (moment: number): string | null => (Number.isFinite(moment) ? formatInstant(moment) : null);
    const sums = [...this.#sums].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      rows: this.#rows,
      minAt: at(this.#min),
      maxAt: at(this.#max),
      sums: Object.fromEntries(
        sums.map(([currency, columns]) => [
          currency,
          Object.fromEntries([...columns].map(([name, minor]) => [name, formatAmount(minor, currency)])),
        ]),
      ),
      sources: [...this.#sources].sort(),
    };
  }
}

type Rows = AsyncIterable<readonly ExportCell[]>;

async function writeParquet(place: string, table: ExportTable, rows: Rows): Promise<void> {
  const part = new PartFile(place, table);
  for await (const cells of rows) if (part.add(cells)) await part.flush();
  await part.close();
}

async function writeCsv(place: string, table: ExportTable, rows: Rows): Promise<void> {
  const file = await open(place, "wx", 0o600);
  try {
    const texts = textsOf(table);
    let piece = csvLine(table.columns.map(({ name }) => name));
    for await (const cells of rows) {
      piece += csvLine(texts(cells).map((text) => text ?? ""));
      if (piece.length < PIECE) continue;
      await file.appendFile(piece);
      piece = "";
    }
    await file.appendFile(piece);
  } finally {
    await file.close();
  }
}

async function sumsOf(place: string): Promise<MadeFile> {
  const [sha256, md5] = [createHash("sha256"), createHash("md5")];
  let bytes = 0;
  for await (const piece of createReadStream(place) as AsyncIterable<Buffer>) {
    sha256.update(piece);
    md5.update(piece);
    bytes += piece.length;
  }
  return { place, bytes, sha256: sha256.digest("hex"), md5: md5.digest("base64") };
}

/** Writes the rows of a partition to a file of this machine, and says what is in it. */
export async function makeFile(
  place: string,
  format: LakeFormat,
  table: ExportTable,
  rows: Rows,
): Promise<{ readonly made: MadeFile; readonly facts: FileFacts }> {
  const facts = new Facts(table);
  async function* counted(): AsyncGenerator<readonly ExportCell[]> {
    for await (const cells of rows) {
      facts.add(cells);
      yield cells;
    }
  }
  await (format === "csv" ? writeCsv : writeParquet)(place, table, counted());
  return { made: await sumsOf(place), facts: facts.all };
}
