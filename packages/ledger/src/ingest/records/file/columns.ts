import { RecordsError } from "../errors.ts";
import { RECORD_FORMATS } from "./formats/index.ts";
import { MEMBERS, type Member, plainName, type RecordFormat } from "./record-format.ts";

/** Which cell of a row fills which member, and what else decides about a row. */
export interface RecordColumns {
  readonly format: RecordFormat;
  readonly places: ReadonlyMap<Member, readonly number[]>;
  readonly paidWith: readonly number[];
  readonly undatedRefunds: number;
}

/** How the columns of a file are found. */
export interface ColumnChoice {
  readonly format?: string;
  readonly map?: Readonly<Partial<Record<Member, string>>>;
}

function isMember(name: string): name is Member {
  return (MEMBERS as readonly string[]).includes(name);
}

function recognise(names: readonly string[]): RecordFormat | undefined {
  const has = (name: string): boolean => names.includes(name);
  return RECORD_FORMATS.find(({ signature }) =>
    signature.every((entry) => (typeof entry === "string" ? has(entry) : entry.some(has))),
  );
}

function chosen(wanted: string | undefined, names: readonly string[], mapped: boolean): RecordFormat {
  if (wanted !== undefined) {
    const format = RECORD_FORMATS.find(({ name }) => name === wanted);
    if (format !== undefined) return format;
    const known = RECORD_FORMATS.map(({ name }) => name).join(", ");
    throw new RecordsError("records.mapping", `there is no format ${JSON.stringify(wanted)}: there are ${known}`);
  }
  const format = recognise(names);
  if (format !== undefined) return format;
  if (mapped) return { name: "mapped", title: "a file with a mapping", signature: [], columns: {} };
  throw new RecordsError(
    "records.unusable-file",
    `line 1: the columns are of no export that is known (${RECORD_FORMATS.map(({ title }) => title).join(", ")}); say which column holds what, for example amount=Total and orderId=Number. The file has: ${names.join(", ") || "no columns"}`,
  );
}

/**
 * Finds the columns of a file by its header.
 *
 * @throws RecordsError `records.unusable-file` for a header that is of no known export, `records.mapping` for a mapping
 * that names an unknown member or a column that the file lacks
 */
export function recordColumns(header: readonly string[], choice: ColumnChoice): RecordColumns {
  const names = header.map(plainName);
  const given = Object.entries(choice.map ?? {});
  const format = chosen(choice.format, names, given.length > 0);
  const places = new Map<Member, readonly number[]>();
  for (const member of MEMBERS) {
    const found = (format.columns[member] ?? []).map((name) => names.indexOf(name)).filter((place) => place >= 0);
    if (found.length > 0) places.set(member, found);
  }
  for (const [member, column] of given) {
    if (!isMember(member)) {
      throw new RecordsError("records.mapping", `${member} is no member of a record: there are ${MEMBERS.join(", ")}`);
    }
    const place = names.indexOf(plainName(column));
    if (place < 0) {
      throw new RecordsError(
        "records.mapping",
        `line 1: the mapping names the column ${JSON.stringify(column)} for ${member}, which the file lacks; it has ${header.join(", ")}`,
      );
    }
    places.set(member, [place]);
  }
  if (!places.has("amount")) {
    throw new RecordsError("records.unusable-file", "line 1: no column holds the amount; map one with amount=COLUMN");
  }
  const where = (wanted: readonly string[]): number[] =>
    wanted.map((name) => names.indexOf(name)).filter((place) => place >= 0);
  return {
    format,
    places,
    paidWith: where(format.paidWith ?? []),
    undatedRefunds: where(format.undatedRefunds === undefined ? [] : [format.undatedRefunds])[0] ?? -1,
  };
}
