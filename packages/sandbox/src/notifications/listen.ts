import type { SandboxContext } from "../module.ts";
import type { ObjectType } from "./notification.ts";
import type { Outbox } from "./outbox.ts";

/** The object that a change is about. */
interface Changed {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly objectType: ObjectType;
  readonly objectId: string;
  readonly chargePermissionId: string;
  readonly state: string;
}

/** Posts a notification for every change of state that the service tells merchants about (docs/amazon-pay/notifications.md). */
export function listen(context: SandboxContext, outbox: Outbox): void {
  const { engine } = context;
  /** Last state that was told of, by object; from the objects' own history after a restart. */
  const told = new Map<string, string>();
  engine.bus.on("state.replaced", () => {
    told.clear();
    for (const permission of engine.state.chargePermissions.values())
      told.set(permission.chargePermissionId, permission.state);
    for (const charge of engine.state.charges.values()) told.set(charge.chargeId, charge.status.state);
    for (const refund of engine.state.refunds.values()) told.set(refund.refundId, refund.status.state);
    for (const dispute of engine.state.disputes.values()) told.set(dispute.disputeId, dispute.state);
  });

  const tell = (changed: Changed): void => {
    if (told.get(changed.objectId) === changed.state) return;
    told.set(changed.objectId, changed.state);
    const url = engine.state.merchants.get(changed.merchantId)?.notificationUrl;
    if (url === null || url === undefined) return;
    outbox.post({
      ...changed,
      notificationId: engine.uuid(),
      messageId: engine.uuid(),
      notificationType: "STATE_CHANGE",
      at: engine.now(),
      publishedAt: context.clock.now(),
      url,
    });
  };

  engine.bus.on("permission.changed", ({ permission }) => {
    const { merchantId, environment, chargePermissionId, state } = permission;
    tell({
      merchantId,
      environment,
      objectType: "CHARGE_PERMISSION",
      objectId: chargePermissionId,
      chargePermissionId,
      state,
    });
  });
  engine.bus.on("charge.changed", ({ charge }) => {
    const { merchantId, environment, chargeId, chargePermissionId, status } = charge;
    tell({
      merchantId,
      environment,
      objectType: "CHARGE",
      objectId: chargeId,
      chargePermissionId,
      state: status.state,
    });
  });
  engine.bus.on("refund.changed", ({ refund }) => {
    const { merchantId, environment, refundId, chargePermissionId, status } = refund;
    tell({
      merchantId,
      environment,
      objectType: "REFUND",
      objectId: refundId,
      chargePermissionId,
      state: status.state,
    });
  });
  engine.bus.on("dispute.changed", ({ dispute }) => {
    const { merchantId, environment, disputeId, chargeId, state } = dispute;
    const chargePermissionId = engine.state.charges.get(chargeId)?.chargePermissionId ?? "";
    tell({ merchantId, environment, objectType: "CHARGEBACK", objectId: disputeId, chargePermissionId, state });
  });
}
