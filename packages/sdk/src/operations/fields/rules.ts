import { isRecord } from "./check.ts";
import type { FieldIssue } from "./issue.ts";
import { isText } from "../../kind.ts";

/** A rule over several members at once. */
export type Rule = (body: Readonly<Record<string, unknown>>) => FieldIssue | undefined;

const inside = (body: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> => {
  const value = body[name];
  return isRecord(value) ? value : {};
};

const absent = (value: unknown): boolean => value === undefined || value === null;

/** Official samples send flags as text too. */
const on = (value: unknown): boolean => value === true || value === "true";

const missing = (path: string, why: string): FieldIssue => ({
  reasonCode: "MissingParameterValue",
  path,
  message: `${path} is required ${why}`,
});

const clash = (path: string, why: string): FieldIssue => ({
  reasonCode: "InvalidParameterCombination",
  path,
  message: `${path} ${why}`,
});

/** The review page's address is needed unless `checkoutMode` is `ProcessOrder`; then the result page's is. */
export const reviewReturnUrl: Rule = (body) => {
  const details = inside(body, "webCheckoutDetails");
  if (details["checkoutMode"] === "ProcessOrder") {
    return absent(details["checkoutResultReturnUrl"])
      ? missing("webCheckoutDetails.checkoutResultReturnUrl", "when checkoutMode is ProcessOrder")
      : undefined;
  }
  return absent(details["checkoutReviewReturnUrl"])
    ? missing("webCheckoutDetails.checkoutReviewReturnUrl", "unless checkoutMode is ProcessOrder")
    : undefined;
};

/** A Buy Now payload names no addresses; one that does must name the one that is needed. */
export const reviewReturnUrlWhereDetails: Rule = (body) =>
  absent(body["webCheckoutDetails"]) ? undefined : reviewReturnUrl(body);

/**
 * An additional payment button has no later call that could tell what is paid for. Setting up a payment method pays
 * for nothing.
 */
export const processOrderNeedsPaymentDetails: Rule = (body) =>
  inside(body, "webCheckoutDetails")["checkoutMode"] === "ProcessOrder" &&
  absent(body["paymentDetails"]) &&
  inside(body, "paymentMethodOnFileMetadata")["setupOnly"] !== true
    ? missing("paymentDetails", "when checkoutMode is ProcessOrder")
    : undefined;

/** A session for a subscription says its rhythm. */
export const recurringNeedsMetadata: Rule = (body) =>
  body["chargePermissionType"] === "Recurring" && absent(body["recurringMetadata"])
    ? missing("recurringMetadata", "when chargePermissionType is Recurring")
    : undefined;

/** A session for a saved payment method says whether it is merely set up. */
export const onFileNeedsMetadata: Rule = (body) =>
  body["chargePermissionType"] === "PaymentMethodOnFile" && absent(body["paymentMethodOnFileMetadata"])
    ? missing("paymentMethodOnFileMetadata", "when chargePermissionType is PaymentMethodOnFile")
    : undefined;

/** A payment that is captured at once cannot be pending. */
export const pendingOrCapturedAtCheckout: Rule = (body) => {
  const details = inside(body, "paymentDetails");
  return details["paymentIntent"] === "AuthorizeWithCapture" && on(details["canHandlePendingAuthorization"])
    ? clash("paymentDetails.canHandlePendingAuthorization", "cannot be true when paymentIntent is AuthorizeWithCapture")
    : undefined;
};

/**
 * The text on the buyer's statement is given with the capture. The intent may have been set by an earlier call, so
 * only a contradicting one is a clash.
 */
export const descriptorNeedsCaptureAtCheckout: Rule = (body) => {
  const details = inside(body, "paymentDetails");
  const intent = details["paymentIntent"];
  return !absent(details["softDescriptor"]) && !absent(intent) && intent !== "AuthorizeWithCapture"
    ? clash("paymentDetails.softDescriptor", "is allowed only when paymentIntent is AuthorizeWithCapture")
    : undefined;
};

/** An update cannot set it: it is given at create or by the button, and then follows the charge amount's currency. */
export const presentmentCurrencyIsFixed: Rule = (body) =>
  absent(inside(body, "paymentDetails")["presentmentCurrency"])
    ? undefined
    : {
        reasonCode: "InvalidParameterValue",
        path: "paymentDetails.presentmentCurrency",
        message:
          "paymentDetails.presentmentCurrency cannot be updated: it follows chargeAmount.currencyCode; leave it out",
      };

/** A payment that is captured at once cannot be pending. */
export const pendingOrCapturedAtFinalize: Rule = (body) =>
  body["paymentIntent"] === "AuthorizeWithCapture" && on(body["canHandlePendingAuthorization"])
    ? clash("canHandlePendingAuthorization", "cannot be true when paymentIntent is AuthorizeWithCapture")
    : undefined;

/** A charge that is captured at once cannot be pending. */
export const pendingOrCapturedNow: Rule = (body) =>
  on(body["captureNow"]) && on(body["canHandlePendingAuthorization"])
    ? clash("canHandlePendingAuthorization", "cannot be true together with captureNow: true")
    : undefined;

/** The text on the buyer's statement is given with the capture: at creation only together with `captureNow`. */
export const descriptorNeedsCaptureNow: Rule = (body) =>
  !absent(body["softDescriptor"]) && !on(body["captureNow"])
    ? clash("softDescriptor", "is allowed only together with captureNow: true")
    : undefined;

/** A parcel belongs to a charge permission, or to an order reference of the older API. */
export const trackedObject: Rule = (body) =>
  absent(body["chargePermissionId"]) && absent(body["amazonOrderReferenceId"])
    ? missing("chargePermissionId", "(or amazonOrderReferenceId for an order of the older API)")
    : undefined;

/** A token stands for the whole query. An empty one is none: official samples send it along. */
export const tokenStandsAlone: Rule = (query) =>
  !absent(query["nextToken"]) &&
  query["nextToken"] !== "" &&
  Object.keys(query).some((name) => name !== "nextToken" && !absent(query[name]))
    ? clash("nextToken", "must be the only query parameter")
    : undefined;

/** What is asked for lies between its two ends. */
export const startBeforeEnd: Rule = (body) => {
  const [start, end] = [instant(body["startTime"]), instant(body["endTime"])];
  return start !== undefined && end !== undefined && start >= end
    ? { reasonCode: "InvalidParameterValue", path: "endTime", message: "endTime must be later than startTime" }
    : undefined;
};

/** Milliseconds of an ISO form, the documentation's `2022-08-04T00-00-00Z` too; undefined for what is not one. */
function instant(value: unknown): number | undefined {
  if (!isText(value)) return undefined;
  const extended = value.replace(/^(\d{4})-?(\d{2})-?(\d{2})T(\d{2})[:-]?(\d{2})[:-]?(\d{2})/, "$1-$2-$3T$4:$5:$6");
  const millis = Date.parse(extended);
  return Number.isNaN(millis) ? undefined : millis;
}
