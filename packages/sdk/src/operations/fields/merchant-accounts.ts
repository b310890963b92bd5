import type { FieldKind, FieldTable } from "./field.ts";
import { known, list, merged, object, price, required, text } from "./kinds.ts";
import { countryCode } from "./shared.ts";

const LEDGER = known("USD", "EUR", "GBP", "JPY");
const anyUrl: FieldKind = { type: "url", http: true };
const phoneNumber = object({ countryCode: text(), number: text(), extension: text() });

const postal = {
  addressLine1: text(180),
  addressLine2: text(60),
  city: text(50),
  stateOrRegion: text(50),
  postalCode: text(20),
  countryCode,
} as const;

const registeredBusiness = {
  businessType: known("CORPORATE", "INDIVIDUAL"),
  countryOfEstablishment: countryCode,
  businessLegalName: text(),
  businessAddress: object(postal),
} as const;

const registeredContact = {
  personFullName: text(),
  residentialAddress: object(postal),
  dateOfBirth: text(),
} as const;

/** Reference 3.31: Register Amazon Pay Account. */
export const registerAccountFields: FieldTable = {
  uniqueReferenceId: required(text()),
  ledgerCurrency: required(LEDGER),
  businessInfo: required(object(registeredBusiness)),
  primaryContactPerson: object(registeredContact),
};

/** Reference 3.31: Update Amazon Pay Account. */
export const updateAccountFields: FieldTable = {
  businessInfo: object(registeredBusiness),
  primaryContactPerson: object(registeredContact),
};

/** The official sample puts a phone number object inside these addresses. */
const postalWithPhone = object(merged(postal, { phoneNumber }));

const businessInfo = object(
  merged(registeredBusiness, {
    businessAddress: postalWithPhone,
    email: text(),
    businessCategory: text(),
    businessDisplayName: text(),
    annualSalesVolume: price,
    phoneNumber,
    customerSupportInformation: object({ customerSupportEmail: text(), customerSupportPhoneNumber: phoneNumber }),
  }),
);

const person = merged(registeredContact, { residentialAddress: postalWithPhone, personId: text() });

const store = object({
  domainUrls: list(anyUrl),
  storeName: text(),
  privacyPolicyUrl: anyUrl,
  storeStatus: object({ state: text(), reasonCode: text() }),
});

const provisioned = {
  beneficiaryOwners: list(object(person)),
  primaryContactPerson: object(person),
  integrationInfo: object({ ipnEndpointUrls: list(anyUrl) }),
  stores: list(store),
  defaultStore: store,
  merchantStatus: object({ statusProvider: text(), state: text(), reasonCode: text() }),
} as const;

/** Reference 3.31: Create Merchant Account, for authorised solution providers. */
export const createMerchantAccountFields: FieldTable = merged(
  {
    uniqueReferenceId: required(text()),
    ledgerCurrency: required(LEDGER),
    businessInfo: required(businessInfo),
  },
  provisioned,
);

/** Reference 3.31: Update Merchant Account. */
export const updateMerchantAccountFields: FieldTable = merged(
  {
    uniqueReferenceId: text(),
    ledgerCurrency: LEDGER,
    businessInfo,
  },
  provisioned,
);

/** Reference 3.31: Merchant Account Claim. */
export const claimMerchantAccountFields: FieldTable = { uniqueReferenceId: required(text()) };

/** Reference 3.31: Create Store. Update Store takes the same members, none of them required. */
export const createStoreFields: FieldTable = {
  allowedOriginDomains: required(list(anyUrl)),
  allowedRedirectURLs: list(anyUrl),
  storeName: required(text()),
  privacyPolicyUrl: anyUrl,
  merchantLogoUrl: anyUrl,
};

/** Reference 3.31: Update Store. */
export const updateStoreFields: FieldTable = {
  allowedOriginDomains: list(anyUrl),
  allowedRedirectURLs: list(anyUrl),
  storeName: text(),
  privacyPolicyUrl: anyUrl,
  merchantLogoUrl: anyUrl,
};
