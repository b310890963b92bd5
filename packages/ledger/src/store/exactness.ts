import type {
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from "kysely";
import { StoreError } from "./errors.ts";

/** Whether a column (or alias) holds money: its name ends in `_minor`, or in `Minor` as an alias. */
function isMoneyColumn(name: string): boolean {
  return name.endsWith("_minor") || name.endsWith("Minor");
}

/**
 * One value as the type rule of the ledger wants it: money is `bigint`, every other integer a safe `number`.
 *
 * Databases and drivers disagree (SQLite rounds above 2^53 by default, `pg` gives text), so both adapters read integers
 * as `bigint` and this decides by the column's name.
 *
 * @throws StoreError `store.unsafe-integer`, `store.inexact-money`
 */
function exactValue(column: string, value: unknown): unknown {
  if (typeof value === "bigint") {
    if (isMoneyColumn(column)) return value;
    const plain = Number(value);
    if (Number.isSafeInteger(plain)) return plain;
    throw new StoreError(
      "store.unsafe-integer",
      `column ${column} holds ${value}, which a number cannot hold exactly: name the column or alias *_minor to read it as bigint`,
    );
  }
  if (value === null || !isMoneyColumn(column)) return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  throw new StoreError(
    "store.inexact-money",
    `column ${column} holds ${JSON.stringify(value)}, which is not an integer of minor units: compute money with integers only`,
  );
}

function exactRow(row: UnknownRow): UnknownRow {
  const exact: UnknownRow = {};
  for (const column in row) {
    const value = row[column];
    exact[column] = typeof value === "string" && !isMoneyColumn(column) ? value : exactValue(column, value);
  }
  return exact;
}

/** Applies {@link exactValue} to every row that a query gives, on either database. */
export class ExactIntegers implements KyselyPlugin {
  transformQuery(args: PluginTransformQueryArgs): RootOperationNode {
    return args.node;
  }

  transformResult(args: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve({ ...args.result, rows: args.result.rows.map(exactRow) });
  }
}
