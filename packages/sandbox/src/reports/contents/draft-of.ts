import { digits } from "@amazon-pay-kit/sdk/random";
import type { Engine } from "../../engine/engine.ts";
import { conversionRate } from "../../engine/exchange.ts";
import type { Amount, Charge, ChargePermission, Movement, Refund, Report } from "../../engine/objects/index.ts";
import type { DraftRow, ReportDraft } from "../../engine/objects/report.ts";
import { accountIdOf } from "../../settlement/account.ts";
import { netOf } from "../../settlement/movements.ts";
import { closePeriod } from "../../settlement/periods/balance.ts";
import { wholeSecond } from "../../settlement/periods/running-period.ts";
import { frameRows } from "../../settlement/periods/settlement-boundary-rows.ts";
import { TRANSACTION_TYPE } from "../../settlement/transaction-types.ts";
import { findAddress } from "../../test-data/address-book.ts";
import { reportTypeFacts } from "../report-types.ts";
import { reportsSettings, writeOptions } from "../settings.ts";
import { addressColumns, buyerColumns } from "./buyer-columns.ts";
import { authorizationRows, captureRows, chargesIn } from "./charge-rows.ts";
import { type LegacyState, orderState, refundState } from "./legacy-values.ts";
import { settlementRows } from "./settlement-rows.ts";
import { changesIn, type DatedRow, newestFirst, type Window } from "./window.ts";

/** Captures and refunds of the window, in the currency of the books and in the one that the buyer saw. */
function multiCurrencyRows(engine: Engine, window: Window): DraftRow[] {
  const rows: DraftRow[] = [];
  for (const movement of engine.state.movements.under("merchant", window.merchantId)) {
    if (movement.environment !== window.environment) continue;
    if (movement.postedAt < window.startAt || movement.postedAt >= window.endAt) continue;
    const presented = presentedAmount(engine, movement.type, movement.transactionId);
    if (presented === undefined) continue;
    rows.push({
      values: {
        transactionPostedDate: wholeSecond(movement.postedAt),
        settlementId: movement.settlementId,
        amazonTransactionId: movement.transactionId,
        sellerReferenceId: movement.referenceId,
        transactionType: movement.type,
        amazonOrderReferenceId: movement.permissionId,
        sellerOrderId: movement.orderId,
        storeName: movement.storeName,
        currencyCode: movement.currency,
        transactionAmount: movement.amount,
        presentmentCurrency: presented.currencyCode,
        presentmentAmount: presented.minor,
        foreignExchangeRate: conversionRate(presented.currencyCode, movement.currency),
        totalTransactionFee: movement.percentageFee + movement.fixedFee,
        netTransactionAmount: netOf(movement),
      },
    });
  }
  return rows;
}

