import { conversionRate, convert } from "../../engine/exchange.ts";
import { showPrice } from "../../engine/amounts.ts";
import type { Charge, Merchant } from "../../engine/objects/index.ts";
import { showMerchantMetadata, showProviderMetadata } from "./merchant-metadata.ts";
import { showEnvironment, showMoment } from "./moments.ts";
import { showStatus } from "./status.ts";

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
