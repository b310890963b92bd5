import { Buffer } from "node:buffer";
import type { CellValue, Column } from "../layouts/layout.ts";

/**
 * What the cells of one row mean, found in another way than the reader's: no `Date`, no shared code, no state.
 *
 * It exists to be compared with. It knows the layouts, because they are the specification, and shares no other code
 * with the reader.
 *
 * @param cells contents of the cells, one character per byte, quotes around them removed and doubled ones undone
 * @returns the values by key, or `null` for a row that must be refused
 */
export function plainValues(
  columns: readonly Column[],
  cells: readonly string[],
): Readonly<Record<string, CellValue>> | null {
  const values: Record<string, CellValue> = {};
  const trimmed = cells.map((cell, place) => (isFree(columns[place]) ? cell : withoutBlanks(cell)));
  const textOf = (key: string): string => trimmed[columns.findIndex((column) => column.key === key)] ?? "";
  for (const [place, column] of columns.entries()) {
    const cell = trimmed[place] ?? "";
    if (cell === "") {
      if (column.required === true) return null;
      values[column.key] = null;
      continue;
    }
    const value = plainValue(column, cell, textOf(column.currency ?? "currencyCode"));
    if (value === null) return null;
    values[column.key] = value;
  }
  return values;
}

/** Free text is kept as it stands; blanks around everything else mean nothing. */
function isFree(column: Column | undefined): boolean {
  return column?.type === "text" && column.id === undefined && column.vocabulary === undefined;
}

function withoutBlanks(cell: string): string {
  let [start, end] = [0, cell.length];
  while (cell[start] === " " || cell[start] === "\t") start++;
  while (end > start && (cell[end - 1] === " " || cell[end - 1] === "\t")) end--;
  return cell.slice(start, end);
}

function plainValue(column: Column, cell: string, currency: string): CellValue {
  switch (column.type) {
    case "text":
      return plainText(cell, column.id !== "amazon" && column.vocabulary === undefined && column.required !== true);
    case "currency":
      return cell in DIGITS ? cell : null;
    case "instant":
      return plainInstant(cell);
    case "amount":
      return plainAmount(cell, currency);
  }
}

/** Currencies that the generated rows use, with their digits after the point. */
const DIGITS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, GBP: 2, JPY: 0 };

const digit = (character: string | undefined): number => {
  const value = (character ?? " ").charCodeAt(0) - 48;
  return value >= 0 && value <= 9 ? value : -1;
};

const allDigits = (text: string): boolean => [...text].every((character) => digit(character) >= 0);

function plainText(cell: string, kept: boolean): string | null {
  for (const character of cell) {
    const code = character.charCodeAt(0);
    if ((code < 32 && code !== 9) || code === 127) return null;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(cell, "latin1"));
  } catch {
    if (!kept) return null;
    const bytes = [...cell].map((character) => character.charCodeAt(0));
    return bytes.map((byte) => (byte < 128 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`)).join("");
  }
}

/** The number of a fixed count of digits at a place, or -1. */
function number(text: string, at: number, count: number): number {
  let value = 0;
  for (let place = at; place < at + count; place++) {
    const next = digit(text[place]);
    if (next < 0) return -1;
    value = value * 10 + next;
  }
  return value;
}

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days before a year, counted one year after another: slow, and right by looking at it. */
function daysBefore(year: number): number {
  let days = 0;
  for (let one = 1970; one < year; one++) days += isLeap(one) ? 366 : 365;
  return days;
}

function isLeap(year: number): boolean {
  return year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0);
}

/** The places of a time's parts with hyphens and colons, and without. */
function partsOf(cell: string): readonly number[] | null {
  const [afterYear, afterMonth] = cell[4] === "-" ? [5, 8] : [4, 6];
  const hour = afterMonth + 3;
  const [minute, second] = cell[hour + 2] === ":" ? [hour + 3, hour + 6] : [hour + 2, hour + 4];
  const hyphens = cell[4] === "-" ? cell[7] === "-" : true;
  const colons = cell[hour + 2] === ":" ? cell[hour + 5] === ":" : true;
  if (!hyphens || !colons || cell[hour - 1] !== "T") return null;
  return [afterYear, afterMonth, hour, minute, second];
}

function plainInstant(cell: string): number | null {
  const parts = partsOf(cell);
  if (parts === null) return null;
  const [month = -1, day = -1, hour = -1, minute = -1, second = -1] = parts.map((at) => number(cell, at, 2));
  const year = number(cell, 0, 4);
  const length = (MONTHS[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > length) return null;
  if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 59) return null;
  let at = (parts.at(-1) ?? 0) + 2;
  let millis = 0;
  if (cell[at] === ".") {
    const first = ++at;
    for (; digit(cell[at]) >= 0; at++) millis += digit(cell[at]) * ([100, 10, 1][at - first] ?? 0);
    if (at === first || at > first + 9) return null;
  }
  while (cell[at] === " ") at++;
  let seconds = (daysBefore(year) + day - 1) * 86_400 + hour * 3600 + minute * 60 + second;
  for (let one = 1; one < month; one++)
    seconds += ((MONTHS[one - 1] ?? 0) + (one === 2 && isLeap(year) ? 1 : 0)) * 86_400;
  if (cell.slice(at) === "Z") return seconds * 1000 + millis;
  const sign = cell[at] === "+" ? 1 : cell[at] === "-" ? -1 : 0;
  const minutesAt = cell[at + 3] === ":" ? at + 4 : at + 3;
  const [hours, minutes] = [number(cell, at + 1, 2), number(cell, minutesAt, 2)];
  if (sign === 0 || cell.length !== minutesAt + 2 || hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
    return null;
  return (seconds - sign * (hours * 60 + minutes) * 60) * 1000 + millis;
}

/** Commas only between groups of three that do not begin with 0; a point, if there is one, with decimals behind it. */
function plainAmount(cell: string, currency: string): bigint | null {
  const digits = DIGITS[currency];
  if (digits === undefined) return null;
  const signed = cell.startsWith("-") || cell.startsWith("+");
  const [whole = "", fraction, ...more] = cell.slice(signed ? 1 : 0).split(".");
  if (more.length > 0 || fraction === "" || !allDigits(fraction ?? "")) return null;
  const groups = whole.split(",");
  const [first = ""] = groups;
  if (first === "" || !groups.every(allDigits)) return null;
  const grouped = groups.length > 1;
  if (grouped && (first.length > 3 || first.startsWith("0") || groups.slice(1).some((group) => group.length !== 3)))
    return null;
  const decimals = fraction ?? "";
  const kept = decimals.slice(0, digits).padEnd(digits, "0");
  if (decimals.length > Math.max(2, digits) || /[^0]/.test(decimals.slice(digits))) return null;
  const minor = BigInt(groups.join("") + kept);
  if (minor.toString().length > 18) return null;
  return cell.startsWith("-") ? -minor : minor;
}
