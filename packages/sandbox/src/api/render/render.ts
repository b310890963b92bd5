import { formatCompact } from "@amazon-pay-kit/money";
import { readPrice, showPrice } from "../../engine/amounts.ts";
import type { Engine } from "../../engine/engine.ts";
import { conversionRate, convert } from "../../engine/exchange.ts";
import type { Charge, ChargePermission, Dispute, Merchant, Refund, Status } from "../../engine/objects/index.ts";
import { balanceAt } from "../../engine/payments/permissions.ts";
import { objectOf } from "../../engine/sessions/read-details.ts";
import { BUYER_DATA_LIFE } from "../../engine/times.ts";
import type { Settings } from "../../settings.ts";
import { findAddress } from "../../test-data/address-book.ts";
import { type Address, findBuyer, findInstrument, paymentDescriptor } from "../../test-data/index.ts";

/** A moment as objects show it: `20190714T155300Z`; null stays null. */
export const showMoment = (instant: number | null): string | null => (instant === null ? null : formatCompact(instant));

/** The environment as objects name it. */
export const showEnvironment = (environment: "sandbox" | "live"): string =>
  environment === "sandbox" ? "Sandbox" : "Live";

/** `statusDetails` of sessions, charges and refunds. */
export function showStatus({ state, reasonCode, reasonDescription, lastUpdatedAt }: Status<string>): unknown {
  return { state, reasonCode, reasonDescription, lastUpdatedTimestamp: showMoment(lastUpdatedAt) };
}

/** `merchantMetadata` with every member. */
export function showMerchantMetadata(value: unknown): unknown {
  const metadata = objectOf(value);
  return {
    merchantReferenceId: metadata["merchantReferenceId"] ?? null,
    merchantStoreName: metadata["merchantStoreName"] ?? null,
    noteToBuyer: metadata["noteToBuyer"] ?? null,
    customInformation: metadata["customInformation"] ?? null,
  };
}

/** `providerMetadata` with its member. */
export function showProviderMetadata(value: unknown): unknown {
  return { providerReferenceId: objectOf(value)["providerReferenceId"] ?? null };
}

/** `paymentMethodOnFileMetadata` with its member; null where there is none. */
export function showOnFileMetadata(value: unknown): unknown {
  return value === null ? null : { setupOnly: objectOf(value)["setupOnly"] ?? null };
}

/** `recurringMetadata` with every member; null where there is none. */
export function showRecurringMetadata(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return null;
  const metadata = objectOf(value);
  const frequency = objectOf(metadata["frequency"]);
  const amount = objectOf(metadata["amount"]);
  const count = frequency["value"];
  return {
    frequency: {
      unit: frequency["unit"] ?? null,
      value: typeof count === "number" || typeof count === "string" ? String(count) : null,
    },
    amount: amount["amount"] === undefined ? null : showPrice(readPrice(amount, "recurringMetadata.amount")),
  };
}

/** What the merchant may see of a buyer, by the scopes that were asked for. Null is everything but the billing address. */
export interface BuyerView {
  readonly region: "na" | "eu" | "jp";
  readonly scopes: readonly string[] | null;
  readonly productType: string | null;
}

/** Whether there is a delivery: not where only a payment or a donation is made. */
const ships = (productType: string | null): boolean => productType !== "PayOnly" && productType !== "Donation";

const sees = ({ scopes }: BuyerView, scope: string): boolean => scopes === null || scopes.includes(scope);

/** `buyer` of sessions and permissions. */
export function showBuyer(buyerId: string, view: BuyerView): unknown {
  const buyer = findBuyer(buyerId);
  return {
    buyerId,
    name: sees(view, "name") ? (buyer?.name ?? null) : null,
    email: sees(view, "email") ? (buyer?.email ?? null) : null,
    phoneNumber: sees(view, "phoneNumber") ? (buyer?.phoneNumber ?? null) : null,
    primeMembershipTypes: sees(view, "primeStatus") ? (buyer?.primeMembershipTypes ?? null) : null,
  };
}

/** The delivery address; with the scope `postalCode` alone only its postal code and country. */
export function showShippingAddress(engine: Engine, addressId: string | null, view: BuyerView): unknown {
  const address = addressOf(engine, addressId);
  if (address === null || !ships(view.productType)) return null;
  if (sees(view, "shippingAddress")) return address;
  if (!sees(view, "postalCode")) return null;
  const nothing = Object.fromEntries(Object.keys(address).map((name) => [name, null]));
  return { ...nothing, postalCode: address.postalCode, countryCode: address.countryCode };
}

/** The billing address: in the EU, for `PayOnly`, or when it was asked for (docs/amazon-pay/operations.md). */
export function showBillingAddress(engine: Engine, buyerId: string, view: BuyerView): unknown {
  const wanted = view.scopes?.includes("billingAddress") === true || view.region === "eu" || !ships(view.productType);
  return wanted ? addressOf(engine, findBuyer(buyerId)?.billingAddressId ?? null) : null;
}

/** `paymentPreferences`: a list with the buyer's card, or with null where nobody has signed in. */
export function showPaymentPreferences(instrumentId: string | null, region: BuyerView["region"]): unknown {
  const instrument = instrumentId === null ? undefined : findInstrument(instrumentId, region);
  return [instrument === undefined ? null : { paymentDescriptor: paymentDescriptor(instrument) }];
}

/** An address of the buyer; null for none. */
export function addressOf(engine: Engine, addressId: string | null): Address | null {
  return addressId === null ? null : (findAddress(engine, addressId)?.address ?? null);
}

