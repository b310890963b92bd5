import { MINUTE, SECOND } from "@amazon-pay-kit/money";
import { integer } from "@amazon-pay-kit/sdk/random";
import type { Engine } from "../../engine/engine.ts";
import { reportTypeOf } from "@amazon-pay-kit/reports";
import { reportsSettings } from "../settings.ts";
import { orderReport } from "./make-report.ts";

/** Seconds around the full minute at which automatic reports are made. */
const DRIFT_SECONDS = 60;

/** How long after its period an automatic report of a merchant is made. */
export function automaticDelay(engine: Engine, merchantId: string): number {
  const minutes = reportsSettings(engine, merchantId).automaticAfterMinutes;
  return minutes * MINUTE + integer(engine.random, 1, DRIFT_SECONDS) * SECOND;
}

/**
 * One report for every settlement: at about a quarter past one where it closed at midnight, and at once where somebody
 * asked for the closing, who will want to see it.
 */
export function reportSettlements(engine: Engine): void {
  engine.bus.on("settlement.closed", ({ settlement, onRequest }) => {
    const { merchantId, environment, settlementId, startAt, endAt } = settlement;
    orderReport(
      engine,
      {
        merchantId,
        environment,
        reportType: reportTypeOf("settlement"),
        startAt,
        endAt,
        cause: "settlement",
        settlementId,
      },
      onRequest ? { atOnce: true } : { afterMillis: automaticDelay(engine, merchantId) },
    );
  });
}
