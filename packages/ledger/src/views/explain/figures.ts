import type { Kysely } from "kysely";
import { groupBy } from "@amazon-pay-kit/backports";
import { type FileGroup, groupsOfFiles } from "../../reconcile/scan/file-groups.ts";
import { type RowRole, roleOf } from "../../reconcile/scan/row-role.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { SettlementSummary } from "../settlements.ts";
import type { Figure, FigureName, FigurePart, FileSource } from "./explanation.ts";

/** Which figure a row adds to, by its role. */
const FIGURE_OF: Readonly<Record<RowRole, Exclude<FigureName, "fees" | "closing">>> = {
  released: "opening",
  "carried-in": "opening",
  "debt-in": "opening",
  activity: "activity",
  held: "reserve",
  payout: "transfer",
  returned: "transfer",
  collected: "transfer",
};

/** The part of an opening that no row says, but the settlement before. */
const LEFT_BEFORE = "left-before";

/** Which files and rows to lead back to. */
export interface FigureRequest {
  readonly settlement: SettlementSummary;
  readonly files: ReadonlyMap<number, FileSource>;
  /** At most this many lines a part. */
  readonly lines: number;
}

/**
 * The figures of a settlement with the rows that they are made of. The parts of a figure add up to it exactly; `closing`
 * is opening, activity, fees and transfer together, and `reserve` is the part of it that is held back.
 */
export async function figuresWithRows(db: Kysely<Schema>, request: FigureRequest): Promise<readonly Figure[]> {
  const { settlement, files } = request;
  const groups = (await groupsOfFiles(db, settlement.accountId, [...files.keys()])).filter(
    (group) => group.currency === settlement.currency,
  );
  const parts = new Map<FigureName, FigurePart[]>();
  for (const same of groupBy(groups, (group) => `${group.fileId} ${group.typeKey} ${group.direction}`).values()) {
    const [group] = same;
    if (group === undefined) continue;
    const figure = FIGURE_OF[roleOf(group.typeKey, group.direction)];
    const total = (pick: (one: FileGroup) => bigint): bigint => same.reduce((sum, one) => sum + pick(one), 0n);
    const net = total((one) => one.netMinor);
    const amount = total((one) => one.amountMinor);
    const lines = await linesOf(db, request, group);
    const facts = {
      typeKey: group.typeKey,
      rows: same.reduce((sum, one) => sum + one.rows, 0),
      fileId: group.fileId,
      contentHash: files.get(group.fileId)?.contentHash ?? "",
      lines,
    };
    const put = (name: FigureName, of: FigurePart["of"], amountMinor: bigint): void => {
      parts.set(name, [...(parts.get(name) ?? []), { ...facts, of, amountMinor }]);
    };
    if (figure !== "activity") put(figure, "net", net);
    else {
      put("activity", "amount", amount);
      if (net !== amount) put("fees", "fee", net - amount);
    }
  }
  const stated = (parts.get("opening") ?? []).reduce((sum, part) => sum + part.amountMinor, 0n);
  const implied = settlement.openingMinor - stated;
  if (implied !== 0n) {
    const nowhere = { rows: 0, fileId: 0, contentHash: "", lines: [] };
    const part: FigurePart = { typeKey: LEFT_BEFORE, of: "net", amountMinor: implied, ...nowhere };
    parts.set("opening", [...(parts.get("opening") ?? []), part]);
  }
  const figure = (name: FigureName, amountMinor: bigint): Figure => ({
    name,
    amountMinor,
    parts: parts.get(name) ?? [],
  });
  return [
    figure("opening", settlement.openingMinor),
    figure("activity", settlement.activityMinor),
    figure("fees", settlement.feesMinor),
    figure("transfer", settlement.transferMinor),
    figure("closing", settlement.closingMinor),
    figure("reserve", settlement.reserveMinor),
  ];
}

async function linesOf(
  db: Kysely<Schema>,
  { settlement, lines }: FigureRequest,
  { fileId, typeKey, direction }: FileGroup,
): Promise<readonly number[]> {
  const sign = direction < 0 ? "<" : direction > 0 ? ">" : "=";
  const rows = await db
    .selectFrom("settlement_row")
    .select("line")
    .where("account_id", "=", settlement.accountId)
    .where("file_id", "=", fileId)
    .where("currency", "=", settlement.currency)
    .where("type_key", "=", typeKey)
    .where("net_minor", sign, 0n)
    .orderBy("line")
    .limit(lines)
    .execute();
  return rows.map((row) => row.line);
}
