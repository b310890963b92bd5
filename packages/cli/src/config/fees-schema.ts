import { z } from "zod";
import { currencyCode, day, once } from "./schema-parts.ts";

/** An amount or percentage as a text, so that no digit is lost on the way. */
const decimal = once(() => z.string().regex(/^\d+(\.\d+)?$/, 'expected a decimal text such as "2.9"'));

/** What one currency costs from a day on. */
export const feeSchedule = once(() =>
  z
    .strictObject({
      currency: currencyCode(),
      /** First day (UTC); the schedule before it ends there. Default: always. */
      from: day().optional(),
      rates: z
        .array(z.strictObject({ label: z.string().min(1), percentage: decimal(), fixed: decimal().optional() }))
        .min(1)
        .optional(),
      tiers: z
        .array(z.strictObject({ below: decimal().optional(), percentage: decimal() }))
        .min(1)
        .optional(),
      tierFixed: decimal().optional(),
      tierChoice: z.enum(["by-volume", "any"]).optional(),
      dispute: decimal().optional(),
    })
    .refine((schedule) => schedule.rates !== undefined || schedule.tiers !== undefined, "expected rates or tiers"),
);

/** VAT that is in the fees, from the first day of a month to the last day of one. */
export const feeTax = once(() =>
  z.strictObject({
    currency: currencyCode().optional(),
    /** First day, the first of a month. Default: always. */
    from: day().optional(),
    /** Last day, the last of a month. Default: until another one begins. */
    to: day().optional(),
    /** Percent: `"19"`; `"0"` under reverse charge. */
    rate: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/, 'expected percent as a decimal text such as "19" or "8.1"'),
    /** What rules of accounts and tax codes call it. Default `standard`, for the rate 0 `reverse-charge`. */
    label: z.string().min(1).optional(),
  }),
);

const kept = once(() => z.enum(["auto", "required", "ignored"]).optional());
const days = once(() => z.number().min(0).max(3660).optional());

/** How runs judge; whole days where the library takes milliseconds. */
export const reconcileSchema = once(() =>
  z.strictObject({
    transferPays: z.enum(["auto", "closing", "previous-balance"]).optional(),
    zeroSum: z.enum(["report", "require"]).optional(),
    windowToleranceSeconds: z.int().min(0).optional(),
    records: kept(),
    bank: kept(),
    unsettledGraceDays: days(),
    unsettledAfterDays: days(),
    history: z.enum(["auto", "complete", "partial"]).optional(),
    refundHorizonDays: days(),
    bankDays: z.int().min(0).max(60).optional(),
    depositPattern: z.string().min(1).optional(),
    /** The fee audit: `off`, or how fees are compared. The schedules stand with the accounts. */
    fees: z
      .union([
        z.literal("off"),
        z.strictObject({
          tolerance: z.int().min(0).max(1000).optional(),
          rounding: z.enum(["half-up", "half-even", "down"]).optional(),
        }),
      ])
      .optional(),
  }),
);

/** `reconcile` of the configuration. */
export type ReconcileConfig = z.infer<ReturnType<typeof reconcileSchema>>;
