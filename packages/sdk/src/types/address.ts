/** A postal address in an answer. */
export interface Address {
  /** Of the person; at most 50 characters. */
  name: string | null;
  /** At most 180 characters. */
  addressLine1: string | null;
  /** At most 60 characters. */
  addressLine2: string | null;
  /** At most 60 characters. */
  addressLine3: string | null;
  /** At most 50 characters. */
  city: string | null;
  /** At most 50 characters. */
  county: string | null;
  /** At most 50 characters. */
  district: string | null;
  /** The two-letter code for addresses in the US and Canada. */
  stateOrRegion: string | null;
  /** At most 20 characters. */
  postalCode: string | null;
  /** ISO 3166-1, two letters. */
  countryCode: string | null;
  /** At most 20 characters. */
  phoneNumber: string | null;
}

/** One of the addresses of a multi-address order. */
export interface AddressWithId extends Address {
  /** What `multiAddressesCheckoutMetadata` refers to. */
  addressId: string;
}

/** A postal address in a request; what is left out or null is empty. */
export type AddressInput = { readonly [Name in keyof Address]?: string | null };

/** An address that the buyer typed in at the merchant's. */
export interface AddressDetails extends Omit<AddressInput, "county" | "district"> {
  /** At most 50 characters. */
  readonly districtOrCounty?: string | null;
}
