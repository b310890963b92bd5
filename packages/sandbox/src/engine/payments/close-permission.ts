import { DomainError } from "../domain-error.ts";
import type { Engine } from "../engine.ts";
import type { ChargePermission } from "../objects/index.ts";
import { cancelCharge } from "./cancel-charge.ts";
import { allows, CHARGE_STATES, PERMISSION_STATES } from "../states/state-tables.ts";
import { movePermission } from "./move-permission.ts";

/**
 * Ends a permission. Charges that are not captured yet stay as they are, and can be captured, unless they are to be
 * cancelled with it (docs/amazon-pay/operations.md).
 */
export function closePermission(
  engine: Engine,
  permission: ChargePermission,
  reasonCode: string,
  cancelPendingCharges: boolean,
): void {
  movePermission(engine, permission, "Closed", reasonCode);
  if (!cancelPendingCharges) return;
  for (const charge of engine.state.charges.under("permission", permission.chargePermissionId)) {
    if (allows(CHARGE_STATES, charge.status.state, "cancel")) cancelCharge(engine, charge, "ChargePermissionCanceled");
  }
}

/**
 * Refuses an update of a permission that is over. One exception: what a one-time permission's metadata still lacks can be
 * filled in, so that an order number which comes after the charge finds its place.
 * https://developer.amazon.com/docs/amazon-pay-checkout/update-info-post-checkout.html
 *
 * @param body a checked body of Update Charge Permission
 * @throws DomainError `ChargePermissionNotModifiable`
 */
export function requireModifiable(permission: ChargePermission, body: Readonly<Record<string, unknown>>): void {
  const given = (value: unknown): boolean => value !== undefined && value !== null;
  const metadata = body["merchantMetadata"] as Readonly<Record<string, unknown>> | null | undefined;
  const names = Object.keys(metadata ?? {}).filter((name) => given(metadata?.[name]));
  const lacking = (name: string): boolean =>
    (permission.merchantMetadata[name as keyof ChargePermission["merchantMetadata"]] ?? "") === "";
  const onlyFillsIn = !given(body["recurringMetadata"]) && names.length > 0 && names.every(lacking);
  if (permission.type === "OneTime" && onlyFillsIn) return;
  requirePermissionOperation(permission, "update");
}

/** @throws DomainError for an operation that the permission's state does not allow */
export function requirePermissionOperation(permission: ChargePermission, operation: string): void {
  if (allows(PERMISSION_STATES, permission.state, operation)) return;
  if (operation === "update") {
    throw new DomainError(
      "ChargePermissionNotModifiable",
      "You tried to update a Charge Permission that is in a state where it cannot be modified: Closed.",
    );
  }
  const reason = permission.reasons?.[0]?.reasonDescription;
  throw new DomainError(
    "InvalidChargePermissionStatus",
    `You tried to call an operation on a Charge Permission that is in a state where that operation cannot be called: ${permission.state}.${reason === undefined ? "" : ` ${reason}`}`,
  );
}
