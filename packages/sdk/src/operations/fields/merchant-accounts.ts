import type { FieldKind, FieldTable } from "./field.ts";
import { known, list, merged, object, price, required, text } from "./kinds.ts";
import { lazy } from "./lazy.ts";
import { countryCode, ledgerCurrency } from "./shared.ts";

const anyUrl = lazy((): FieldKind => ({ type: "url", http: true }));
const phoneNumber = lazy((): FieldKind => object({ countryCode: text(), number: text(), extension: text() }));

const postal = lazy((): FieldTable => ({
  addressLine1: text(180),
  addressLine2: text(60),
  city: text(50),
  stateOrRegion: text(50),
  postalCode: text(20),
  countryCode: countryCode(),
}));

const registeredBusiness = lazy((): FieldTable => ({
  businessType: known("CORPORATE", "INDIVIDUAL"),
  countryOfEstablishment: countryCode(),
  businessLegalName: text(),
  businessAddress: object(postal()),
}));

const registeredContact = lazy((): FieldTable => ({
  personFullName: text(),
  residentialAddress: object(postal()),
  dateOfBirth: text(),
}));

/** Register Amazon Pay Account. */
export const registerAccountFields = lazy((): FieldTable => ({
  uniqueReferenceId: required(text()),
  ledgerCurrency: required(ledgerCurrency()),
  businessInfo: required(object(registeredBusiness())),
  primaryContactPerson: object(registeredContact()),
}));

/** Update Amazon Pay Account. */
export const updateAccountFields = lazy((): FieldTable => ({
  businessInfo: object(registeredBusiness()),
  primaryContactPerson: object(registeredContact()),
}));

/** The official sample puts a phone number object inside these addresses. */
const postalWithPhone = lazy((): FieldKind => object(merged(postal(), { phoneNumber: phoneNumber() })));

const businessInfo = lazy((): FieldKind =>
  object(
    merged(registeredBusiness(), {
      businessAddress: postalWithPhone(),
      email: text(),
      businessCategory: text(),
      businessDisplayName: text(),
      annualSalesVolume: price,
      phoneNumber: phoneNumber(),
      customerSupportInformation: object({ customerSupportEmail: text(), customerSupportPhoneNumber: phoneNumber() }),
    }),
  ),
);

const person = lazy((): FieldTable =>
  merged(registeredContact(), { residentialAddress: postalWithPhone(), personId: text() }),
);

const store = lazy((): FieldKind =>
  object({
    domainUrls: list(anyUrl()),
    storeName: text(),
    privacyPolicyUrl: anyUrl(),
    storeStatus: object({ state: text(), reasonCode: text() }),
  }),
);

const provisioned = lazy((): FieldTable => ({
  beneficiaryOwners: list(object(person())),
  primaryContactPerson: object(person()),
  integrationInfo: object({ ipnEndpointUrls: list(anyUrl()) }),
  stores: list(store()),
  defaultStore: store(),
  merchantStatus: object({ statusProvider: text(), state: text(), reasonCode: text() }),
}));

/** Create Merchant Account, for authorised solution providers. */
export const createMerchantAccountFields = lazy((): FieldTable =>
  merged(
    {
      uniqueReferenceId: required(text()),
      ledgerCurrency: required(ledgerCurrency()),
      businessInfo: required(businessInfo()),
    },
    provisioned(),
  ),
);

/** Update Merchant Account. */
export const updateMerchantAccountFields = lazy((): FieldTable =>
  merged(
    {
      uniqueReferenceId: text(),
      ledgerCurrency: ledgerCurrency(),
      businessInfo: businessInfo(),
    },
    provisioned(),
  ),
);

/** Merchant Account Claim. */
export const claimMerchantAccountFields = lazy((): FieldTable => ({ uniqueReferenceId: required(text()) }));

/** Create Store. Update Store takes the same members, none of them required. */
export const createStoreFields = lazy((): FieldTable => ({
  allowedOriginDomains: required(list(anyUrl())),
  allowedRedirectURLs: list(anyUrl()),
  storeName: required(text()),
  privacyPolicyUrl: anyUrl(),
  merchantLogoUrl: anyUrl(),
}));

/** Update Store. */
export const updateStoreFields = lazy((): FieldTable => ({
  allowedOriginDomains: list(anyUrl()),
  allowedRedirectURLs: list(anyUrl()),
  storeName: text(),
  privacyPolicyUrl: anyUrl(),
  merchantLogoUrl: anyUrl(),
}));
