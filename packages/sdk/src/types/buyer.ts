import type { Address } from "./address.ts";
import type { Open } from "../operations/open.ts";

/** Kinds of Prime membership; null unless the merchant is on Amazon's list for it. */
export type PrimeMembership = Open<"PRIME_GENERAL" | "PRIME_STUDENT" | "PRIME_GENERAL_US">;

/** The buyer inside a session or charge permission. */
export interface BuyerDetails {
  /** Stable for the merchant. */
  buyerId: string | null;
  /** Null unless the button's scopes ask for it. */
  name: string | null;
  /** Null unless the button's scopes ask for it. */
  email: string | null;
  /** Null unless the button's scopes ask for it. */
  phoneNumber: string | null;
  /** Null unless the merchant is on Amazon's list for it. */
  primeMembershipTypes: PrimeMembership[] | null;
}

/** Answer of `buyers.retrieve`; only what the sign-in scopes allow is filled. */
export interface Buyer {
  /** Null unless the scope `name` was asked for. */
  name: string | null;
  /** Null unless the scope `email` was asked for. */
  email: string | null;
  /** Null unless the scope `postalCode` was asked for. */
  postalCode: string | null;
  /** ISO 3166-1, two letters. */
  countryCode: string | null;
  /** Stable for the merchant: the key of a customer's account. */
  buyerId: string;
  /** Null unless the scope `phoneNumber` was asked for. */
  phoneNumber: string | null;
  /** Null unless the scope `shippingAddress` was asked for. */
  shippingAddress: Address | null;
  /** Null unless the scope `billingAddress` was asked for. */
  billingAddress: Address | null;
  /** Null unless the merchant is on Amazon's list for it. */
  primeMembershipTypes: PrimeMembership[] | null;
}

/** Buyer data that a button may ask for. */
export type KnownBuyerScope =
  | "name"
  | "email"
  | "phoneNumber"
  | "billingAddress"
  | "shippingAddress"
  | "postalCode"
  | "primeStatus";
