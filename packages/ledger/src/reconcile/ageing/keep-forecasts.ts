import { groupBy } from "@amazon-pay-kit/backports";
import { captureUnsettled } from "../../rules/capture-unsettled.ts";
import { refundUnsettled } from "../../rules/refund-unsettled.ts";
import { LIVE } from "../exceptions/status.ts";
import type { Step } from "../step/step.ts";
import { type Forecast, forecastOf } from "./forecast.ts";

/** This many settlements show what fees are like. */
const RECENT = 3;

interface LastSettlement {
  readonly settlementId: string;
  readonly activityMinor: bigint;
  readonly feesMinor: bigint;
  readonly closingMinor: bigint;
  readonly reserveMinor: bigint;
}

/**
 * Makes the forecast of each currency's next transfer, and puts beside those that were awaited what has come. A forecast
 * changes as long as it is awaited, and never afterwards.
 */
export async function keepForecasts(step: Step): Promise<void> {
  const open = await openItems(step);
  const currencies = new Set([...open.keys(), ...(await currenciesOf(step))]);
  for (const currency of [...currencies].sort()) {
    const recent = await lastSettlements(step, currency);
    await arrive(step, currency, recent);
    const { charge = 0n, refund = 0n } = open.get(currency) ?? {};
    const forecast = forecastOf({ recent, capturesMinor: charge, refundsMinor: -refund });
    await keep(step, currency, recent[0]?.settlementId ?? "", forecast);
  }
}

async function currenciesOf(step: Step): Promise<readonly string[]> {
  const rows = await step.db
    .selectFrom("settlement")
    .select("currency")
    .distinct()
    .where("account_id", "=", step.accountId)
    .execute();
  return rows.map((row) => row.currency);
}

/** What still may come. What should have come long ago is an exception, and no forecast is made of lost money. */
async function openItems(step: Step): Promise<ReadonlyMap<string, { charge?: bigint; refund?: bigint }>> {
  const rows = await step.db
    .selectFrom("open_item")
    .select(({ fn }) => ["currency", "kind", fn.sum<bigint>("amount_minor").as("amount_minor")])
    .where("account_id", "=", step.accountId)
    .where("subject", "not in", (eb) =>
      eb
        .selectFrom("exception")
        .select("exception.subject")
        .where("exception.account_id", "=", step.accountId)
        .where("exception.status", "in", [...LIVE])
        .where("exception.code", "in", [captureUnsettled.code, refundUnsettled.code]),
    )
    .groupBy(["currency", "kind"])
    .execute();
  const sums = new Map<string, { charge?: bigint; refund?: bigint }>();
  for (const [currency, some] of groupBy(rows, (row) => row.currency)) {
    sums.set(currency, Object.fromEntries(some.map((row) => [row.kind, row.amount_minor])));
  }
  return sums;
}

async function lastSettlements(step: Step, currency: string): Promise<readonly LastSettlement[]> {
  return step.db
    .selectFrom("settlement")
    .select(["settlement_id as settlementId", "activity_minor as activityMinor", "fees_minor as feesMinor"])
    .select(["closing_minor as closingMinor", "reserve_minor as reserveMinor"])
    .where("account_id", "=", step.accountId)
    .where("currency", "=", currency)
    .orderBy("start_at", "desc")
    .orderBy("settlement_id", "desc")
    .limit(RECENT)
    .execute();
}

/** Puts beside the forecasts that were awaited the settlement that came next, once it has. */
async function arrive(step: Step, currency: string, recent: readonly LastSettlement[]): Promise<void> {
  const [last] = recent;
  if (last === undefined) return;
  const ofCurrency = { account_id: step.accountId, currency };
  const awaited = await step.db
    .selectFrom("transfer_forecast as f")
    .leftJoin("settlement as s", (join) =>
      join
        .onRef("s.account_id", "=", "f.account_id")
        .onRef("s.currency", "=", "f.currency")
        .onRef("s.settlement_id", "=", "f.after_settlement_id"),
    )
    .select(["f.after_settlement_id", "s.start_at"])
    .where("f.account_id", "=", step.accountId)
    .where("f.currency", "=", currency)
    .where("f.settlement_id", "is", null)
    .where("f.after_settlement_id", "!=", last.settlementId)
    .execute();
  for (const { after_settlement_id: after, start_at: start } of awaited) {
    const next = await step.db
      .selectFrom("settlement")
      .select(["settlement_id", "payout_minor"])
      .where((where) => where.and(ofCurrency))
      .where("start_at", ">", start ?? 0)
      .orderBy("start_at")
      .orderBy("settlement_id")
      .limit(1)
      .executeTakeFirst();
    if (next === undefined) continue;
    await step.db
      .updateTable("transfer_forecast")
      .set({ settlement_id: next.settlement_id, actual_minor: -next.payout_minor })
      .where((where) => where.and({ ...ofCurrency, after_settlement_id: after }))
      .execute();
  }
}

async function keep(step: Step, currency: string, after: string, forecast: Forecast): Promise<void> {
  const figures = {
    made_at: step.now,
    opening_minor: forecast.openingMinor,
    captures_minor: forecast.capturesMinor,
    refunds_minor: forecast.refundsMinor,
    fees_minor: forecast.feesMinor,
    reserve_minor: forecast.reserveMinor,
    expected_minor: forecast.expectedMinor,
  };
  await step.db
    .insertInto("transfer_forecast")
    .values({
      account_id: step.accountId,
      currency,
      after_settlement_id: after,
      ...figures,
      settlement_id: null,
      actual_minor: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["account_id", "currency", "after_settlement_id"])
        .doUpdateSet(figures)
        .where("transfer_forecast.settlement_id", "is", null),
    )
    .execute();
}
