import { environmentOfKey } from "@amazon-pay-kit/sdk/operations";
import type { Engine } from "../../engine/engine.ts";
import type { ChargePermission, Merchant } from "../../engine/objects/index.ts";
import { PageRefusal } from "../page-refusal.ts";
import { beginVisit, type Visit } from "../visit/visit.ts";
import { makeSession, verified } from "./begin.ts";
import { checkSessionPayload, readPayload } from "./check-payload.ts";
import { missing, readStartForm } from "./start-form.ts";

/** Members of the payload that are for the page and not for the session. */
const OF_THE_PAGE = ["merchantId", "ledgerCurrency", "checkoutLanguage", "productType", "chargePermissionId"];

/**
 * `amazon.Pay.bindUpgradeAction`: the buyer of a one-time charge permission is asked to agree to recurring payments. The payload
 * is that of a recurring checkout, with `merchantId` and the `chargePermissionId` that is upgraded; completing its session
 * makes a recurring permission beside the one-time one, which stays.
 *
 * @throws PageRefusal with the code of the error page
 */
export function beginUpgrade(engine: Engine, form: URLSearchParams, origin: string | undefined): Visit {
  const action = form.get("upgradeAction");
  if (action !== "recurringUpgrade") {
    throw new PageRefusal("InvalidParameterValue", "upgradeAction must be recurringUpgrade.", {
      causes:
        action === "recurringUpdate"
          ? ["Amazon documents recurringUpgrade only. Change a recurring permission with Update Charge Permission."]
          : [],
    });
  }
  const start = readStartForm(form, origin);
  const merchant = engine.state.merchants.get(start.merchantId);
  if (merchant === undefined)
    throw new PageRefusal("InvalidParameterValue", "merchantId is not known to this sandbox.");
  const { environment, payloadJSON } = verified(engine, merchant, start);
  const payload = readPayload(payloadJSON);
  if (payload["merchantId"] !== merchant.merchantId) throw missing("merchantId in the payload");
  const permission = permissionOf(engine, merchant, environment, payload["chargePermissionId"]);
  const rest = Object.fromEntries(Object.entries(payload).filter(([name]) => !OF_THE_PAGE.includes(name)));
  const details = recordOf(rest["webCheckoutDetails"]);
  if (typeof details["checkoutResultReturnUrl"] !== "string")
    throw missing("webCheckoutDetails.checkoutResultReturnUrl");
  const recurring = recordOf(rest["recurringMetadata"]);
  if (recordOf(recurring["frequency"])["unit"] === undefined) throw missing("recurringMetadata.frequency");
  if ((rest["chargePermissionType"] ?? "Recurring") !== "Recurring")
    throw new PageRefusal("InvalidParameterValue", "chargePermissionType must be Recurring for an upgrade.");
  const paymentDetails = rest["paymentDetails"] ?? { paymentIntent: "Confirm", chargeAmount: recurring["amount"] };
  if (recordOf(paymentDetails)["chargeAmount"] === undefined) throw missing("paymentDetails.chargeAmount");
  const wanted = {
    ...rest,
    chargePermissionType: "Recurring",
    paymentDetails,
    // There is no review page: the buyer comes back to the result page.
    webCheckoutDetails: { checkoutReviewReturnUrl: details["checkoutResultReturnUrl"], ...details },
  };
  const body = checkSessionPayload(engine, JSON.stringify(wanted), merchant, environment, false);
  const session = makeSession(engine, {
    merchant,
    environment,
    body,
    productType: permission.addressId === null ? "PayOnly" : "PayAndShip",
  });
  const { buyerId, instrumentId, addressId } = permission;
  session.buyer = { buyerId, instrumentId, addressId };
  engine.state.checkoutSessions.put(session.checkoutSessionId, session);
  return beginVisit(engine, {
    purpose: "upgrade",
    merchantId: merchant.merchantId,
    environment: environmentOfKey(start.publicKeyId ?? "") ?? environment,
    checkoutSessionId: session.checkoutSessionId,
    signIn: null,
    language: start.checkoutLanguage,
    pageUrl: start.pageUrl,
    origin: start.origin,
    embedded: false,
    buyerId,
    addressIds: addressId === null ? [] : [addressId],
    instrumentId,
  });
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** The one-time permission that is upgraded. @throws PageRefusal */
function permissionOf(engine: Engine, merchant: Merchant, environment: string, id: unknown): ChargePermission {
  if (typeof id !== "string") throw missing("chargePermissionId");
  const permission = engine.state.chargePermissions.get(id);
  if (permission?.merchantId !== merchant.merchantId || permission.environment !== environment)
    throw new PageRefusal("ResourceNotFound", "The merchant has no charge permission of this id.", { status: 404 });
  if (permission.type !== "OneTime") {
    throw new PageRefusal(
      "InvalidParameterValue",
      `The charge permission is ${permission.type}: only a one-time one can be upgraded.`,
    );
  }
  const canceled = permission.reasons?.some(({ reasonCode }) => reasonCode !== "AmazonClosed");
  if (permission.state === "Closed" && canceled === true) {
    throw new PageRefusal("InvalidChargePermissionStatus", "The charge permission was cancelled or has expired.", {
      status: 422,
    });
  }
  return permission;
}
