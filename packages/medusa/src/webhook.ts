import { isFurtherPart, markOf, type Shop } from "@amazon-pay-kit/payments";
import { type Charge, NotFoundError } from "@amazon-pay-kit/sdk";
import {
  confirmSubscription,
  type NotificationBody,
  verifyNotification,
  type VerifyOptions,
} from "@amazon-pay-kit/sdk/notifications";
import type { ProviderWebhookPayload, WebhookActionResult } from "@medusajs/framework/types";

const NOTHING: WebhookActionResult = { action: "not_supported" };

/** Options of the verification. */
export type WebhookOptions = Pick<VerifyOptions, "topics" | "clock">;

/**
 * Verifies a notification, reads the charge that it names, and says what Medusa is to do.
 *
 * @throws NotificationError for what is no genuine notification for this merchant
 */
export async function webhookAction(
  shop: Shop,
  payload: ProviderWebhookPayload["payload"],
  options: WebhookOptions,
): Promise<WebhookActionResult> {
  const trust = { ...shop.pay.notificationTrust, ...options };
  const notification = await verifyNotification(bodyOf(payload), { ...trust, merchantIds: [shop.merchantId] });
  if (notification.type === "SubscriptionConfirmation" && options.topics !== undefined) {
    await confirmSubscription(notification, trust);
    return NOTHING;
  }
  if (notification.type !== "Notification" || notification.objectType !== "CHARGE") return NOTHING;
  const charge = await chargeOf(shop, notification.objectId);
  // What Medusa captured itself it has counted: told again, it would capture as much once more.
  if (charge === undefined || isFurtherPart(charge.merchantMetadata)) return NOTHING;
  const action = actionOf(charge);
  const session_id = await sessionOf(shop, charge);
  if (action === undefined || session_id === undefined) return NOTHING;
  return { action, data: { session_id, amount: charge.chargeAmount.amount } };
}

/** As it came, where the server kept it; SNS posts `text/plain`. */
function bodyOf({ rawData, data }: ProviderWebhookPayload["payload"]): NotificationBody {
  const raw: unknown = rawData;
  if (typeof raw === "string" && raw !== "") return raw;
  if (raw instanceof Uint8Array && raw.length > 0) return raw;
  return data as unknown as NotificationBody;
}

async function chargeOf(shop: Shop, chargeId: string): Promise<Charge | undefined> {
  try {
    return await shop.pay.charges.retrieve(chargeId);
  } catch (error) {
    // A charge of the same merchant in another environment.
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** A capture of a part is an authorization to Medusa, which has counted the capture already. */
function actionOf(charge: Charge): WebhookActionResult["action"] | undefined {
  switch (charge.statusDetails.state) {
    case "Authorized":
      return "authorized";
    case "Captured":
      return charge.captureAmount === null || charge.captureAmount.amount === charge.chargeAmount.amount
        ? "captured"
        : "authorized";
    case "Declined":
      return "failed";
    case "Canceled":
      return "canceled";
    case "AuthorizationInitiated":
      return "pending_authorization";
    default:
      return undefined;
  }
}

/** The payment session that a charge is for: as it is marked itself, or else the permission. */
async function sessionOf(shop: Shop, charge: Charge): Promise<string | undefined> {
  const own = markOf(charge.merchantMetadata)?.reference;
  if (own !== undefined) return own;
  const permission = await shop.pay.chargePermissions.retrieve(charge.chargePermissionId);
  return markOf(permission.merchantMetadata)?.reference;
}
