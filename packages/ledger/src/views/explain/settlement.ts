import { groupBy } from "@amazon-pay-kit/backports";
import { formatAmount } from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import type { ExceptionView } from "../exceptions.ts";
import { type FeePoint, feesOverTime } from "../fees.ts";
import { type ForecastView, listForecasts } from "../forecasts.ts";
import type { SettlementSummary } from "../settlements.ts";
import type { ViewContext } from "../view.ts";
import { explainDeposits } from "./deposits.ts";
import { exceptionsAbout } from "./exceptions-about.ts";
import type {
  DepositedTransfer,
  DifferenceCause,
  ExplainedDeposit,
  ExplainedSettlement,
  Figure,
  FileSource,
} from "./explanation.ts";
import { figuresWithRows } from "./figures.ts";
import { returnedTransfers } from "./returned.ts";
import { fileSources } from "./sources.ts";

/** What causes are looked for in. */
export interface CauseRequest {
  readonly settlement: SettlementSummary;
  readonly figures: readonly Figure[];
  readonly files: ReadonlyMap<number, FileSource>;
  /** What arrived of the transfer; `null` as long as no bank line is known. */
  readonly arrived: bigint | null;
  readonly deposits: readonly ExplainedDeposit[];
  readonly exceptions: readonly ExceptionView[];
  readonly fees: FeePoint | null;
  readonly forecast: ForecastView | null;
  /** What came less what was expected, minor units. */
  readonly difference: bigint;
}

const MOST_ROWS = 20;

function size(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}

/**
 * What in a settlement is exactly as large as a difference, best evidence first: exceptions, the fee audit, whole kinds of
 * rows (all disputes, all adjustments), single rows and their fees, reserve and opening. Exact sizes only: what merely
 * comes near explains nothing.
 */
async function causesOf(db: Kysely<Schema>, request: CauseRequest): Promise<readonly DifferenceCause[]> {
  const { settlement, figures, files, arrived, deposits, exceptions, fees, forecast, difference } = request;
  if (difference === 0n) return [];
  const wanted = size(difference);
  const money = (minor: bigint): string => `${formatAmount(minor, settlement.currency)} ${settlement.currency}`;
  const causes: DifferenceCause[] = [];
  const atBank = arrived === null ? 0n : arrived + settlement.payoutMinor;
  if (arrived !== null && size(atBank) === wanted) {
    causes.push({
      what:
        `the bank booked ${money(arrived)}, the transfer was ${money(-settlement.payoutMinor)}: ` +
        `${money(size(atBank))} ${atBank < 0n ? "went" : "came"} between Amazon Pay and your account, such as a bank's charge`,
      amountMinor: atBank,
      source: deposits[0]?.source ?? null,
    });
  }
  for (const exception of exceptions) {
    if (exception.currency !== settlement.currency || size(exception.amountMinor ?? 0n) !== wanted) continue;
    // What arrived has been said already.
    if (atBank !== 0n && exception.transactionId === null && exception.amountMinor === atBank) continue;
    const hash = files.get(exception.fileId ?? 0)?.contentHash;
    causes.push({
      what: `${exception.code}: ${exception.message}`,
      amountMinor: exception.amountMinor ?? 0n,
      source: hash === undefined || exception.line === null ? null : { contentHash: hash, line: exception.line },
    });
  }
  causes.push(...exceptionsTogether(request, wanted));
  if (fees !== null && size(fees.differenceMinor) === wanted) {
    const what = `fees differ from the schedule by ${money(fees.differenceMinor)} in all`;
    causes.push({ what, amountMinor: fees.differenceMinor, source: null });
  }
  for (const figure of figures) {
    for (const part of figure.parts) {
      if (part.rows < 2 || size(part.amountMinor) !== wanted) continue;
      causes.push({
        what: `all ${part.rows} rows of ${part.typeKey} together: ${money(part.amountMinor)} (${part.of})`,
        amountMinor: part.amountMinor,
        source: { contentHash: part.contentHash, line: part.lines[0] ?? 0 },
      });
    }
    if (figure.name !== "opening" && figure.name !== "reserve") continue;
    if (size(figure.amountMinor) !== wanted) continue;
    causes.push({
      what: figure.name === "opening" ? "what the settlement opened with" : "the reserve that was held back",
      amountMinor: figure.amountMinor,
      source: null,
    });
  }
  causes.push(...(await rowsOfSize(db, request, wanted)));
  if (forecast !== null && forecast.actualMinor !== null) {
    const variance = forecast.actualMinor - forecast.expectedMinor;
    if (size(variance) === wanted) {
      const what = `the forecast was ${money(forecast.expectedMinor)}, the transfer ${money(forecast.actualMinor)}`;
      causes.push({ what, amountMinor: variance, source: null });
    }
  }
  return causes;
}

