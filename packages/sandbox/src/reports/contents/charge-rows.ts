import type { Engine } from "../../engine/engine.ts";
import type { Charge } from "../../engine/objects/index.ts";
import { movementOf } from "../../settlement/movements.ts";
import { authorizationIdOf } from "../../settlement/postings/postings.ts";
import { wholeSecond } from "../../settlement/periods/running-period.ts";
import { TRANSACTION_TYPE } from "../../settlement/transaction-types.ts";
import type { DraftRow } from "../../engine/objects/report.ts";
import { addressColumns, billingAddressId, buyerColumns } from "./buyer-columns.ts";
import { authorizationState, captureState, type LegacyState } from "./legacy-values.ts";
import { changesIn, newestFirst, type DatedRow, type Window } from "./window.ts";

/** Charges of the window's merchant that may have changed in it. */
export function* chargesIn(engine: Engine, window: Window): Generator<Charge> {
  for (const charge of engine.state.charges.under("merchant", window.merchantId)) {
    if (charge.createdAt >= window.endAt) break;
    if (charge.environment === window.environment && charge.status.lastUpdatedAt >= window.startAt) yield charge;
  }
}

/** Authorizations that changed in the window. */
export function authorizationRows(engine: Engine, window: Window): DraftRow[] {
  const rows: DatedRow[] = [];
  for (const charge of chargesIn(engine, window)) {
    const changes = changesIn(charge.history, window, ({ to, reasonCode }) => authorizationState(to, reasonCode));
    for (const { at, change } of changes)
      rows.push({ at, row: { values: authorizationRow(engine, charge, at, change) } });
  }
  return newestFirst(rows);
}

function authorizationRow(engine: Engine, charge: Charge, at: number, change: LegacyState): DraftRow["values"] {
  const authorizationId = authorizationIdOf(charge.chargeId);
  const captured = change.reasonCode === "MaxAmountCaptured" ? (charge.captured?.minor ?? 0n) : 0n;
  const fee =
    change.state === "Closed" ? movementOf(engine, TRANSACTION_TYPE.authorization, authorizationId) : undefined;
  return {
    amazonAuthorizationId: authorizationId,
    authorizationReferenceId: charge.merchantMetadata.merchantReferenceId,
    amazonOrderReferenceId: charge.chargePermissionId,
    authorizationAmount: charge.amount.minor,
    capturedAmount: captured,
    authorizationFee: -(fee?.fixedFee ?? 0n),
    currencyCode: charge.amount.currencyCode,
    sellerAuthorizationNote: charge.merchantMetadata.noteToBuyer,
    authorizationStatus: change.state,
    lastUpdateTimestamp: at,
    reasonCode: change.reasonCode,
    creationTimestamp: wholeSecond(charge.createdAt),
    expirationTimestamp: wholeSecond(charge.expiresAt),
  };
}

/** Captures that changed in the window. */
export function captureRows(engine: Engine, window: Window): DraftRow[] {
  const rows: DatedRow[] = [];
  for (const charge of chargesIn(engine, window)) {
    const changes = changesIn(charge.history, window, ({ from, to, reasonCode }) => captureState(from, to, reasonCode));
    for (const { at, change } of changes) rows.push({ at, row: { values: captureRow(engine, charge, at, change) } });
  }
  return newestFirst(rows);
}

function captureRow(engine: Engine, charge: Charge, at: number, change: LegacyState): DraftRow["values"] {
  const permission = engine.state.chargePermissions.get(charge.chargePermissionId);
  const { buyerName, buyerEmailAddress } = buyerColumns(permission);
  const begun = charge.history.find(({ to }) => to === "CaptureInitiated" || to === "Captured")?.at ?? at;
  return {
    amazonCaptureId: charge.chargeId,
    captureReferenceId: charge.merchantMetadata.merchantReferenceId,
    amazonAuthorizationId: authorizationIdOf(charge.chargeId),
    amazonOrderReferenceId: charge.chargePermissionId,
    captureAmount: (charge.captured ?? charge.amount).minor,
    currencyCode: charge.amount.currencyCode,
    sellerCaptureNote: charge.merchantMetadata.noteToBuyer,
    captureStatus: change.state,
    lastUpdateTimestamp: at,
    reasonCode: change.reasonCode,
    creationTimestamp: wholeSecond(begun),
    buyerName: buyerName ?? null,
    buyerEmailAddress: buyerEmailAddress ?? null,
    ...addressColumns(engine, "billingAddress", billingAddressId(permission)),
  };
}
