import { ControlError } from "../control/control-error.ts";
import { onlyMembers, optionalChoice, requiredText } from "../control/read-members.ts";
import type { ControlRequest, SandboxContext } from "../module.ts";
import { shown } from "./control.ts";
import { NOTIFICATION_TYPES, OBJECT_TYPES, type ObjectType } from "./notification.ts";
import type { Outbox } from "./outbox.ts";

/** The object that a message names. */
interface Subject {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly chargePermissionId: string;
  readonly state: string;
}

/**
 * `POST /_sandbox/notifications/messages` `{"objectType":"CHARGE","objectId":"…","notificationType":"ATTRIBUTE_CHANGE"}`: tells the
 * merchant of an object once more, without any change to it. `notificationType` is `STATE_CHANGE` by default.
 *
 * @throws ControlError for an object that is not there, and for a merchant without an address for notifications
 */
export function postMessage(
  { engine, clock }: Pick<SandboxContext, "engine" | "clock">,
  outbox: Outbox,
  body: ControlRequest["body"],
): unknown {
  onlyMembers(body, "objectType", "objectId", "notificationType");
  const objectType = optionalChoice(body, "objectType", OBJECT_TYPES);
  if (objectType === undefined)
    throw new ControlError("control.missing", `objectType is missing: one of ${OBJECT_TYPES.join(", ")}`);
  const objectId = requiredText(body, "objectId");
  const subject = subjectOf({ engine }, objectType, objectId);
  if (subject === undefined) throw new ControlError("control.not-found", `there is no ${objectType} ${objectId}`);
  const { merchantId } = subject;
  const url = engine.state.merchants.get(merchantId)?.notificationUrl ?? null;
  if (url === null) {
    throw new ControlError(
      "control.conflict",
      `merchant ${merchantId} has no address for notifications: POST /_sandbox/merchants/${merchantId} {"notificationUrl":"…"}`,
    );
  }
  const notificationId = engine.uuid();
  outbox.post({
    ...subject,
    objectType,
    objectId,
    notificationId,
    messageId: engine.uuid(),
    notificationType: optionalChoice(body, "notificationType", NOTIFICATION_TYPES) ?? "STATE_CHANGE",
    at: engine.now(),
    publishedAt: clock.now(),
    url,
  });
  const posted = outbox.notifications.get(notificationId);
  if (posted === undefined) throw new TypeError(`notification ${notificationId} is gone`);
  return shown(posted);
}

function subjectOf(
  { engine }: Pick<SandboxContext, "engine">,
  objectType: ObjectType,
  objectId: string,
): Subject | undefined {
  const { state } = engine;
  switch (objectType) {
    case "CHARGE_PERMISSION": {
      const permission = state.chargePermissions.get(objectId);
      return permission === undefined ? undefined : { ...placeOf(permission), state: permission.state };
    }
    case "CHARGE": {
      const charge = state.charges.get(objectId);
      return charge === undefined ? undefined : { ...placeOf(charge), state: charge.status.state };
    }
    case "REFUND": {
      const refund = state.refunds.get(objectId);
      return refund === undefined ? undefined : { ...placeOf(refund), state: refund.status.state };
    }
    case "CHARGEBACK": {
      const dispute = state.disputes.get(objectId);
      if (dispute === undefined) return undefined;
      const chargePermissionId = state.charges.get(dispute.chargeId)?.chargePermissionId ?? "";
      return { ...placeOf({ ...dispute, chargePermissionId }), state: dispute.state };
    }
  }
}

const placeOf = ({ merchantId, environment, chargePermissionId }: Omit<Subject, "state">): Omit<Subject, "state"> => ({
  merchantId,
  environment,
  chargePermissionId,
});
