import { showPrice } from "../../engine/amounts.ts";
import type { Engine } from "../../engine/engine.ts";
import type { ChargePermission, Merchant } from "../../engine/objects/index.ts";
import { balanceAt } from "../../engine/payments/permissions.ts";
import { BUYER_DATA_LIFE } from "../../engine/times.ts";
import { showBillingAddress, showBuyer, showPaymentPreferences, showShippingAddress, type BuyerView } from "./buyer.ts";
import { showMerchantMetadata, showRecurringMetadata } from "./merchant-metadata.ts";
import { showEnvironment, showMoment } from "./moments.ts";

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
