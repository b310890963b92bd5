import type { FieldKind, FieldTable } from "./field.ts";
import { known, list, merged, object, price, required, text } from "./kinds.ts";
import { lazily } from "./lazily.ts";
import { countryCode, ledgerCurrency } from "./shared.ts";

const anyUrl = lazily((): FieldKind => ({ type: "url", http: true }));
const phoneNumber = lazily((): FieldKind => object({ countryCode: text(), number: text(), extension: text() }));

const postal = lazily((): FieldTable => ({
  addressLine1: text(180),
  addressLine2: text(60),
  city: text(50),
  stateOrRegion: text(50),
  postalCode: text(20),
  countryCode: countryCode(),
}));

const registeredBusiness = lazily((): FieldTable => ({
  businessType: known("CORPORATE", "INDIVIDUAL"),
  countryOfEstablishment: countryCode(),
  businessLegalName: text(),
  businessAddress: object(postal()),
}));

const registeredContact = lazily((): FieldTable => ({
  personFullName: text(),
  residentialAddress: object(postal()),
  dateOfBirth: text(),
}));

/** Register Amazon Pay Account. */
export const registerAccountFields = lazily((): FieldTable => ({
  uniqueReferenceId: required(text()),
  ledgerCurrency: required(ledgerCurrency()),
  businessInfo: required(object(registeredBusiness())),
  primaryContactPerson: object(registeredContact()),
}));

/** Update Amazon Pay Account. */
export const updateAccountFields = lazily((): FieldTable => ({
  businessInfo: object(registeredBusiness()),
  primaryContactPerson: object(registeredContact()),
}));

/** The official sample puts a phone number object inside these addresses. */
const postalWithPhone = lazily((): FieldKind => object(merged(postal(), { phoneNumber: phoneNumber() })));

const businessInfo = lazily((): FieldKind =>
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

const person = lazily((): FieldTable =>
  merged(registeredContact(), { residentialAddress: postalWithPhone(), personId: text() }),
);

const store = lazily((): FieldKind =>
  object({
    domainUrls: list(anyUrl()),
    storeName: text(),
    privacyPolicyUrl: anyUrl(),
    storeStatus: object({ state: text(), reasonCode: text() }),
  }),
);

const provisioned = lazily((): FieldTable => ({
  beneficiaryOwners: list(object(person())),
  primaryContactPerson: object(person()),
  integrationInfo: object({ ipnEndpointUrls: list(anyUrl()) }),
  stores: list(store()),
  defaultStore: store(),
  merchantStatus: object({ statusProvider: text(), state: text(), reasonCode: text() }),
}));

/** Create Merchant Account, for authorised solution providers. */
export const createMerchantAccountFields = lazily((): FieldTable =>
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
export const updateMerchantAccountFields = lazily((): FieldTable =>
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
export const claimMerchantAccountFields = lazily((): FieldTable => ({ uniqueReferenceId: required(text()) }));

/** Create Store. Update Store takes the same members, none of them required. */
export const createStoreFields = lazily((): FieldTable => ({
  allowedOriginDomains: required(list(anyUrl())),
  allowedRedirectURLs: list(anyUrl()),
  storeName: required(text()),
  privacyPolicyUrl: anyUrl(),
  merchantLogoUrl: anyUrl(),
}));

/** Update Store. */
export const updateStoreFields = lazily((): FieldTable => ({
  allowedOriginDomains: list(anyUrl()),
  allowedRedirectURLs: list(anyUrl()),
  storeName: text(),
  privacyPolicyUrl: anyUrl(),
  merchantLogoUrl: anyUrl(),
}));
