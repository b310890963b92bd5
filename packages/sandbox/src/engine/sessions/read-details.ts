import { DomainError } from "../domain-error.ts";
import { readPrice, requirePresentable, requirePresentableCurrency } from "../amounts.ts";
import type { CheckoutDetails, Merchant } from "../objects/index.ts";

type Json = Readonly<Record<string, unknown>>;

/** Members that are kept as they came and given back so. */
const KEPT = [
  "scopes",
  "channelType",
  "chargePermissionId",
  "deliverySpecifications",
  "addressDetails",
  "recurringMetadata",
  "paymentMethodOnFileMetadata",
  "merchantMetadata",
  "supplementaryData",
  "platformId",
  "providerMetadata",
  "multiAddressesCheckoutMetadata",
] as const;

/** Of these, members that an update merges with what there is. */
const MERGED = new Set<string>([
  "recurringMetadata",
  "paymentMethodOnFileMetadata",
  "merchantMetadata",
  "providerMetadata",
]);

/** Details of a session of which nothing is known yet. */
export function emptyDetails(storeId: string, productType: string | null): CheckoutDetails {
  return {
    storeId,
    productType,
    webCheckoutDetails: {},
    paymentDetails: {
      paymentIntent: null,
      canHandlePendingAuthorization: false,
      chargeAmount: null,
      totalOrderAmount: null,
      presentmentCurrency: null,
      softDescriptor: null,
      allowOvercharge: null,
      extendExpiration: null,
      estimateOrderTotal: null,
    },
    chargePermissionType: "OneTime",
    other: {},
  };
}

/**
 * Details with what a checked request sets. Members that are left out or `null` keep their values; whether `null` clears
 * a member in the live service is unknown (decisions/0030-sandbox-unknowns.md).
 *
 * @throws DomainError for values that do not go together
 */
export function mergeDetails(known: CheckoutDetails, body: Json, merchant: Merchant): CheckoutDetails {
  const payment = objectOf(body["paymentDetails"]);
  const before = known.paymentDetails;
  const price = (name: string) => readPrice(payment[name], `paymentDetails.${name}`);
  const merged: CheckoutDetails = {
    ...known,
    webCheckoutDetails: { ...known.webCheckoutDetails, ...(given(objectOf(body["webCheckoutDetails"])) as Texts) },
    paymentDetails: {
      paymentIntent: textOf(payment["paymentIntent"]) ?? before.paymentIntent,
      canHandlePendingAuthorization:
        booleanOf(payment["canHandlePendingAuthorization"]) ?? before.canHandlePendingAuthorization,
      chargeAmount: price("chargeAmount") ?? before.chargeAmount,
      totalOrderAmount: price("totalOrderAmount") ?? before.totalOrderAmount,
      presentmentCurrency: textOf(payment["presentmentCurrency"]) ?? before.presentmentCurrency,
      softDescriptor: textOf(payment["softDescriptor"]) ?? before.softDescriptor,
      allowOvercharge: booleanOf(payment["allowOvercharge"]) ?? before.allowOvercharge,
      extendExpiration: booleanOf(payment["extendExpiration"]) ?? before.extendExpiration,
      estimateOrderTotal: price("estimateOrderTotal") ?? before.estimateOrderTotal,
    },
    chargePermissionType: textOf(body["chargePermissionType"]) ?? known.chargePermissionType,
    other: mergeKept(known.other, body),
  };
  requireSense(merged, merchant);
  return merged;
}

type Texts = Record<string, string>;

function mergeKept(known: Record<string, unknown>, body: Json): Record<string, unknown> {
  const merged = { ...known };
  for (const name of KEPT) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    merged[name] = MERGED.has(name) ? { ...objectOf(known[name]), ...given(objectOf(value)) } : value;
  }
  return merged;
}

function requireSense({ paymentDetails, chargePermissionType, other }: CheckoutDetails, merchant: Merchant): void {
  const { chargeAmount, totalOrderAmount, estimateOrderTotal, paymentIntent, softDescriptor } = paymentDetails;
  requirePresentableCurrency(paymentDetails.presentmentCurrency, merchant.region, "paymentDetails.presentmentCurrency");
  requirePresentable(chargeAmount, merchant.region, "paymentDetails.chargeAmount");
  requirePresentable(totalOrderAmount, merchant.region, "paymentDetails.totalOrderAmount");
  requirePresentable(estimateOrderTotal, merchant.region, "paymentDetails.estimateOrderTotal");
  if (chargeAmount !== null && totalOrderAmount !== null) {
    if (chargeAmount.currencyCode !== totalOrderAmount.currencyCode) {
      throw new DomainError("CurrencyMismatch", "chargeAmount and totalOrderAmount must have the same currency.");
    }
    if (totalOrderAmount.minor < chargeAmount.minor) throw invalid("paymentDetails.totalOrderAmount");
  }
  const free = chargeAmount !== null && chargeAmount.minor === 0n;
  if (free && paymentIntent !== null && paymentIntent !== "Confirm")
    throw invalid("paymentDetails.chargeAmount.amount");
  if (paymentIntent === "AuthorizeWithCapture" && paymentDetails.canHandlePendingAuthorization) {
    throw combination("canHandlePendingAuthorization cannot be true when paymentIntent is AuthorizeWithCapture.");
  }
  if (softDescriptor !== null && paymentIntent !== null && paymentIntent !== "AuthorizeWithCapture") {
    throw combination("softDescriptor is allowed only when paymentIntent is AuthorizeWithCapture.");
  }
  if (chargePermissionType === "Recurring" && other["recurringMetadata"] === undefined) {
    throw new DomainError("MissingParameterValue", "The value for [recurringMetadata] is missing.");
  }
}

/** An object's members; none for what is no object. */
export function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** A text; null for what is none. */
export const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** A truth value, also as text; null for what is none. */
export function booleanOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : null;
}

function given(value: Json): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null && member !== undefined));
}

const invalid = (path: string): DomainError =>
  new DomainError("InvalidParameterValue", `The value provided for [${path}] is invalid.`);

const combination = (message: string): DomainError => new DomainError("InvalidParameterCombination", message);
