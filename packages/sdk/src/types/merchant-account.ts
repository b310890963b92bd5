import type { Closed } from "../operations/open.ts";
import type { KnownLedgerCurrency, PriceInput } from "./price.ts";
import type { MerchantAccountId, StoreId } from "./ids.ts";

/** A postal address of a business or person. */
export interface BusinessAddress {
  /** At most 180 characters. */
  readonly addressLine1?: string | null;
  /** At most 60 characters. */
  readonly addressLine2?: string | null;
  /** At most 50 characters. */
  readonly city?: string | null;
  /** At most 50 characters. */
  readonly stateOrRegion?: string | null;
  /** At most 20 characters. */
  readonly postalCode?: string | null;
  /** ISO 3166-1, two letters. */
  readonly countryCode?: string | null;
}

/** A telephone number in parts. */
export interface PhoneNumber {
  /** Calling code of the country. */
  readonly countryCode?: string | null;
  /** Without the country's code. */
  readonly number?: string | null;
  /** Of a telephone system. */
  readonly extension?: string | null;
}

/** A person. */
export interface Person {
  /** Given and family name. */
  readonly personFullName?: string | null;
  /** Where the person lives. */
  readonly residentialAddress?: BusinessAddress | null;
  /** A date; its form is not documented. */
  readonly dateOfBirth?: string | null;
}

/** A business as it is registered. */
export interface BusinessInfo {
  /** A company or a person. */
  readonly businessType?: Closed<"CORPORATE" | "INDIVIDUAL"> | null;
  /** ISO 3166-1, two letters. */
  readonly countryOfEstablishment?: string | null;
  /** As it is registered. */
  readonly businessLegalName?: string | null;
  /** Where it is registered. */
  readonly businessAddress?: BusinessAddress | null;
}

/** Request of `merchantAccounts.register`. */
export interface MerchantAccountRegister {
  /** The caller's own id of the merchant. */
  readonly uniqueReferenceId: string;
  /** Currency that the account is kept in: `USD`, `EUR`, `GBP` or `JPY`. */
  readonly ledgerCurrency: Closed<KnownLedgerCurrency>;
  /** The merchant's business. */
  readonly businessInfo: BusinessInfo;
  /** Whom Amazon may ask. */
  readonly primaryContactPerson?: Person | null;
}

/** Request of `merchantAccounts.updateRegistered`. */
export interface RegisteredAccountUpdate {
  /** What has changed of the business. */
  readonly businessInfo?: BusinessInfo | null;
  /** Whom Amazon may ask from now on. */
  readonly primaryContactPerson?: Person | null;
}

/** An address with a telephone number in it, as the official sample has it. */
export interface AddressWithPhone extends BusinessAddress {
  /** Telephone number at this address. */
  readonly phoneNumber?: PhoneNumber | null;
}

/** A person of a provisioned account. */
export interface AccountPerson extends Person {
  /** The caller's own id of the person. */
  readonly personId?: string | null;
  /** Where the person lives. */
  readonly residentialAddress?: AddressWithPhone | null;
}

/** A business of a provisioned account. */
export interface AccountBusinessInfo extends BusinessInfo {
  /** Where it is registered. */
  readonly businessAddress?: AddressWithPhone | null;
  /** E-mail address of the business. */
  readonly email?: string | null;
  /** What it sells. */
  readonly businessCategory?: string | null;
  /** What buyers see. */
  readonly businessDisplayName?: string | null;
  /** Sales of a year. */
  readonly annualSalesVolume?: PriceInput | null;
  /** Telephone number of the business. */
  readonly phoneNumber?: PhoneNumber | null;
  /** Where buyers write and call. */
  readonly customerSupportInformation?: {
    readonly customerSupportEmail?: string | null;
    readonly customerSupportPhoneNumber?: PhoneNumber | null;
  } | null;
}

/** A store of a provisioned account. */
export interface AccountStore {
  /** Where its pages are. */
  readonly domainUrls?: readonly string[] | null;
  /** What buyers see. */
  readonly storeName?: string | null;
  /** Page with its privacy policy. */
  readonly privacyPolicyUrl?: string | null;
  /** State that the provider gave it. */
  readonly storeStatus?: { readonly state?: string | null; readonly reasonCode?: string | null } | null;
}

interface ProvisionedMembers {
  /** Persons who own the business. */
  readonly beneficiaryOwners?: readonly AccountPerson[] | null;
  /** Whom Amazon may ask. */
  readonly primaryContactPerson?: AccountPerson | null;
  /** Where notifications of the account go. */
  readonly integrationInfo?: { readonly ipnEndpointUrls?: readonly string[] | null } | null;
  /** Its stores. */
  readonly stores?: readonly AccountStore[] | null;
  /** A store, under the name that one official sample has; the others have `stores`. */
  readonly defaultStore?: AccountStore | null;
  /** State that the provider gave the merchant. */
  readonly merchantStatus?: {
    readonly statusProvider?: string | null;
    readonly state?: string | null;
    readonly reasonCode?: string | null;
  } | null;
}

/** Request of `merchantAccounts.create`: authorised solution providers. */
export interface MerchantAccountCreate extends ProvisionedMembers {
  /** The caller's own id of the merchant. */
  readonly uniqueReferenceId: string;
  /** Currency that the account is kept in: `USD`, `EUR`, `GBP` or `JPY`. */
  readonly ledgerCurrency: Closed<KnownLedgerCurrency>;
  /** The merchant's business. */
  readonly businessInfo: AccountBusinessInfo;
}

/** Request of `merchantAccounts.update`. */
export interface MerchantAccountUpdate extends ProvisionedMembers {
  /** The caller's own id of the merchant. */
  readonly uniqueReferenceId?: string | null;
  /** Currency that the account is kept in. */
  readonly ledgerCurrency?: Closed<KnownLedgerCurrency> | null;
  /** What has changed of the business. */
  readonly businessInfo?: AccountBusinessInfo | null;
}

/** Answer of the account operations, as far as it is documented. */
export interface MerchantAccount {
  /** As it was sent. */
  uniqueReferenceId?: string | null;
  /** The service's id of the account: for `update`, `delete`, `claim` and stores. */
  merchantAccountId?: MerchantAccountId | null;
  /** Answer of `create` only: the token to act for the new account with, as `authToken`. */
  authorizationToken?: string | null;
}

/** Request of `merchantAccounts.claim`. */
export interface MerchantAccountClaim {
  /** The caller's own id of the merchant. */
  readonly uniqueReferenceId: string;
}

/** Answer of `merchantAccounts.claim`. */
export interface ClaimedMerchantAccount extends MerchantAccount {
  /** Where to send the merchant; null when the account is claimed already. */
  location: string | null;
}

/** Request of `stores.update`. */
export interface StoreUpdate {
  /** Origins whose pages may show the button. */
  readonly allowedOriginDomains?: readonly string[] | null;
  /** Addresses that buyers may be sent back to. */
  readonly allowedRedirectURLs?: readonly string[] | null;
  /** What buyers see. */
  readonly storeName?: string | null;
  /** Page with the store's privacy policy. */
  readonly privacyPolicyUrl?: string | null;
  /** Picture that buyers see. */
  readonly merchantLogoUrl?: string | null;
}

/** Request of `stores.create`. */
export interface StoreCreate extends StoreUpdate {
  /** Origins whose pages may show the button. */
  readonly allowedOriginDomains: readonly string[];
  /** What buyers see. */
  readonly storeName: string;
}

/** Answer of `stores.create` and `stores.update`, as far as it is documented. */
export interface Store {
  /** Id for the button's payload. */
  storeId: StoreId;
}
