import { findAddress } from "../../test-data/address-book.ts";
import { findBuyer, findInstrument, paymentDescriptor, type Address } from "../../test-data/index.ts";
import type { Engine } from "../../engine/engine.ts";

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
