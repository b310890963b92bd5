import { DAY, SECOND } from "@amazon-pay-kit/money";
import { integer } from "@amazon-pay-kit/sdk/random";
import type { Engine } from "../../engine/engine.ts";
import { transactionRows } from "../contents/draft-of.ts";
import type { Window } from "../contents/window.ts";
import { DAILY_TYPES } from "../report-types.ts";
import { reportsSettings } from "../settings.ts";
import { orderReport } from "./make-report.ts";
import { automaticDelay } from "./settlement-reports.ts";

/** Where the days of a merchant's transaction reports stand. */
interface ReportDay {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  /** Start of the day that runs. */
  startAt: number;
  /** Whether its end is on the schedule. */
  awaited: boolean;
}

/** Kind of the scheduled tasks that end a day. */
const DAY_ITEM = "report.day";

/** Days end this many seconds after midnight UTC, as in the sample listing of 2015. */
const [EARLIEST_SECOND, LATEST_SECOND] = [16, 19] as const;

/**
 * Transaction reports for every day on which something changed, made shortly after midnight; days without a change have
 * none.
 */
export function reportDays(engine: Engine): void {
  const noticed = (object: { readonly merchantId: string; readonly environment: "sandbox" | "live" }): void => {
    awaitMidnight(engine, object.merchantId, object.environment);
  };
  engine.bus.on("permission.changed", ({ permission }) => noticed(permission));
  engine.bus.on("charge.changed", ({ charge }) => noticed(charge));
  engine.bus.on("refund.changed", ({ refund }) => noticed(refund));
  engine.handle(DAY_ITEM, (item) => endDay(engine, item.subject));
}

function awaitMidnight(engine: Engine, merchantId: string, environment: "sandbox" | "live"): void {
  const days = engine.state.extra<ReportDay>("reportDays");
  const key = `${merchantId}/${environment}`;
  const day = days.get(key) ?? { merchantId, environment, startAt: 0, awaited: false };
  if (day.awaited) return;
  const midnight = Math.floor(engine.now() / DAY) * DAY;
  // After days without a change the next report starts with its own day, not with the last one.
  day.startAt = Math.max(day.startAt, midnight);
  day.awaited = true;
  days.put(key, day);
  const ends = midnight + DAY + integer(engine.random, EARLIEST_SECOND, LATEST_SECOND) * SECOND;
  engine.schedule(ends, DAY_ITEM, key);
}

function endDay(engine: Engine, key: string): void {
  const days = engine.state.extra<ReportDay>("reportDays");
  const day = days.get(key);
  if (day === undefined) return;
  const { merchantId, environment, startAt } = day;
  const endAt = engine.now();
  days.put(key, { ...day, startAt: endAt, awaited: false });
  if (!reportsSettings(engine, merchantId).daily) return;
  const window: Window = { merchantId, environment, startAt, endAt, rowPerState: true };
  const afterMillis = automaticDelay(engine, merchantId);
  for (const { type, kind } of DAILY_TYPES) {
    if (transactionRows(engine, kind, window).length === 0) continue;
    orderReport(engine, { merchantId, environment, reportType: type, startAt, endAt, cause: "day" }, { afterMillis });
  }
}
