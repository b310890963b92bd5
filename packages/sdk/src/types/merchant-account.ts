import type { Open } from "./open.ts";
import type { CurrencyCode, PriceInput } from "./price.ts";

/** A postal address of a business or person. */
export interface BusinessAddress {
  readonly addressLine1?: string | null;
  readonly addressLine2?: string | null;
  readonly city?: string | null;
  readonly stateOrRegion?: string | null;
  readonly postalCode?: string | null;
  readonly countryCode?: string | null;
}

/** A telephone number in parts. */
export interface PhoneNumber {
  readonly countryCode?: string | null;
  readonly number?: string | null;
  readonly extension?: string | null;
}

/** A person. */
export interface Person {
  readonly personFullName?: string | null;
  readonly residentialAddress?: BusinessAddress | null;
  readonly dateOfBirth?: string | null;
}

/** A business as it is registered. */
export interface BusinessInfo {
  readonly businessType?: Open<"CORPORATE" | "INDIVIDUAL"> | null;
  readonly countryOfEstablishment?: string | null;
  readonly businessLegalName?: string | null;
  readonly businessAddress?: BusinessAddress | null;
}

/** Request of `merchantAccounts.register`. */
export interface MerchantAccountRegister {
  readonly uniqueReferenceId: string;
  readonly ledgerCurrency: CurrencyCode;
  readonly businessInfo: BusinessInfo;
  readonly primaryContactPerson?: Person | null;
}

/** Request of `merchantAccounts.updateRegistered`. */
export interface RegisteredAccountUpdate {
  readonly businessInfo?: BusinessInfo | null;
  readonly primaryContactPerson?: Person | null;
}

/** An address with a telephone number in it, as the official sample has it. */
export interface AddressWithPhone extends BusinessAddress {
  readonly phoneNumber?: PhoneNumber | null;
}

/** A person of a provisioned account. */
export interface AccountPerson extends Person {
  readonly personId?: string | null;
  readonly residentialAddress?: AddressWithPhone | null;
}

/** A business of a provisioned account. */
export interface AccountBusinessInfo extends BusinessInfo {
  readonly businessAddress?: AddressWithPhone | null;
  readonly email?: string | null;
  readonly businessCategory?: string | null;
  readonly businessDisplayName?: string | null;
  readonly annualSalesVolume?: PriceInput | null;
  readonly phoneNumber?: PhoneNumber | null;
  readonly customerSupportInformation?: {
    readonly customerSupportEmail?: string | null;
    readonly customerSupportPhoneNumber?: PhoneNumber | null;
  } | null;
}

/** A store of a provisioned account. */
export interface AccountStore {
  readonly domainUrls?: readonly string[] | null;
  readonly storeName?: string | null;
  readonly privacyPolicyUrl?: string | null;
  readonly storeStatus?: { readonly state?: string | null; readonly reasonCode?: string | null } | null;
}

interface ProvisionedMembers {
  readonly beneficiaryOwners?: readonly AccountPerson[] | null;
  readonly primaryContactPerson?: AccountPerson | null;
  readonly integrationInfo?: { readonly ipnEndpointUrls?: readonly string[] | null } | null;
  readonly stores?: readonly AccountStore[] | null;
  readonly defaultStore?: AccountStore | null;
  readonly merchantStatus?: {
    readonly statusProvider?: string | null;
    readonly state?: string | null;
    readonly reasonCode?: string | null;
  } | null;
}

/** Request of `merchantAccounts.create`: authorised solution providers. */
export interface MerchantAccountCreate extends ProvisionedMembers {
  readonly uniqueReferenceId: string;
  readonly ledgerCurrency: CurrencyCode;
  readonly businessInfo: AccountBusinessInfo;
}

/** Request of `merchantAccounts.update`. */
export interface MerchantAccountUpdate extends ProvisionedMembers {
  readonly uniqueReferenceId?: string | null;
  readonly ledgerCurrency?: CurrencyCode | null;
  readonly businessInfo?: AccountBusinessInfo | null;
}

/** Answer of the account operations, as far as it is documented. */
export interface MerchantAccount {
  uniqueReferenceId?: string | null;
  merchantAccountId?: string | null;
}

/** Request of `merchantAccounts.claim`. */
export interface MerchantAccountClaim {
  readonly uniqueReferenceId: string;
}

/** Answer of `merchantAccounts.claim`. */
export interface ClaimedMerchantAccount extends MerchantAccount {
  /** Where to send the merchant; null when the account is claimed already. */
  location: string | null;
}

/** Request of `stores.update`. */
export interface StoreUpdate {
  readonly allowedOriginDomains?: readonly string[] | null;
  readonly allowedRedirectURLs?: readonly string[] | null;
  readonly storeName?: string | null;
  readonly privacyPolicyUrl?: string | null;
  readonly merchantLogoUrl?: string | null;
}

/** Request of `stores.create`. */
export interface StoreCreate extends StoreUpdate {
  readonly allowedOriginDomains: readonly string[];
  readonly storeName: string;
}

/** Answer of `stores.create` and `stores.update`, as far as it is documented. */
export interface Store {
  storeId: string;
}
