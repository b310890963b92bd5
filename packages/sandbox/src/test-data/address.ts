import type { Region } from "@amazon-pay-kit/sdk/operations";

/** An address with the members and the order of a live answer (docs/amazon-pay/operations.md). */
export interface Address {
  readonly name: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly addressLine3: string | null;
  readonly city: string | null;
  readonly county: string | null;
  readonly district: string | null;
  readonly stateOrRegion: string | null;
  readonly postalCode: string | null;
  readonly countryCode: string | null;
  readonly phoneNumber: string | null;
}

/** What kind of place it is; `deliverySpecifications.specialRestrictions` goes by it. */
export type PlaceKind = "street" | "po-box" | "packstation";

/** An entry of a test buyer's address book. */
export interface TestAddress {
  /** Stable over runs, so that scripts can name it: `na-home`, `eu-packstation`. */
  readonly addressId: string;
  /** Region whose test buyers have it. */
  readonly region: Region;
  readonly kind: PlaceKind;
  /** Names the phrase that says on the address page what it is good for, in the page's language. */
  readonly note: AddressNote;
  readonly address: Address;
}

/** What addresses are good for, as phrases of the hosted pages (`checkout/locales/`). */
export type AddressNote =
  | "notePlain"
  | "noteSecondState"
  | "noteOutlyingState"
  | "notePoBox"
  | "noteOtherCountry"
  | "noteLongLines"
  | "noteUmlauts"
  | "noteCompany"
  | "notePackStation"
  | "noteInUnion"
  | "noteUnitedKingdom"
  | "noteOutsideUnion"
  | "noteSecondPrefecture"
  | "noteOutlyingPrefecture"
  | "noteLatinLetters"
  | "noteTypedIn";

/** The members that an address has; `null` for what is not given. */
export function address(members: Partial<Address>): Address {
  return {
    name: members.name ?? null,
    addressLine1: members.addressLine1 ?? null,
    addressLine2: members.addressLine2 ?? null,
    addressLine3: members.addressLine3 ?? null,
    city: members.city ?? null,
    county: members.county ?? null,
    district: members.district ?? null,
    stateOrRegion: members.stateOrRegion ?? null,
    postalCode: members.postalCode ?? null,
    countryCode: members.countryCode ?? null,
    phoneNumber: members.phoneNumber ?? null,
  };
}
