import type { Kysely } from "kysely";
import { cameBack, type PlacedTransfer, returnsOf, transfersOf } from "../../reconcile/deposits/transfers.ts";
import { carriesBack } from "../../reconcile/periods/balances.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { SettlementSummary } from "../settlements.ts";
import type { BankLinePlace, LineSource, ReturnedTransfer } from "./explanation.ts";
import { fileSources } from "./sources.ts";

type Db = Kysely<Schema>;

/** A transfer and what brought it back, before their lines are looked up. */
interface Found {
  readonly sent: PlacedTransfer;
  readonly back: PlacedTransfer;
}

/**
 * The transfers of a settlement that the bank sent back, and those that came back in it: by the row that says so, or by an
 * opening balance that is larger by exactly the transfer before it.
 */
export async function returnedTransfers(db: Db, settlement: SettlementSummary): Promise<readonly ReturnedTransfer[]> {
  const { accountId, currency } = settlement;
  const returns = (await returnsOf({ db, accountId })).filter((one) => one.currency === currency);
  const carried = await carriedBack(db, settlement);
  if (returns.length === 0 && carried.length === 0) return [];
  const transfers = (await transfersOf({ db, accountId })).filter((one) => one.currency === currency);
  const byRow = [...cameBack(transfers, returns)].map(([back, sent]): Found => ({
    back: back as PlacedTransfer,
    sent,
  }));
  const byOpening = carried.flatMap(({ settlementId, nextId, nextStart }): Found[] => {
    const sent = transfers.find((one) => one.settlementId === settlementId);
    if (sent === undefined || byRow.some((one) => one.sent === sent)) return [];
    return [{ sent, back: { ...sent, settlementId: nextId, at: nextStart, fileId: null, line: null } }];
  });
  const found = [...byRow, ...byOpening].filter(({ sent, back }) =>
    [sent.settlementId, back.settlementId].includes(settlement.settlementId),
  );
  const places = await placesOf(db, accountId, found);
  return found.map(({ sent, back }) => ({
    settlementId: sent.settlementId,
    returnedIn: back.settlementId,
    currency,
    amountMinor: sent.amount,
    transferredAt: sent.at,
    returnedAt: back.at,
    transfer: places.row(sent),
    back: places.row(back),
    deposit: places.bank(sent),
    debit: places.bank(back),
  }));
}

/** The pairs of settlements, this one and its neighbours, of which the later one opens with what the earlier one had paid out. */
async function carriedBack(
  db: Db,
  { accountId, currency, startAt }: SettlementSummary,
): Promise<readonly { settlementId: string; nextId: string; nextStart: number }[]> {
  const own = db
    .selectFrom("settlement")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("currency", "=", currency);
  const start = startAt ?? 0;
  const before = await own.where("start_at", "<", start).orderBy("start_at", "desc").limit(1).execute();
  const after = await own.where("start_at", ">=", start).orderBy("start_at").limit(2).execute();
  const row = [...before, ...after];
  return row.flatMap((one, index) => {
    const next = row[index + 1];
    if (next === undefined || !carriesBack(one, next)) return [];
    return [{ settlementId: one.settlement_id, nextId: next.settlement_id, nextStart: next.start_at ?? 0 }];
  });
}

/** Lines of reports and of statements of what was found. */
async function placesOf(db: Db, accountId: string, found: readonly Found[]) {
  const all = found.flatMap(({ sent, back }) => [sent, back]);
  const fileIds = all.flatMap(({ fileId }) => (fileId === null ? [] : [fileId]));
  const files = await fileSources(db, accountId, fileIds);
  const rows = found.length === 0 ? [] : await bankLines(db, accountId, [...new Set(fileIds)]);
  return {
    row: ({ fileId, line }: PlacedTransfer): LineSource | null => {
      const contentHash = files.get(fileId ?? 0)?.contentHash;
      return contentHash === undefined || line === null ? null : { contentHash, line };
    },
    bank: ({ fileId, line }: PlacedTransfer): BankLinePlace | null =>
      rows.find((one) => one.fileId === fileId && one.rowLine === line)?.place ?? null,
  };
}

async function bankLines(db: Db, accountId: string, fileIds: readonly number[]) {
  const matches = await db
    .selectFrom("row_match")
    .select(["file_id", "line", "counterpart_id"])
    .where("account_id", "=", accountId)
    .where("counterpart", "=", "bank")
    .where("file_id", "in", [0, ...fileIds])
    .execute();
  const lines = await db
    .selectFrom("bank_line as b")
    .innerJoin("import as i", (join) =>
      join.onRef("i.account_id", "=", "b.account_id").onRef("i.import_id", "=", "b.import_id"),
    )
    .select(["b.bank_line_id", "b.booked_at", "b.line", "i.content_hash", "i.file_name"])
    .where("b.account_id", "=", accountId)
    .where("b.bank_line_id", "in", [0, ...matches.map((one) => Number(one.counterpart_id))])
    .execute();
  return matches.flatMap((match) => {
    const line = lines.find((one) => one.bank_line_id === Number(match.counterpart_id));
    if (line === undefined) return [];
    const place: BankLinePlace = {
      bankLineId: line.bank_line_id,
      bookedAt: line.booked_at,
      fileName: line.file_name,
      contentHash: line.content_hash,
      line: line.line ?? 0,
    };
    return [{ fileId: match.file_id, rowLine: match.line, place }];
  });
}
