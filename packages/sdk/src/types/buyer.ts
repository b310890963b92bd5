import type { Address } from "./address.ts";
import type { Open } from "./open.ts";

/** Kinds of Prime membership; null unless the merchant is on Amazon's list for it. */
export type PrimeMembership = Open<"PRIME_GENERAL" | "PRIME_STUDENT" | "PRIME_GENERAL_US">;

/** The buyer inside a session or charge permission. */
export interface BuyerDetails {
  /** Stable for the merchant. */
  buyerId: string | null;
  name: string | null;
  email: string | null;
  phoneNumber: string | null;
  primeMembershipTypes: PrimeMembership[] | null;
}

/** Answer of `buyers.retrieve`; only what the sign-in scopes allow is filled. */
export interface Buyer {
  name: string | null;
  email: string | null;
  postalCode: string | null;
  countryCode: string | null;
  buyerId: string;
  phoneNumber: string | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  primeMembershipTypes: PrimeMembership[] | null;
}

/** Buyer data that a button may ask for. */
export type BuyerScope = Open<
  "name" | "email" | "phoneNumber" | "billingAddress" | "shippingAddress" | "postalCode" | "primeStatus"
>;