function presentedAmount(engine: Engine, type: string, transactionId: string | null): Amount | undefined {
  if (transactionId === null) return undefined;
  if (type === TRANSACTION_TYPE.capture) return engine.state.charges.get(transactionId)?.captured ?? undefined;
  if (type !== TRANSACTION_TYPE.refund) return undefined;
  const refund = engine.state.refunds.get(transactionId);
  return refund === undefined ? undefined : { minor: -refund.amount.minor, currencyCode: refund.amount.currencyCode };
}

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
function orderReferenceRows(engine: Engine, window: Window): DraftRow[] {
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
function billingAgreementRows(engine: Engine, window: Window): DraftRow[] {
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

/** Refunds that changed in the window. */
function refundRows(engine: Engine, window: Window): DraftRow[] {
  const rows: DatedRow[] = [];
  for (const refund of engine.state.refunds.under("merchant", window.merchantId)) {
    if (refund.createdAt >= window.endAt) break;
    if (refund.environment !== window.environment || refund.status.lastUpdatedAt < window.startAt) continue;
    rows.push(...rowsOf(engine, refund, window));
  }
  return newestFirst(rows);
}

function rowsOf(engine: Engine, refund: Refund, window: Window): DatedRow[] {
  const charge = engine.state.charges.get(refund.chargeId);
  return changesIn(refund.history, window, ({ to, reasonCode }) => refundState(to, reasonCode)).map(
    ({ at, change }) => ({
      at,
      row: {
        values: {
          amazonRefundId: refund.refundId,
          refundReferenceId: charge?.merchantMetadata.merchantReferenceId ?? null,
          amazonCaptureId: refund.chargeId,
          amazonOrderReferenceId: refund.chargePermissionId,
          refundAmount: refund.amount.minor,
          currencyCode: refund.amount.currencyCode,
          sellerRefundNote: null,
          refundType: "SellerInitiated",
          refundStatus: change.state,
          lastUpdateTimestamp: at,
          reasonCode: change.reasonCode,
          creationTimestamp: wholeSecond(refund.createdAt),
        },
      },
    }),
  );
}

const FRAME: ReadonlySet<string> = new Set([
  TRANSACTION_TYPE.reserve,
  TRANSACTION_TYPE.carryover,
  TRANSACTION_TYPE.debt,
  TRANSACTION_TYPE.transfer,
]);

/**
 * The settlement that a sandbox merchant orders: everything that moved in the stretch of time, as if it were one
 * settlement of its own that is paid out at its end. The books know nothing of it.
 */
function sandboxSettlementRows(engine: Engine, window: Window, settlementId: string): DraftRow[] {
  const byCurrency = new Map<string, Movement[]>();
  for (const movement of engine.state.movements.under("merchant", window.merchantId)) {
    if (movement.environment !== window.environment || FRAME.has(movement.type)) continue;
    if (movement.postedAt < window.startAt || movement.postedAt >= window.endAt) continue;
    const known = byCurrency.get(movement.currency);
    if (known === undefined) byCurrency.set(movement.currency, [movement]);
    else known.push(movement);
  }
  const all: Movement[] = [];
  for (const [currency, movements] of byCurrency) {
    all.push(...movements, ...payout(window, currency, movements, settlementId));
  }
  return settlementRows(all, settlementId);
}

function payout(window: Window, currency: string, movements: readonly Movement[], settlementId: string): Movement[] {
  const outcome = closePeriod({
    openReserve: 0n,
    openCarryover: 0n,
    activity: movements.reduce((sum, movement) => sum + netOf(movement), 0n),
    reserveOf: () => 0n,
    transferTiming: "period-end",
    minimumTransfer: 1n,
    onHold: false,
    negativeBalance: "debt",
  });
  const account = {
    accountId: accountIdOf(window.merchantId, window.environment, currency),
    merchantId: window.merchantId,
    environment: window.environment,
    currency,
    startAt: wholeSecond(window.startAt),
    openReserve: 0n,
    openCarryover: 0n,
    firstMovementAt: window.startAt,
    nominalCloseAt: window.endAt,
    settlements: 0,
  };
  const options = { transferTiming: "period-end", owedAs: TRANSACTION_TYPE.carryover } as const;
  return frameRows(account, settlementId, wholeSecond(window.endAt), outcome, options);
}

type Source = (engine: Engine, window: Window) => DraftRow[];

/** Where the rows of each transaction report come from. */
const SOURCES: Readonly<Record<string, Source>> = {
  __proto__: null as never,
  "order-reference": orderReferenceRows,
  "billing-agreement": billingAgreementRows,
  authorization: authorizationRows,
  capture: captureRows,
  refund: refundRows,
  "multi-currency": multiCurrencyRows,
};

/** The rows of a transaction report. */
export function transactionRows(engine: Engine, kind: string, window: Window): DraftRow[] {
  return SOURCES[kind]?.(engine, window) ?? [];
}

/**
 * The contents of a report as the truth has them.
 *
 * @param settlementId of the settlement that the report is about; null for reports over a stretch of time
 */
export function draftOf(engine: Engine, report: Report, settlementId: string | null): ReportDraft {
  const facts = reportTypeFacts(report.reportType);
  if (facts === undefined) throw new TypeError(`no report type ${report.reportType}`);
  const settings = reportsSettings(engine, report.merchantId);
  const { reportId, merchantId, environment, reportType, startAt, endAt } = report;
  const window: Window = { merchantId, environment, startAt, endAt, rowPerState: settings.rowPerState };
  const header =
    facts.kind === "settlement"
      ? { sellerId: merchantId, settlementStartDate: wholeSecond(startAt), settlementEndDate: wholeSecond(endAt) }
      : {};
  return {
    reportId,
    merchantId,
    environment,
    reportType,
    kind: facts.kind,
    settlementId,
    header,
    rows: rowsFor(engine, facts.kind, window, settlementId),
    options: writeOptions(settings),
    damage: [],
  };
}

function rowsFor(engine: Engine, kind: string, window: Window, settlementId: string | null): DraftRow[] {
  if (kind !== "settlement") return transactionRows(engine, kind, window);
  if (settlementId === null) return sandboxSettlementRows(engine, window, `6${digits(engine.random, 9)}`);
  return settlementRows(movementsOf(engine, window.merchantId, settlementId), settlementId);
}

function movementsOf(engine: Engine, merchantId: string, settlementId: string): Movement[] {
  const found: Movement[] = [];
  for (const movement of engine.state.movements.under("merchant", merchantId)) {
    if (movement.settlementId === settlementId) found.push(movement);
  }
  return found;
}