/** All exceptions of one code, where there are several that make the difference together. */
function exceptionsTogether({ settlement, exceptions }: CauseRequest, wanted: bigint): readonly DifferenceCause[] {
  const open = exceptions.filter(({ currency, status }) => currency === settlement.currency && status !== "resolved");
  return [...groupBy(open, ({ code }) => code)].flatMap(([code, all]): DifferenceCause[] => {
    const amountMinor = all.reduce((sum, one) => sum + (one.amountMinor ?? 0n), 0n);
    if (all.length < 2 || size(amountMinor) !== wanted) return [];
    const what = `${all.length} exceptions ${code} together: ${formatAmount(amountMinor, settlement.currency)} ${settlement.currency}`;
    return [{ what, amountMinor, source: null }];
  });
}

async function rowsOfSize(
  db: Kysely<Schema>,
  { settlement, files }: CauseRequest,
  wanted: bigint,
): Promise<readonly DifferenceCause[]> {
  const both = [wanted, -wanted];
  const rows = await db
    .selectFrom("settlement_row")
    .select(["file_id", "line", "type", "transaction_id", "amount_minor", "total_fee_minor", "net_minor"])
    .where("account_id", "=", settlement.accountId)
    .where("file_id", "in", [...files.keys()])
    .where("currency", "=", settlement.currency)
    .where((where) =>
      where.or([
        where("amount_minor", "in", both),
        where("total_fee_minor", "in", both),
        where("net_minor", "in", both),
      ]),
    )
    .orderBy("file_id")
    .orderBy("line")
    .limit(MOST_ROWS)
    .execute();
  return rows.map((row) => {
    const which =
      size(row.net_minor) === wanted ? "net amount" : size(row.amount_minor) === wanted ? "amount" : "total fee";
    const amount = { "net amount": row.net_minor, amount: row.amount_minor, "total fee": row.total_fee_minor }[which];
    return {
      what: `${which} of ${row.type}${row.transaction_id === null ? "" : ` ${row.transaction_id}`}`,
      amountMinor: amount ?? 0n,
      source: { contentHash: files.get(row.file_id)?.contentHash ?? "", line: row.line },
    };
  });
}

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
  const returned = await returnedTransfers(db, settlement);
  const exceptions = await exceptionsAbout(context, accountId, { settlementId });
  const audited = await feesOverTime(context, { accountId, currency, from: settlement.endAt ?? 0 });
  const fees = audited.find((point) => point.settlementId === settlementId) ?? null;
  const forecasts = await listForecasts(context, { accountId });
  const forecast = forecasts.find((one) => one.settlementId === settlementId && one.currency === currency) ?? null;
  const arrived = arrivedOf(settlement, deposits);
  const transferred = -settlement.payoutMinor;
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
    returned,
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
    .filter((deposit) => deposit.currency === settlement.currency && deposit.amountMinor > 0n)
    .flatMap(({ transfers }) => sharesOf(transfers, settlement));
  return shares.length === 0 ? null : shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
