import type { FieldKind, FieldTable, PriceField } from "./field.ts";
import { boolean, known, list, merged, object, oneOf, price, required, text, timestamp, url } from "./kinds.ts";
import { DISPUTE_REASONS, DISPUTE_RESOLUTIONS, DISPUTE_STATES } from "../states.ts";
import { lazy } from "./lazy.ts";

/** Largest single charge or refund, in whole units of the currency (docs/amazon-pay/operations.md). */
export const transactionPrice = lazy((): FieldKind => ({
  type: "price",
  limits: { USD: 150_000, GBP: 150_000, EUR: 150_000, JPY: 10_000_000 },
}));

/** The same, of something: what is charged, captured or given back. */
export const positivePrice = lazy((): FieldKind => ({ ...(transactionPrice() as PriceField), positive: true }));

/** Text on the buyer's statement, sent to the bank as `AMZ* …` (docs/amazon-pay/operations.md). */
export const softDescriptor = lazy((): FieldKind => text(16));

/** Two letters, ISO 3166-1. */
export const countryCode = lazy((): FieldKind => ({
  type: "text",
  pattern: /^[A-Z]{2}$/,
  words: 'a country of two capital letters such as "DE"',
}));

/** Currencies that Amazon Pay takes: ledger currencies and, in the EU, presentment currencies (docs/amazon-pay/operations.md). */
export const CURRENCIES = ["USD", "EUR", "GBP", "JPY", "AUD", "CHF", "DKK", "HKD", "NOK", "NZD", "SEK", "ZAR"] as const;

/** Currencies that a merchant's account can be kept in (docs/amazon-pay/operations.md). */
export const LEDGER_CURRENCIES = ["USD", "EUR", "GBP", "JPY"] as const;

/** Currency of a merchant's account. */
export const ledgerCurrency = lazy((): FieldKind => oneOf(LEDGER_CURRENCIES));

/** Three letters, ISO 4217. */
export const currencyCode = lazy((): FieldKind => oneOf(CURRENCIES));

export const merchantMetadata = lazy((): FieldKind =>
  object({
    merchantReferenceId: text(256),
    merchantStoreName: text(50),
    noteToBuyer: text(255),
    customInformation: text(4096),
  }),
);

/** For payment service providers only. */
export const providerMetadata = lazy((): FieldKind => object({ providerReferenceId: text() }));

export const recurringMetadata = lazy((): FieldKind =>
  object({
    frequency: object({
      unit: known("Year", "Month", "Week", "Day", "Variable"),
      value: { type: "integer", min: 0 },
    }),
    amount: price,
  }),
);

export const address = lazy((): FieldKind =>
  object({
    name: text(50),
    addressLine1: text(180),
    addressLine2: text(60),
    addressLine3: text(60),
    city: text(50),
    county: text(50),
    district: text(50),
    stateOrRegion: text(50),
    postalCode: text(20),
    countryCode: countryCode(),
    phoneNumber: text(20),
  }),
);

/** The address a buyer typed in at the merchant's: an additional payment button with shipping (docs/amazon-pay/operations.md). */
export const addressDetails = lazy((): FieldKind =>
  object({
    name: text(50),
    addressLine1: text(180),
    addressLine2: text(60),
    addressLine3: text(60),
    city: text(50),
    districtOrCounty: text(50),
    stateOrRegion: text(50),
    postalCode: text(20),
    countryCode: countryCode(),
    phoneNumber: text(20),
  }),
);

const updatablePayment = lazy((): FieldTable => ({
  paymentIntent: known("Confirm", "Authorize", "AuthorizeWithCapture"),
  canHandlePendingAuthorization: boolean,
  chargeAmount: transactionPrice(),
  totalOrderAmount: price,
  allowOvercharge: boolean,
  extendExpiration: boolean,
  softDescriptor: softDescriptor(),
  estimateOrderTotal: price,
}));

/** How a session is paid, in an update. */
export const paymentDetails = lazy((): FieldKind => object(updatablePayment()));

/** How a new session is paid. `presentmentCurrency` cannot be updated: it follows the charge amount's currency. */
export const newPaymentDetails = lazy((): FieldKind =>
  object(merged(updatablePayment(), { presentmentCurrency: currencyCode() })),
);

export const deliverySpecifications = lazy((): FieldKind =>
  object({
    specialRestrictions: list(known("RestrictPOBoxes", "RestrictPackstations")),
    addressRestrictions: object({
      type: required(known("Allowed", "NotAllowed")),
      restrictions: {
        type: "map",
        names: /^[A-Z]{2}$/,
        entries: object({ statesOrRegions: list(text()), zipCodes: list(text()) }),
        required: true,
      },
    }),
  }),
);

/** 2, without the members that only answers have. */
export const webCheckoutDetails = lazy((): FieldKind =>
  object({
    checkoutReviewReturnUrl: url,
    checkoutResultReturnUrl: url,
    checkoutCancelUrl: url,
    checkoutErrorUrl: url,
    checkoutMode: known("ProcessOrder"),
  }),
);

/** Price per address of a multi-address order. */
export const multiAddressesCheckoutMetadata = lazy((): FieldKind =>
  list(object({ addressId: required(text()), price: required(price) })),
);

/** Buyer data that may be asked for (docs/amazon-pay/operations.md). */
export const buyerScopes = lazy((): FieldKind =>
  list(known("name", "email", "phoneNumber", "billingAddress", "shippingAddress", "postalCode", "primeStatus")),
);

/** Report types (docs/amazon-pay/operations.md). */
export const REPORT_TYPES = [
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_ORDER_REFERENCE_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_BILLING_AGREEMENT_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_AUTHORIZATION_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_CAPTURE_DATA_",
  "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
  "_GET_CSV_CUSTOM_OFFAMAZONPAYMENTS_MULTI_CURRENCY_PAYMENTS_DATA_",
] as const;

/** A page of a list. */
export const paging = lazy((): FieldTable => ({
  pageSize: { type: "integer", min: 1, max: 100 },
  nextToken: text(),
}));

/** State, reason and resolution that a payment service provider reports. */
export const reportedStatus = lazy((): FieldKind =>
  object({
    state: required(oneOf(DISPUTE_STATES)),
    reasonCode: oneOf(DISPUTE_REASONS),
    reasonDescription: text(),
    resolution: oneOf(DISPUTE_RESOLUTIONS),
    lastUpdated: timestamp,
    lastUpdatedTimestamp: timestamp,
  }),
);
