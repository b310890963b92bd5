import { type CellValue, normaliseTransactionType, type ReportColumn } from "@amazon-pay-kit/reports";
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

/** Columns of the report that go into the table as they are, in the order of the table, after `type_key`. */
const AS_THEY_ARE = [
  "amazonTransactionId",
  "sellerReferenceId",
  "amazonOrderReferenceId",
  "sellerOrderId",
  "storeName",
  "currencyCode",
  "transactionDescription",
  "transactionAmount",
  "transactionPercentageFee",
  "transactionFixedFee",
  "totalTransactionFee",
  "netTransactionAmount",
] as const;

/** More settlement ids than this in one file are not remembered one by one. */
const MOST_IDS = 1000;

function mayBeTwin(seen: SeenBefore, posted: number, transaction: CellValue, net: CellValue): boolean {
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
  const [posted, settlement, type] = [at("transactionPostedDate"), at("settlementId"), at("transactionType")];
  const [transaction, net] = [at("amazonTransactionId"), at("netTransactionAmount")];
  const asTheyAre = AS_THEY_ARE.map(at);
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
      if (mayBeTwin(seen, postedAt, row[transaction] ?? null, row[net] ?? null)) suspects.push(line);
      cells[from] = start[0];
      cells[from + 1] = start[1];
      cells[from + 2] = line;
      cells[from + 3] = 0;
      cells[from + 4] = settlementId;
      cells[from + 5] = postedAt;
      cells[from + 6] = typeText;
      cells[from + 7] = key;
      let place = from + 8;
      for (const column of asTheyAre) cells[place++] = row[column] ?? null;
      cells[place] = extras.length === 0 ? null : jsonOf(extras, row, null);
    },
    suspects,
    settlementIds: () => (ids.size > MOST_IDS ? null : [...ids]),
  };
}
