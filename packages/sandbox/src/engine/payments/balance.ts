import type { Engine } from "../engine.ts";
import type { Amount, ChargePermission } from "../objects/index.ts";

/** First moment of the calendar month (UTC) of an instant. */
export function monthOf(instant: number): number {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** What is left of a permission's limit at a moment: a monthly limit is whole again on the first of the month. */
export function balanceAt(permission: ChargePermission, now: number): Amount {
  return permission.balanceMonth !== null && monthOf(now) > permission.balanceMonth
    ? permission.limit
    : permission.balance;
}

/** Takes an amount out of what is left. */
export function reserve(engine: Engine, permission: ChargePermission, amount: Amount): void {
  const now = engine.now();
  const { minor, currencyCode } = balanceAt(permission, now);
  permission.balance = { minor: minor - amount.minor, currencyCode };
  if (permission.balanceMonth !== null) permission.balanceMonth = monthOf(now);
  engine.state.chargePermissions.put(permission.chargePermissionId, permission);
}

/**
 * Gives back what a charge took and does not use. A monthly limit gets back only what was taken in the running month.
 *
 * @param takenAt when the charge took it
 */
export function release(engine: Engine, permission: ChargePermission, minor: bigint, takenAt: number): void {
  if (minor === 0n) return;
  const now = engine.now();
  const left = balanceAt(permission, now);
  if (permission.balanceMonth !== null) {
    permission.balanceMonth = monthOf(now);
    permission.balance = left;
    if (monthOf(takenAt) < monthOf(now)) return;
  }
  const back = left.minor + minor;
  const most = permission.limit.minor;
  permission.balance = { minor: back > most ? most : back, currencyCode: left.currencyCode };
  engine.state.chargePermissions.put(permission.chargePermissionId, permission);
}
