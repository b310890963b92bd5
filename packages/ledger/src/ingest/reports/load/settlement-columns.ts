import { type CellValue, normaliseTransactionType, type ReportColumn } from "@amazon-pay-kit/reports";
import { type RowColumn, SETTLEMENT_ROWS } from "../../../store/rows/row-tables.ts";
import { jsonOf, placesOf } from "./columns.ts";
import { HASH_START, hashNumber, hashText, mix, SeenBefore } from "./seen-before.ts";
import type { RowPlan } from "./row-plan.ts";

/**
 * The type of a settlement row as the tables have it: the one spelling of a known type, else its letters in lower case
 * without a plural s.
 *
 * @example typeKeyOf("A to Z Guarantee Claim") // "a-to-z-guarantee-claim"
 * @example typeKeyOf("Loyalty Bonuses") // "loyaltybonuse"
 */
function typeKeyOf(type: string): string {
  const letters = type.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  return normaliseTransactionType(type) ?? letters.replace(/s$/, "");
}

/** Columns of `settlement_row` that the loader makes: where the row stands, its type's key, and what no layout knows. */
type Made = "account_id" | "file_id" | "line" | "ordinal" | "type_key" | "extra";

type SourceColumn = Exclude<RowColumn<"settlement_row">, Made>;

/** The column of the report behind each other column of the table. */
const SOURCES: Readonly<Record<SourceColumn, string>> = {
  settlement_id: "settlementId",
  posted_at: "transactionPostedDate",
  type: "transactionType",
  transaction_id: "amazonTransactionId",
  reference_id: "sellerReferenceId",
  permission_id: "amazonOrderReferenceId",
  order_id: "sellerOrderId",
  store_name: "storeName",
  currency: "currencyCode",
  description: "transactionDescription",
  amount_minor: "transactionAmount",
  percentage_fee_minor: "transactionPercentageFee",
  fixed_fee_minor: "transactionFixedFee",
  total_fee_minor: "totalTransactionFee",
  net_minor: "netTransactionAmount",
};

const placeInTable = (column: RowColumn<"settlement_row">): number => SETTLEMENT_ROWS.columns.indexOf(column);
const [TYPE_KEY_AT, EXTRA_AT] = [placeInTable("type_key"), placeInTable("extra")];

/** More settlement ids than this in one file are not remembered one by one. */
const MOST_IDS = 1000;

function mayBeDuplicate(seen: SeenBefore, posted: number, transaction: CellValue, net: CellValue): boolean {
  const when = hashNumber(posted, HASH_START);
  const what = typeof transaction === "string" ? hashText(transaction, when) : when;
  const hash = hashNumber(Number(net), what);
  return seen.add(mix(hash), mix(hash ^ 0x5bd1_e995));
}

/** How the rows of a settlement file become rows of `settlement_row`. */
export function settlementPlan(
  columns: readonly ReportColumn[],
  start: readonly [accountId: string, fileId: number],
  expectedRows: number,
): RowPlan {
  const at = placesOf(columns);
  const [posted, settlement, type] = [at(SOURCES.posted_at), at(SOURCES.settlement_id), at(SOURCES.type)];
  const [transaction, net] = [at(SOURCES.transaction_id), at(SOURCES.net_minor)];
  // Places in the table and those in the report behind them; the others are empty in every row.
  const sources = SETTLEMENT_ROWS.columns.map((column) =>
    column in SOURCES ? at(SOURCES[column as SourceColumn]) : -1,
  );
  const present = sources.flatMap((from, to) => (from < 0 ? [] : [to]));
  const origins = sources.filter((from) => from >= 0);
  const absent = sources.flatMap((from, to) => (from < 0 ? [to] : []));
  const extras = columns.map((column, place) => ({ column, place })).filter(({ column }) => !column.known);
  const keys = new Map<string, string>();
  const ids = new Set<string>();
  const seen = new SeenBefore(expectedRows);
  const suspects: number[] = [];
  return {
    fill(row, line, cells, from) {
      const [postedAt, settlementId, typeText] = [
        row[posted] as number,
        row[settlement] as string,
        row[type] as string,
      ];
      let key = keys.get(typeText);
      if (key === undefined) keys.set(typeText, (key = typeKeyOf(typeText)));
      if (ids.size <= MOST_IDS) ids.add(settlementId);
      if (mayBeDuplicate(seen, postedAt, row[transaction] ?? null, row[net] ?? null)) suspects.push(line);
      for (const place of absent) cells[from + place] = null;
      for (let pair = 0; pair < present.length; pair += 1) {
        cells[from + (present[pair] ?? 0)] = row[origins[pair] ?? 0] ?? null;
      }
      cells[from] = start[0];
      cells[from + 1] = start[1];
      cells[from + 2] = line;
      cells[from + 3] = 0;
      cells[from + TYPE_KEY_AT] = key;
      cells[from + EXTRA_AT] = extras.length === 0 ? null : jsonOf(extras, row, null);
    },
    suspects,
    settlementIds: () => (ids.size > MOST_IDS ? null : [...ids]),
  };
}
