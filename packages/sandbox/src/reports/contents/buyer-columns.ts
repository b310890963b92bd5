import { findAddress } from "../../test-data/address-book.ts";
import { findBuyer } from "../../test-data/index.ts";
import type { Engine } from "../../engine/engine.ts";
import type { ChargePermission } from "../../engine/objects/index.ts";

type Columns = Record<string, string | null>;

/** Name and reach of the buyer. Buyers of the sandbox are made up; live files hold personal data in these columns. */
export function buyerColumns(permission: ChargePermission | undefined): Columns {
  const buyer = permission === undefined ? undefined : findBuyer(permission.buyerId);
  return {
    buyerName: buyer?.name ?? null,
    buyerEmailAddress: buyer?.email ?? null,
    buyerPhone: buyer?.phoneNumber ?? null,
  };
}

/** An address under columns with a prefix: `billingAddressLine1`, `shippingAddressCity`. */
export function addressColumns(
  engine: Engine,
  prefix: "billingAddress" | "shippingAddress",
  addressId: string | null,
): Columns {
  const address = addressId === null ? undefined : findAddress(engine, addressId)?.address;
  return {
    [`${prefix}Line1`]: address?.addressLine1 ?? null,
    [`${prefix}Line2`]: address?.addressLine2 ?? null,
    [`${prefix}Line3`]: address?.addressLine3 ?? null,
    [`${prefix}City`]: address?.city ?? null,
    [`${prefix}DistrictOrCounty`]: address?.district ?? address?.county ?? null,
    [`${prefix}StateOrRegion`]: address?.stateOrRegion ?? null,
    [`${prefix}PostalCode`]: address?.postalCode ?? null,
    [`${prefix}CountryCode`]: address?.countryCode ?? null,
  };
}

/** Where the buyer's bills go. */
export function billingAddressId(permission: ChargePermission | undefined): string | null {
  return permission === undefined ? null : (findBuyer(permission.buyerId)?.billingAddressId ?? null);
}
