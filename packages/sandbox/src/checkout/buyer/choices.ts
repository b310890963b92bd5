import type { Engine } from "../../engine/engine.ts";
import type { CheckoutSession, Merchant, SessionBuyer } from "../../engine/objects/index.ts";
import { findAddress, keepAddress } from "../../test-data/address-book.ts";
import { deliveryRefusal, type DeliverySpecifications } from "../delivery-restrictions.ts";
import { address, buyersOf, findBuyer, findInstrument, type Address, type TestBuyer } from "../../test-data/index.ts";
import { BuyerError } from "./buyer-error.ts";

/** What a buyer chooses on the hosted pages, or a script for the buyer. What is left out takes its default. */
export interface BuyerChoices {
  /** Default: the first test buyer of the merchant's region. */
  readonly buyerId?: string | undefined;
  /** Id or last digits of a test card. Default: the first, which goes through. */
  readonly instrument?: string | undefined;
  /** Addresses by id, or one typed in. Default: the buyer's first that the merchant delivers to. */
  readonly shippingAddress?: string | Address | readonly string[] | undefined;
}

/** How a session wants its goods delivered. */
export type Delivery = "none" | "one-address" | "several-addresses";

/** What a session's product type, and whether the merchant brought the address itself, mean for its delivery. */
export function deliveryOf(session: CheckoutSession): Delivery {
  switch (session.details.productType) {
    case "PayOnly":
    case "Donation":
    case "SignIn":
      return "none";
    case "PayAndShipMultiAddress":
      return "several-addresses";
    default:
      return "one-address";
  }
}

/** The session's `deliverySpecifications`; null when every address is fine. */
export function deliverySpecificationsOf(session: CheckoutSession): DeliverySpecifications | null {
  return (session.details.other["deliverySpecifications"] ?? null) as DeliverySpecifications | null;
}

/** Every address that the session's buyer has chosen, in order. */
export function addressesOf(session: CheckoutSession | null): readonly string[] {
  const buyer = session?.buyer ?? null;
  if (buyer === null || buyer.addressId === null) return [];
  return buyer.addressIds ?? [buyer.addressId];
}

/** The address that the merchant handed over with an additional payment button; null for none. */
export function merchantAddressOf(session: CheckoutSession): Address | null {
  const given = (session.details.other["addressDetails"] ?? null) as
    | (Partial<Address> & { readonly districtOrCounty?: string | null })
    | null;
  if (given === null) return null;
  return address({ ...given, district: given.districtOrCounty ?? null });
}

/**
 * Turns choices into what the session keeps, with defaults for what was left open.
 *
 * @throws BuyerError for an unknown buyer, card or address, and for an address that the merchant does not deliver to
 */
export function chosenBuyer(
  engine: Engine,
  merchant: Merchant,
  session: CheckoutSession,
  choices: BuyerChoices,
): SessionBuyer {
  const buyer = chooseBuyer(merchant, choices.buyerId);
  const instrument = findInstrument(choices.instrument ?? "visa-1111", merchant.region);
  if (instrument === undefined) {
    throw new BuyerError(
      "buyer.unknown-card",
      `no test card ${JSON.stringify(choices.instrument)} in region ${merchant.region}; give an id such as "visa-1111" or last digits such as "3434"`,
    );
  }
  const delivery = deliveryOf(session);
  const base = { buyerId: buyer.buyerId, instrumentId: instrument.instrumentId };
  if (delivery === "none") return { ...base, addressId: null };
  const addressIds = chooseAddresses(engine, merchant, session, buyer, choices.shippingAddress);
  const addressId = addressIds[0] ?? null;
  return delivery === "several-addresses" ? { ...base, addressId, addressIds } : { ...base, addressId };
}

function chooseBuyer(merchant: Merchant, buyerId: string | undefined): TestBuyer {
  const buyer = buyerId === undefined ? buyersOf(merchant.region)[0] : findBuyer(buyerId);
  if (buyer === undefined || buyer.region !== merchant.region) {
    const known = buyersOf(merchant.region).map((row) => row.buyerId);
    throw new BuyerError(
      "buyer.unknown-buyer",
      `no test buyer ${JSON.stringify(buyerId)} in region ${merchant.region}; there are ${known.join(", ")}`,
    );
  }
  return buyer;
}

function chooseAddresses(
  engine: Engine,
  merchant: Merchant,
  session: CheckoutSession,
  buyer: TestBuyer,
  spec: BuyerChoices["shippingAddress"],
): readonly string[] {
  const brought = merchantAddressOf(session);
  if (brought !== null) return [keepAddress(engine, merchant.region, brought).addressId];
  const specifications = deliverySpecificationsOf(session);
  const refusalOf = (addressId: string): string | undefined => {
    const entry = findAddress(engine, addressId);
    return entry === undefined ? undefined : deliveryRefusal(specifications, entry);
  };
  if (spec === undefined) {
    const first = buyer.addressIds.find((addressId) => refusalOf(addressId) === undefined);
    if (first !== undefined) return [first];
    throw new BuyerError("buyer.undeliverable", "deliverySpecifications allow none of the buyer's addresses");
  }
  const wanted =
    typeof spec === "string" ? [spec] : isList(spec) ? spec : [keepAddress(engine, merchant.region, spec).addressId];
  if (wanted.length === 0) throw new BuyerError("buyer.unknown-address", "no address was chosen; choose at least one");
  for (const addressId of wanted) {
    if (findAddress(engine, addressId) === undefined) {
      throw new BuyerError(
        "buyer.unknown-address",
        `no address ${JSON.stringify(addressId)}; the buyer has ${buyer.addressIds.join(", ")}`,
      );
    }
    const refusal = refusalOf(addressId);
    if (refusal !== undefined) {
      throw new BuyerError("buyer.undeliverable", `deliverySpecifications rule out ${addressId} (${refusal})`);
    }
  }
  return deliveryOf(session) === "several-addresses" ? [...new Set(wanted)] : wanted.slice(0, 1);
}

function isList(spec: Address | readonly string[]): spec is readonly string[] {
  return Array.isArray(spec);
}
