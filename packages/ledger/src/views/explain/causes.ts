import { formatAmount } from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import { groupBy } from "@amazon-pay-kit/backports";
import type { Schema } from "../../store/schema/index.ts";
import type { ExceptionView } from "../exceptions.ts";
import type { FeePoint } from "../fees.ts";
import type { ForecastView } from "../forecasts.ts";
import type { SettlementSummary } from "../settlements.ts";
import type { DifferenceCause, ExplainedDeposit, Figure, FileSource } from "./explanation.ts";

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
export async function causesOf(db: Kysely<Schema>, request: CauseRequest): Promise<readonly DifferenceCause[]> {
  const { settlement, figures, files, arrived, deposits, exceptions, fees, forecast, difference } = request;
  if (difference === 0n) return [];
  const wanted = size(difference);
  const money = (minor: bigint): string => `${formatAmount(minor, settlement.currency)} ${settlement.currency}`;
  const causes: DifferenceCause[] = [];
  const atBank = arrived === null ? 0n : arrived + settlement.transferMinor;
  if (arrived !== null && size(atBank) === wanted) {
    causes.push({
      what:
        `the bank booked ${money(arrived)}, the transfer was ${money(-settlement.transferMinor)}: ` +
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
