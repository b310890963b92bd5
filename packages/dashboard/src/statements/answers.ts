import { type ImportStatementOptions, ViewError } from "@amazon-pay-kit/ledger";
import type { Query } from "../tables/list-table.ts";

/** What of a table may be in which column, as far as a person is asked for it. */
export const MAPPED = [
  "bookedAt",
  "amount",
  "credit",
  "debit",
  "direction",
  "currency",
  "text",
  "counterparty",
  "reference",
] as const satisfies readonly (keyof NonNullable<ImportStatementOptions["map"]>)[];

/** Names of the fields in which a person says how a statement is read. */
export const ANSWERS: readonly string[] = [
  "separator",
  "decimal",
  "dateFormat",
  "currency",
  "encoding",
  "bankAccount",
  "skipLines",
  "debitWord",
  "accept",
  ...MAPPED.map((member) => `map-${member}`),
];

const DECIMALS = [".", ","] as const;

function decimalOf(text: string | undefined): "." | "," | undefined {
  const decimal = DECIMALS.find((sign) => sign === text);
  if (text !== undefined && decimal === undefined)
    throw new ViewError("view.query", `decimal=${text.slice(0, 40)}: the sign before the decimals is . or ,`);
  return decimal;
}

function linesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text))
    throw new ViewError("view.query", `skipLines=${text.slice(0, 40)}: expected a number of lines`);
  return Number(text);
}

/**
 * How a statement is read, by the answers so far. What was not answered is left to the file and to the settings; form of days,
 * currency, encoding, separator and columns are checked by the reader.
 *
 * @throws ViewError `view.query`
 */
export function optionsOf(query: Query): ImportStatementOptions {
  const map = MAPPED.flatMap((member) => {
    const column = query(`map-${member}`);
    return column === undefined ? [] : [[member, column] as const];
  });
  const debitWord = query("debitWord");
  const given = {
    separator: query("separator"),
    decimal: decimalOf(query("decimal")),
    dateFormat: query("dateFormat"),
    currency: query("currency"),
    encoding: query("encoding"),
    bankAccount: query("bankAccount"),
    skipLines: linesOf(query("skipLines")),
    acceptBalanceDifference: query("accept"),
    debitWords: debitWord === undefined ? undefined : [debitWord],
    map: map.length === 0 ? undefined : Object.fromEntries(map),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as ImportStatementOptions;
}
