import type { Engine } from "../../engine/engine.ts";
import type { Charge, ChargePermission } from "../../engine/objects/index.ts";
import { findAddress } from "../../test-data/address-book.ts";
import { wholeSecond } from "../../settlement/periods/running-period.ts";
import type { DraftRow } from "../../engine/objects/report-draft.ts";
import { addressColumns, buyerColumns } from "./buyer-columns.ts";
import { chargesIn } from "./charge-rows.ts";
import { orderState, type LegacyState } from "./legacy-values.ts";
import { changesIn, newestFirst, type DatedRow, type Window } from "./window.ts";

function* permissionsIn(engine: Engine, window: Window): Generator<ChargePermission> {
  for (const permission of engine.state.chargePermissions.under("merchant", window.merchantId)) {
    if (permission.createdAt >= window.endAt) break;
    if (permission.environment === window.environment && permission.lastUpdatedAt >= window.startAt) yield permission;
  }
}

/**
 * Order references that changed in the window: one per charge permission for one-time payments, one per charge for
 * recurring ones. Source: help pages of the Japanese service.
 */
export function orderReferenceRows(engine: Engine, window: Window): DraftRow[] {
  const rows: DatedRow[] = [];
  for (const permission of permissionsIn(engine, window)) {
    if (permission.type !== "OneTime") continue;
    const changes = changesIn(permission.history, window, ({ to, reasonCode }) => orderState(to, reasonCode));
    for (const { at, change } of changes)
      rows.push({ at, row: { values: orderRow(engine, permission, null, at, change) } });
  }
  for (const charge of chargesIn(engine, window)) {
    const permission = engine.state.chargePermissions.get(charge.chargePermissionId);
    if (permission === undefined || permission.type === "OneTime") continue;
    const changes = changesIn(charge.history, window, ({ from, to }) => perCharge(from, to));
    for (const { at, change } of changes)
      rows.push({ at, row: { values: orderRow(engine, permission, charge, at, change) } });
  }
  return newestFirst(rows);
}

/** The order reference of a recurring charge opens with it and closes when it is captured or over. */
function perCharge(from: string | null, to: string): LegacyState | null {
  if (from === null) return { state: "Open", reasonCode: null };
  if (to === "Captured") return { state: "Closed", reasonCode: "MaxAmountCharged" };
  return to === "Canceled" || to === "Declined" ? { state: "Closed", reasonCode: "AmazonClosed" } : null;
}

function orderRow(
  engine: Engine,
  permission: ChargePermission,
  charge: Charge | null,
  at: number,
  change: LegacyState,
): DraftRow["values"] {
  const { merchantMetadata } = permission;
  const amount = charge?.amount ?? permission.limit;
  const expiresAt = charge?.expiresAt ?? permission.expiresAt;
  const address = permission.addressId === null ? undefined : findAddress(engine, permission.addressId)?.address;
  return {
    amazonOrderReferenceId: permission.chargePermissionId,
    sellerOrderId: merchantMetadata.merchantReferenceId,
    storeName: merchantMetadata.merchantStoreName,
    orderAmount: amount.minor,
    currencyCode: amount.currencyCode,
    sellerNote: merchantMetadata.noteToBuyer,
    orderReferenceStatus: change.state,
    lastUpdateTimestamp: at,
    reasonCode: change.reasonCode,
    creationTimestamp: wholeSecond((charge ?? permission).createdAt),
    expirationTimestamp: expiresAt === null ? null : wholeSecond(expiresAt),
    ...buyerColumns(permission),
    shippingAddressName: address?.name ?? null,
    ...addressColumns(engine, "shippingAddress", permission.addressId),
    shippingAddressPhone: address?.phoneNumber ?? null,
  };
}

/** Recurring contracts that changed in the window. */
export function billingAgreementRows(engine: Engine, window: Window): DraftRow[] {
  const rows: DatedRow[] = [];
  for (const permission of permissionsIn(engine, window)) {
    if (permission.type !== "Recurring") continue;
    const changes = changesIn(permission.history, window, ({ to, reasonCode }) => orderState(to, reasonCode));
    for (const { at, change } of changes) rows.push({ at, row: { values: agreementRow(permission, at, change) } });
  }
  return newestFirst(rows);
}

function agreementRow(permission: ChargePermission, at: number, change: LegacyState): DraftRow["values"] {
  const { merchantMetadata, balanceMonth } = permission;
  const month = new Date(balanceMonth ?? permission.createdAt);
  const [year, index] = [month.getUTCFullYear(), month.getUTCMonth()];
  return {
    amazonBillingAgreementId: permission.chargePermissionId,
    sellerBillingAgreementId: merchantMetadata.merchantReferenceId,
    storeName: merchantMetadata.merchantStoreName,
    amountLimitPerTimePeriod: permission.limit.minor,
    currentRemainingBalance: permission.balance.minor,
    currencyCode: permission.limit.currencyCode,
    sellerNote: merchantMetadata.noteToBuyer,
    billingAgreementStatus: change.state,
    lastUpdateTimestamp: at,
    reasonCode: change.reasonCode,
    creationTimestamp: wholeSecond(permission.createdAt),
    timePeriodStartDate: Date.UTC(year, index),
    timePeriodEndDate: Date.UTC(year, index + 1),
    ...buyerColumns(permission),
  };
}
