import type { Engine } from "../../engine/engine.ts";
import type { Charge, ChargePermission, Merchant } from "../../engine/objects/index.ts";
import { FEE_SCHEDULES, scheduleAt, type FeeSchedule } from "../fees/index.ts";
import { booksSettings, type BooksSettings } from "../settings.ts";
import { settlementCurrency } from "../../engine/exchange.ts";
import { merchantOf } from "../periods/running-period.ts";

/** What a posting needs to know around a charge. */
export interface ChargeContext {
  readonly merchant: Merchant;
  readonly permission: ChargePermission | undefined;
  readonly settings: BooksSettings;
  /** Currency in which the charge is settled. */
  readonly currency: string;
  readonly schedule: FeeSchedule;
}

/** Merchant, permission, settings and the fee schedule that was valid when the order was placed. */
export function contextOf(engine: Engine, charge: Charge): ChargeContext {
  const merchant = merchantOf(engine, charge.merchantId);
  const permission = engine.state.chargePermissions.get(charge.chargePermissionId);
  const settings = booksSettings(engine, merchant);
  const currency = settlementCurrency(merchant, charge.amount.currencyCode);
  const orderedAt = permission?.createdAt ?? charge.createdAt;
  const schedule = scheduleAt(settings.fees, currency, orderedAt) ?? scheduleAt(FEE_SCHEDULES, currency, orderedAt);
  if (schedule === undefined) throw new TypeError(`no fee schedule for ${currency}`);
  return { merchant, permission, settings, currency, schedule };
}

/** What every posting about a charge has in common. */
export function aboutCharge(
  charge: Charge,
  context: ChargeContext,
): {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly currency: string;
  readonly charge: Charge;
  readonly permission?: ChargePermission;
} {
  return {
    merchantId: charge.merchantId,
    environment: charge.environment,
    currency: context.currency,
    charge,
    ...(context.permission === undefined ? {} : { permission: context.permission }),
  };
}
