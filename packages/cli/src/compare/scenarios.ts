import type { HttpMethod } from "./side.ts";

/** Values that later steps need, by name: ids of what earlier steps made. */
export type Known = Readonly<Record<string, string>>;

/** One call of a scenario. */
export interface Step {
  readonly name: string;
  readonly method: HttpMethod;
  /** Below `/v2`; `{name}` stands for a known value. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON, with `{name}` in its texts replaced; a text goes out as it is. */
  readonly body?: object | string;
  /** The same number is the same idempotency key within the scenario; `none` leaves it out. Default: one of its own for POST. */
  readonly key?: number | "none";
  /** What is done to the signed request before it leaves. */
  readonly spoil?: "body" | "key-id" | "signature";
  /** Members of the answer that later steps need: name by member. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** A story that is told to both services. */
export interface Scenario {
  readonly name: string;
  /** Needs a charge permission that a buyer has agreed to. */
  readonly needsPermission?: true;
  readonly steps: readonly Step[];
}

const NOWHERE = "https://localhost/";
const session = {
  storeId: "{storeId}",
  webCheckoutDetails: { checkoutReviewReturnUrl: `${NOWHERE}review`, checkoutResultReturnUrl: `${NOWHERE}result` },
};
const amount = { amount: "{amount}", currencyCode: "{currency}" };
const create = { method: "POST", path: "/checkoutSessions" } as const;
const UNKNOWN_SESSION = "00000000-0000-4000-8000-000000000000";

/** What both services are asked. All of it is allowed in Amazon's sandbox, and none of it needs a browser. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "a checkout session before the buyer comes",
    steps: [
      { ...create, name: "create", body: session, keep: { session: "checkoutSessionId" } },
      { name: "read", method: "GET", path: "/checkoutSessions/{session}" },
      {
        name: "set amount and intent",
        method: "PATCH",
        path: "/checkoutSessions/{session}",
        body: { paymentDetails: { paymentIntent: "Authorize", chargeAmount: amount } },
      },
      {
        name: "set the order number",
        method: "PATCH",
        path: "/checkoutSessions/{session}",
        body: { merchantMetadata: { merchantReferenceId: "compare-1", merchantStoreName: "Compare" } },
      },
      {
        name: "complete too early",
        method: "POST",
        path: "/checkoutSessions/{session}/complete",
        body: { chargeAmount: amount },
      },
      { name: "read again", method: "GET", path: "/checkoutSessions/{session}" },
    ],
  },
  {
    name: "kinds of checkout sessions",
    steps: [
      {
        ...create,
        name: "recurring",
        body: {
          ...session,
          chargePermissionType: "Recurring",
          recurringMetadata: { frequency: { unit: "Month", value: "1" }, amount },
        },
      },
      {
        ...create,
        name: "delivery restrictions",
        body: { ...session, deliverySpecifications: { specialRestrictions: ["RestrictPOBoxes"] } },
      },
      { ...create, name: "scopes", body: { ...session, scopes: ["name", "email"] } },
      { ...create, name: "recurring without a rhythm", body: { ...session, chargePermissionType: "Recurring" } },
    ],
  },
  {
    name: "wrong checkout sessions",
    steps: [
      { ...create, name: "no store", body: { webCheckoutDetails: session.webCheckoutDetails } },
      { ...create, name: "an unknown store", body: { ...session, storeId: "amzn1.application-oa2-client.none" } },
      { ...create, name: "an unknown member", body: { ...session, wrong: "member" } },
      { ...create, name: "no body", body: "" },
      { ...create, name: "no JSON", body: "{" },
      { ...create, name: "an unknown type", body: { ...session, chargePermissionType: "Sometimes" } },
      {
        ...create,
        name: "plain http",
        body: { ...session, webCheckoutDetails: { checkoutReviewReturnUrl: "http://shop.example/" } },
      },
      {
        ...create,
        name: "pending together with capture",
        body: {
          ...session,
          paymentDetails: {
            paymentIntent: "AuthorizeWithCapture",
            canHandlePendingAuthorization: true,
            chargeAmount: amount,
          },
        },
      },
      {
        ...create,
        name: "an amount that is none",
        body: {
          ...session,
          paymentDetails: { paymentIntent: "Authorize", chargeAmount: { ...amount, amount: "ten" } },
        },
      },
      { name: "an unknown id", method: "GET", path: `/checkoutSessions/${UNKNOWN_SESSION}` },
      { name: "an id that is none", method: "GET", path: "/checkoutSessions/none" },
    ],
  },
  {
    name: "idempotency keys",
    steps: [
      { ...create, name: "first", body: session, key: 1 },
      { ...create, name: "the same again", body: session, key: 1 },
      { ...create, name: "the same key, another body", body: { ...session, scopes: ["name"] }, key: 1 },
      { ...create, name: "no key", body: session, key: "none" },
    ],
  },
  {
    name: "objects that are not there",
    steps: [
      { name: "read a charge", method: "GET", path: "/charges/{unknown}-C000000" },
      { name: "read a refund", method: "GET", path: "/refunds/{unknown}-R000000" },
      { name: "read a permission", method: "GET", path: "/chargePermissions/{unknown}" },
      {
        name: "change a permission",
        method: "PATCH",
        path: "/chargePermissions/{unknown}",
        body: { merchantMetadata: { merchantReferenceId: "compare-1" } },
      },
      {
        name: "close a permission",
        method: "DELETE",
        path: "/chargePermissions/{unknown}/close",
        body: { closureReason: "compare" },
      },
      {
        name: "charge a permission",
        method: "POST",
        path: "/charges",
        body: { chargePermissionId: "{unknown}", chargeAmount: amount },
      },
      {
        name: "capture a charge",
        method: "POST",
        path: "/charges/{unknown}-C000000/capture",
        body: { captureAmount: amount },
      },
      {
        name: "cancel a charge",
        method: "DELETE",
        path: "/charges/{unknown}-C000000/cancel",
        body: { cancellationReason: "compare" },
      },
      {
        name: "refund a charge",
        method: "POST",
        path: "/refunds",
        body: { chargeId: "{unknown}-C000000", refundAmount: amount },
      },
      { name: "read a buyer", method: "GET", path: "/buyers/none" },
      { name: "no such path", method: "GET", path: "/nothing" },
      { name: "no such method", method: "DELETE", path: "/charges" },
    ],
  },
  {
    name: "signatures that are wrong",
    steps: [
      { ...create, name: "a body that was changed", body: session, spoil: "body" },
      { ...create, name: "another signature", body: session, spoil: "signature" },
      { ...create, name: "a key that is unknown", body: session, spoil: "key-id" },
    ],
  },
  {
    name: "reports",
    steps: [
      { name: "list", method: "GET", path: "/reports", query: { pageSize: "1" } },
      { name: "a page that is too long", method: "GET", path: "/reports", query: { pageSize: "1000" } },
      { name: "a type that is none", method: "GET", path: "/reports", query: { reportTypes: "_NONE_" } },
      { name: "an unknown report", method: "GET", path: "/reports/1" },
      { name: "an unknown document", method: "GET", path: "/report-documents/1" },
      { name: "schedules", method: "GET", path: "/report-schedules" },
    ],
  },
  {
    name: "a charge, its capture and its refund",
    needsPermission: true,
    steps: [
      { name: "read the permission", method: "GET", path: "/chargePermissions/{permission}" },
      {
        name: "charge",
        method: "POST",
        path: "/charges",
        body: { chargePermissionId: "{permission}", chargeAmount: amount },
        keep: { charge: "chargeId" },
      },
      { name: "read the charge", method: "GET", path: "/charges/{charge}" },
      {
        name: "charge while one is open",
        method: "POST",
        path: "/charges",
        body: { chargePermissionId: "{permission}", chargeAmount: amount },
      },
      {
        name: "refund before the capture",
        method: "POST",
        path: "/refunds",
        body: { chargeId: "{charge}", refundAmount: amount },
      },
      {
        name: "capture too much",
        method: "POST",
        path: "/charges/{charge}/capture",
        body: { captureAmount: { ...amount, amount: "{more}" } },
      },
      { name: "capture", method: "POST", path: "/charges/{charge}/capture", body: { captureAmount: amount } },
      { name: "capture again", method: "POST", path: "/charges/{charge}/capture", body: { captureAmount: amount } },
      {
        name: "refund",
        method: "POST",
        path: "/refunds",
        body: { chargeId: "{charge}", refundAmount: amount },
        keep: { refund: "refundId" },
      },
      { name: "read the refund", method: "GET", path: "/refunds/{refund}" },
      {
        name: "change the permission",
        method: "PATCH",
        path: "/chargePermissions/{permission}",
        body: { merchantMetadata: { merchantReferenceId: "compare-2" } },
      },
    ],
  },
];
