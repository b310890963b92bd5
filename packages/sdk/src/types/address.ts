/** A postal address in an answer. */
export interface Address {
  name: string | null;
  addressLine1: string | null;
  addressLine2: string | null;
  addressLine3: string | null;
  city: string | null;
  county: string | null;
  district: string | null;
  /** The two-letter code for addresses in the US and Canada. */
  stateOrRegion: string | null;
  postalCode: string | null;
  /** ISO 3166-1, two letters. */
  countryCode: string | null;
  phoneNumber: string | null;
}

/** One of the addresses of a multi-address order. */
export interface AddressWithId extends Address {
  addressId: string;
}

/** A postal address in a request; what is left out or null is empty. */
export type AddressInput = { readonly [Name in keyof Address]?: string | null };

/** An address that the buyer typed in at the merchant's. */
export interface AddressDetails extends Omit<AddressInput, "county" | "district"> {
  readonly districtOrCounty?: string | null;
}
