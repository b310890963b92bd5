import { exceptionsAbout } from "./exceptions-about.ts";
import { listForecasts } from "../forecasts.ts";
import { feesOverTime } from "../fees.ts";
import type { SettlementSummary } from "../settlements.ts";
import type { ViewContext } from "../view.ts";
import { causesOf } from "./causes.ts";
import { explainDeposits } from "./deposits.ts";
import type { DepositedTransfer, ExplainedSettlement } from "./explanation.ts";
import { figuresWithRows } from "./figures.ts";
import { fileSources } from "./sources.ts";

/** How closely a settlement is looked at. */
export interface SettlementRequest {
  /** At most this many lines a part of a figure. */
  readonly lines: number;
  /** What should have arrived, positive minor units; `null` when nobody says: then it is what was transferred. */
  readonly expectedMinor: bigint | null;
}

/** Leads one settlement back to its files and rows, and to what lies around it. */
export async function explainSettlement(
  context: ViewContext,
  settlement: SettlementSummary,
  { lines, expectedMinor }: SettlementRequest,
): Promise<ExplainedSettlement> {
  const { db } = context.store;
  const { accountId, settlementId, currency } = settlement;
  const ofCurrency = { account_id: accountId, currency };
  const fileIds = await db
    .selectFrom("settlement_file")
    .select("file_id")
    .where("account_id", "=", accountId)
    .where("settlement_id", "=", settlementId)
    .execute();
  const files = await fileSources(
    db,
    accountId,
    fileIds.map((row) => row.file_id),
  );
  const figures = await figuresWithRows(db, { settlement, files, lines });
  const neighbours = db
    .selectFrom("settlement")
    .select(["settlement_id", "closing_minor", "opening_minor"])
    .where((where) => where.and(ofCurrency))
    .where("settlement_id", "!=", settlementId);
  const start = settlement.startAt ?? 0;
  const before = await neighbours.where("start_at", "<", start).orderBy("start_at", "desc").limit(1).executeTakeFirst();
  const after = await neighbours.where("start_at", ">", start).orderBy("start_at").limit(1).executeTakeFirst();
  const disbursement = await db
    .selectFrom("disbursement")
    .select("disbursement_reference_id")
    .where((where) => where.and(ofCurrency))
    .where("settlement_id", "=", settlementId)
    .orderBy("disbursement_reference_id")
    .executeTakeFirst();
  const banked = await db
    .selectFrom("row_match")
    .select("counterpart_id")
    .where("account_id", "=", accountId)
    .where("counterpart", "=", "bank")
    .where("match_group", "=", settlementId)
    .execute();
  const deposits = (
    await explainDeposits(
      context,
      accountId,
      banked.map((row) => Number(row.counterpart_id)),
    )
  ).filter(({ transfers }) => sharesOf(transfers, settlement).length > 0);
  const exceptions = await exceptionsAbout(context, accountId, { settlementId });
  const audited = await feesOverTime(context, { accountId, currency, from: settlement.endAt ?? 0 });
  const fees = audited.find((point) => point.settlementId === settlementId) ?? null;
  const forecasts = await listForecasts(context, { accountId });
  const forecast = forecasts.find((one) => one.settlementId === settlementId && one.currency === currency) ?? null;
  const arrived = arrivedOf(settlement, deposits);
  const transferred = -settlement.transferMinor;
  const came = arrived ?? transferred;
  const expected = expectedMinor ?? transferred;
  // Who expects just what was transferred asks about a deposit that is not matched with it: nothing lies between.
  const differenceMinor = came === expected && (expectedMinor === null || arrived === null) ? null : came - expected;
  const causes =
    differenceMinor === null
      ? []
      : await causesOf(db, {
          settlement,
          figures,
          files,
          arrived,
          deposits,
          exceptions,
          fees,
          forecast,
          difference: differenceMinor,
        });
  return {
    settlement,
    figures,
    files: [...files.values()],
    before: before === undefined ? null : { settlementId: before.settlement_id, closingMinor: before.closing_minor },
    after: after === undefined ? null : { settlementId: after.settlement_id, openingMinor: after.opening_minor },
    disbursementReferenceId: disbursement?.disbursement_reference_id ?? null,
    deposits,
    fees,
    forecast,
    exceptions,
    differenceMinor,
    causes,
  };
}

function sharesOf(
  transfers: readonly DepositedTransfer[],
  { settlementId, currency }: SettlementSummary,
): readonly DepositedTransfer[] {
  return transfers.filter((one) => one.settlementId === settlementId && one.currency === currency);
}

/** What arrived of a settlement's transfer, in its currency; `null` as long as no bank line is known. */
function arrivedOf(settlement: SettlementSummary, deposits: ExplainedSettlement["deposits"]): bigint | null {
  const shares = deposits
    .filter((deposit) => deposit.currency === settlement.currency)
    .flatMap(({ transfers }) => sharesOf(transfers, settlement));
  return shares.length === 0 ? null : shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
