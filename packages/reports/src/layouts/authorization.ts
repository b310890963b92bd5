import type { Layout, ValuesOf } from "./layout.ts";

/**
 * Authorizations created or changed in a period.
 *
 * No public file was found: the names follow the API object of the same name and the two report files that are known.
 * The reader goes by header name, so that a column that is missing or new does no harm.
 */
export const authorization = {
  kind: "authorization",
  firstColumns: ["AmazonAuthorizationId"],
  tellingColumns: ["AmazonAuthorizationId", "AuthorizationStatus"],
  columns: [
    { name: "AmazonAuthorizationId", key: "amazonAuthorizationId", type: "text", id: "amazon", required: true },
    { name: "AuthorizationReferenceId", key: "authorizationReferenceId", type: "text", id: "merchant" },
    { name: "AmazonOrderReferenceId", key: "amazonOrderReferenceId", type: "text", id: "amazon" },
    { name: "AuthorizationAmount", key: "authorizationAmount", type: "amount" },
    { name: "CapturedAmount", key: "capturedAmount", type: "amount" },
    { name: "AuthorizationFee", key: "authorizationFee", type: "amount" },
    { name: "CurrencyCode", key: "currencyCode", type: "currency" },
    { name: "SellerAuthorizationNote", key: "sellerAuthorizationNote", type: "text" },
    { name: "AuthorizationStatus", key: "authorizationStatus", type: "text", repeats: true, vocabulary: "state" },
    { name: "LastUpdateTimestamp", key: "lastUpdateTimestamp", type: "instant" },
    { name: "ReasonCode", key: "reasonCode", type: "text", repeats: true, vocabulary: "reason-code" },
    { name: "CreationTimestamp", key: "creationTimestamp", type: "instant" },
    { name: "ExpirationTimestamp", key: "expirationTimestamp", type: "instant" },
  ],
} as const satisfies Layout;

/** A typed authorization row. */
export type AuthorizationValues = ValuesOf<typeof authorization>;
