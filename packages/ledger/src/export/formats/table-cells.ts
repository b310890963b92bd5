import { currencyDigits, formatInstant } from "@amazon-pay-kit/money";
import { ExportError } from "../errors.ts";
import type { ExportJob } from "../format.ts";
import type { ExportCell, ExportTable } from "../export-table.ts";
import { EXPORT_TABLES } from "../tables/index.ts";
import { journalTable } from "../tables/journal.ts";

/** The table that a job is about. */
export function tableOf(job: ExportJob): ExportTable {
  if (job.what === "journal") return journalTable(job);
  const table = EXPORT_TABLES.find(({ name }) => name === job.what);
  if (table === undefined) throw new ExportError("export.format", `there is no table ${job.what}`);
  return table;
}

const DAY_SECONDS = 86_400;

/** Writes instants; those of one day after another are mostly of the same, so its date is written once. */
function instantTexts(): (at: number) => string {
  let day = Number.NaN;
  let date = "";
  const times: string[] = [];
  return (at) => {
    const seconds = Math.floor(at / 1000);
    const ofDay = Math.floor(seconds / DAY_SECONDS);
    if (ofDay !== day) {
      day = ofDay;
      date = formatInstant(ofDay * DAY_SECONDS * 1000).slice(0, -"00:00:00Z".length);
    }
    const second = seconds - ofDay * DAY_SECONDS;
    return date + (times[second] ??= formatInstant(second * 1000).slice(-"00:00:00Z".length));
  };
}

/** An amount of this many minor units, given by its digits. */
function amountText(digits: string, decimals: number): string {
  if (decimals === 0) return digits;
  const negative = digits.startsWith("-");
  const bare = (negative ? digits.slice(1) : digits).padStart(decimals + 1, "0");
  const point = bare.length - decimals;
  return `${negative ? "-" : ""}${bare.slice(0, point)}.${bare.slice(point)}`;
}

/** How cells of one column become texts. */
export type CellText = (cell: ExportCell, cells: readonly ExportCell[]) => string | null;

/** How the cells of each column become texts: times in UTC, amounts as decimal texts with exactly the currency's digits. */
export function cellTexts(table: ExportTable): readonly CellText[] {
  const currencyAt = table.columns.findIndex(({ name }) => name === "currency");
  const decimals = new Map<string, number>();
  const digitsOf = (currency: string): number => {
    let digits = decimals.get(currency);
    if (digits === undefined) decimals.set(currency, (digits = currencyDigits(currency)));
    return digits;
  };
  return table.columns.map(({ type }): CellText => {
    if (type === "amount") {
      return (cell, cells) => (cell === null ? null : amountText(String(cell), digitsOf(String(cells[currencyAt]))));
    }
    if (type === "instant") {
      const text = instantTexts();
      return (cell) => (cell === null ? null : text(Number(cell)));
    }
    return (cell) => (typeof cell === "string" || cell === null ? cell : String(cell));
  });
}

/** Cells as texts: times in UTC, amounts as decimal texts with exactly the currency's digits. */
export function textsOf(table: ExportTable): (cells: readonly ExportCell[]) => (string | null)[] {
  const texts = cellTexts(table);
  return (cells) => cells.map((cell, index) => texts[index]?.(cell, cells) ?? null);
}

/** Characters that are handed on together: single lines would be slow. */
export const PIECE = 64 * 1024;