/** A charge permission with the members of a live answer, in their order (docs/amazon-pay/operations.md). */
export function showPermission(permission: ChargePermission, engine: Engine, merchant: Merchant): unknown {
  const { buyerId, instrumentId, scopes, productType } = permission;
  const view: BuyerView = { region: merchant.region, scopes, productType };
  const visible = buyerIsVisible(permission, engine.now());
  return {
    chargePermissionId: permission.chargePermissionId,
    chargePermissionReferenceId: null,
    platformId: permission.platformId,
    buyer: visible ? showBuyer(buyerId, view) : null,
    shippingAddress: visible ? showShippingAddress(engine, permission.addressId, view) : null,
    billingAddress: visible ? showBillingAddress(engine, buyerId, view) : null,
    paymentPreferences: showPaymentPreferences(visible ? instrumentId : null, merchant.region),
    statusDetails: {
      state: permission.state,
      reasons: permission.reasons,
      lastUpdatedTimestamp: showMoment(permission.lastUpdatedAt),
    },
    creationTimestamp: showMoment(permission.createdAt),
    expirationTimestamp: showMoment(permission.expiresAt),
    merchantMetadata: showMerchantMetadata(permission.merchantMetadata),
    releaseEnvironment: showEnvironment(permission.environment),
    limits: {
      amountLimit: showPrice(permission.limit),
      amountBalance: showPrice(balanceAt(permission, engine.now())),
    },
    chargePermissionType: permission.type,
    recurringMetadata: showRecurringMetadata(permission.recurringMetadata),
    presentmentCurrency: permission.presentmentCurrency,
  };
}

/** Buyer data can be read for 30 days after the creation; of standing permissions while they are open, and 30 days on. */
function buyerIsVisible(permission: ChargePermission, now: number): boolean {
  if (permission.type === "OneTime") return now < permission.createdAt + BUYER_DATA_LIFE;
  return permission.state !== "Closed" || now < permission.lastUpdatedAt + BUYER_DATA_LIFE;
}

/** A charge with the members of a live answer, in their order (docs/amazon-pay/operations.md). */
export function showCharge(charge: Charge, merchant: Merchant): unknown {
  return {
    chargeId: charge.chargeId,
    chargePermissionId: charge.chargePermissionId,
    chargeAmount: showPrice(charge.amount),
    captureAmount: showPrice(charge.captured),
    refundedAmount: showPrice(charge.refunded),
    softDescriptor: charge.softDescriptor,
    captureNow: charge.captureNow,
    canHandlePendingAuthorization: charge.canHandlePendingAuthorization,
    providerMetadata: showProviderMetadata(charge.providerMetadata),
    ...showConversion(charge, merchant),
    channel: charge.channel,
    chargeInitiator: charge.chargeInitiator,
    statusDetails: showStatus(charge.status),
    creationTimestamp: showMoment(charge.createdAt),
    expirationTimestamp: showMoment(charge.expiresAt),
    releaseEnvironment: showEnvironment(charge.environment),
    merchantMetadata: showMerchantMetadata(charge.merchantMetadata),
    platformId: charge.platformId,
    webCheckoutDetails:
      charge.resultReturnUrl === null
        ? null
        : { checkoutResultReturnUrl: charge.resultReturnUrl, amazonPayRedirectUrl: null },
  };
}

/** What is disbursed in the ledger's currency; null until the charge is captured. */
function showConversion(
  { captured, capturedAt }: Charge,
  { currency }: Merchant,
): { readonly convertedAmount: unknown; readonly conversionRate: unknown } {
  if (captured === null || capturedAt === null) return { convertedAmount: null, conversionRate: null };
  const minor = convert(captured.minor, captured.currencyCode, currency);
  return {
    convertedAmount: showPrice({ minor, currencyCode: currency }),
    // A rate, not an amount of money: the service gives it as a JSON number.
    conversionRate: captured.currencyCode === currency ? 1 : Number(conversionRate(captured.currencyCode, currency)),
  };
}

/** A refund with the members of a live answer, in their order (docs/amazon-pay/operations.md). */
export function showRefund(refund: Refund): unknown {
  return {
    refundId: refund.refundId,
    chargeId: refund.chargeId,
    refundAmount: showPrice(refund.amount),
    softDescriptor: refund.softDescriptor,
    creationTimestamp: showMoment(refund.createdAt),
    statusDetails: showStatus(refund.status),
    releaseEnvironment: showEnvironment(refund.environment),
  };
}

/** A dispute with the members of a live answer, in their order; its times in the form of the sandbox's setting. */
export function showDispute(dispute: Dispute, form: Settings["disputeTimes"]): unknown {
  const moment = form === "iso" ? showMoment : seconds;
  return {
    disputeId: dispute.disputeId,
    releaseEnvironment: showEnvironment(dispute.environment),
    chargeId: dispute.chargeId,
    disputeType: dispute.disputeType,
    disputeAmount: showPrice(dispute.amount),
    filingReason: dispute.filingReason,
    statusDetails: {
      state: dispute.state,
      reasonCode: dispute.reasonCode,
      reasonDescription: dispute.reasonDescription,
      resolution: dispute.resolution,
      [form === "iso" ? "lastUpdatedTimestamp" : "lastUpdated"]: moment(dispute.lastUpdatedAt),
    },
    merchantEvidences: dispute.merchantEvidences,
    merchantResponseDeadline: moment(dispute.merchantResponseDeadlineAt),
    resolutionAuthority: dispute.takesMoney ? "Amazon" : "Provider",
    creationTimestamp: moment(dispute.createdAt),
  };
}

const seconds = (instant: number | null): number | null => (instant === null ? null : Math.floor(instant / 1000));
