import { describe, expect, test } from "vitest";
import { checkFields, type CheckOptions, checkRequest } from "./fields/check.ts";
import type { Field } from "./fields/field.ts";
import { serviceMessage } from "./fields/issue.ts";
import { createCharge } from "./groups/charges.ts";
import { otherValue } from "./fields/other-value.ts";
import type { Operation } from "./operation.ts";
import { OPERATIONS } from "./table.ts";

function issues(name: string, body: unknown, query?: Record<string, unknown>, options?: CheckOptions): string[] {
  const operation = OPERATIONS.find((row) => row.name === name);
  if (operation === undefined) throw new Error(`no operation ${name}`);
  return checkRequest(operation, body, query, options).map((issue) => `${issue.reasonCode} ${issue.path}`);
}

const usd = (amount: unknown): unknown => ({ amount, currencyCode: "USD" });
const charge = (more: object): object => ({ chargePermissionId: "S01-1-1", chargeAmount: usd("14.00"), ...more });

test.each<[unknown, string]>([
  ["10.00", 'chargeAmount must be an amount such as { amount: "10.50", currencyCode: "USD" }'],
  [
    { amount: "1.505", currencyCode: "USD" },
    'chargeAmount.amount must be a decimal text such as "10.50": digits, a point, at most two decimals',
  ],
  [
    { amount: "10.00", currencyCode: "JPY" },
    'chargeAmount.amount must be a decimal text such as "1000": JPY has no decimals',
  ],
  [
    { amount: "10.00", currencyCode: "usd" },
    "chargeAmount.currencyCode must be one of USD, EUR, GBP, JPY, AUD, CHF, DKK, HKD, NOK, NZD, SEK, ZAR",
  ],
])("a wrong amount is told in words: %j", (chargeAmount, message) => {
  const found = checkRequest(createCharge, { chargePermissionId: "S01-1-1", chargeAmount });
  expect(found.map((issue) => issue.message)).toEqual([message]);
});

describe("mistakes, each with its path", () => {
  test.each<[string, string, unknown, string[]]>([
    [
      "no body",
      "createCharge",
      undefined,
      ["MissingParameterValue chargePermissionId", "MissingParameterValue chargeAmount"],
    ],
    ["a body that is a list", "createCharge", [], ["InvalidParameterValue "]],
    ["an empty id", "createRefund", { chargeId: "", refundAmount: usd("1") }, ["MissingParameterValue chargeId"]],
    ["an unknown member", "createCharge", charge({ $type: "x" }), ["UnrecognizedField $type"]],
    [
      "an unknown member deep inside",
      "updateChargePermission",
      { merchantMetadata: { noteToSeller: "x" } },
      ["UnrecognizedField merchantMetadata.noteToSeller"],
    ],
    ["a number as text", "createCharge", charge({ platformId: 7 }), ["InvalidParameterValue platformId"]],
    ["a text as flag", "createCharge", charge({ captureNow: "yes" }), ["InvalidParameterValue captureNow"]],
    [
      "a descriptor of 17 characters",
      "captureCharge",
      { captureAmount: usd("1"), softDescriptor: "x".repeat(17) },
      ["InvalidParameterValue softDescriptor"],
    ],
    [
      "a reason of 256 characters",
      "cancelCharge",
      { cancellationReason: "x".repeat(256) },
      ["InvalidParameterValue cancellationReason"],
    ],
    [
      "an unknown intent",
      "finalizeCheckoutSession",
      { chargeAmount: usd("1"), paymentIntent: "Maybe" },
      ["InvalidParameterValue paymentIntent"],
    ],
    [
      "a price without currency",
      "createCharge",
      charge({ chargeAmount: { amount: "1" } }),
      ["MissingParameterValue chargeAmount.currencyCode"],
    ],
    [
      "a price without amount",
      "createCharge",
      charge({ chargeAmount: { currencyCode: "USD" } }),
      ["MissingParameterValue chargeAmount.amount"],
    ],
    [
      "a price with more in it",
      "createCharge",
      charge({ chargeAmount: { amount: "1", currencyCode: "USD", tax: "1" } }),
      ["UnrecognizedField chargeAmount.tax"],
    ],
    ["a price that is text", "createCharge", charge({ chargeAmount: "14.00" }), ["InvalidParameterValue chargeAmount"]],
    [
      "a comma in an amount",
      "createCharge",
      charge({ chargeAmount: usd("1,000.00") }),
      ["InvalidParameterValue chargeAmount.amount"],
    ],
    [
      "three decimals",
      "createCharge",
      charge({ chargeAmount: usd("1.005") }),
      ["InvalidParameterValue chargeAmount.amount"],
    ],
    [
      "a negative amount",
      "createCharge",
      charge({ chargeAmount: usd("-1") }),
      ["InvalidParameterValue chargeAmount.amount"],
    ],
    [
      "an exponent",
      "createCharge",
      charge({ chargeAmount: usd("1e3") }),
      ["InvalidParameterValue chargeAmount.amount"],
    ],
    [
      "decimals in JPY",
      "createCharge",
      charge({ chargeAmount: { amount: "1000.00", currencyCode: "JPY" } }),
      ["InvalidParameterValue chargeAmount.amount"],
    ],
    [
      "a currency in small letters",
      "createCharge",
      charge({ chargeAmount: { amount: "1", currencyCode: "usd" } }),
      ["InvalidParameterValue chargeAmount.currencyCode"],
    ],
    [
      "a cent more than one charge may be",
      "createCharge",
      charge({ chargeAmount: usd("150000.01") }),
      ["TransactionAmountExceeded chargeAmount.amount"],
    ],
    [
      "a yen more than one refund may be",
      "createRefund",
      { chargeId: "C", refundAmount: { amount: "10000001", currencyCode: "JPY" } },
      ["TransactionAmountExceeded refundAmount.amount"],
    ],
    [
      "pending and captured at once",
      "createCharge",
      charge({ captureNow: true, canHandlePendingAuthorization: true }),
      ["InvalidParameterCombination canHandlePendingAuthorization"],
    ],
    [
      "a descriptor without capture",
      "createCharge",
      charge({ softDescriptor: "SHOP" }),
      ["InvalidParameterCombination softDescriptor"],
    ],
    [
      "no review page",
      "createCheckoutSession",
      { storeId: "s", webCheckoutDetails: {} },
      ["MissingParameterValue webCheckoutDetails.checkoutReviewReturnUrl"],
    ],
    [
      "no result page for an additional payment button",
      "createCheckoutSession",
      { storeId: "s", webCheckoutDetails: { checkoutMode: "ProcessOrder" }, paymentDetails: {} },
      ["MissingParameterValue webCheckoutDetails.checkoutResultReturnUrl"],
    ],
    [
      "an additional payment button without an amount",
      "createCheckoutSession",
      {
        storeId: "s",
        webCheckoutDetails: { checkoutMode: "ProcessOrder", checkoutResultReturnUrl: "https://a.example" },
      },
      ["MissingParameterValue paymentDetails"],
    ],
    [
      "nothing to pay where a payment method is set up without a review page",
      "createCheckoutSession",
      {
        storeId: "s",
        chargePermissionType: "PaymentMethodOnFile",
        paymentMethodOnFileMetadata: { setupOnly: true },
        webCheckoutDetails: { checkoutMode: "ProcessOrder", checkoutResultReturnUrl: "https://a.example" },
      },
      [],
    ],
    [
      "flags as text that do not go together",
      "createCharge",
      charge({ captureNow: "true", canHandlePendingAuthorization: "true" }),
      ["InvalidParameterCombination canHandlePendingAuthorization"],
    ],
    [
      "a recurring session without rhythm",
      "createCheckoutSession",
      {
        storeId: "s",
        chargePermissionType: "Recurring",
        webCheckoutDetails: { checkoutReviewReturnUrl: "https://a.example" },
      },
      ["MissingParameterValue recurringMetadata"],
    ],
    [
      "a saved wallet without its metadata",
      "createCheckoutSession",
      {
        storeId: "s",
        chargePermissionType: "PaymentMethodOnFile",
        webCheckoutDetails: { checkoutReviewReturnUrl: "https://a.example" },
      },
      ["MissingParameterValue paymentMethodOnFileMetadata"],
    ],
    ["the store changed afterwards", "updateCheckoutSession", { storeId: "s" }, ["UnrecognizedField storeId"]],
    [
      "a presentment currency changed afterwards",
      "updateCheckoutSession",
      { paymentDetails: { presentmentCurrency: "USD" } },
      ["UnrecognizedField paymentDetails.presentmentCurrency"],
    ],
    [
      "a region name that is none",
      "createCheckoutSession",
      {
        storeId: "s",
        webCheckoutDetails: { checkoutReviewReturnUrl: "https://a.example" },
        deliverySpecifications: { addressRestrictions: { type: "Allowed", restrictions: { Germany: {} } } },
      },
      ["InvalidParameterValue deliverySpecifications.addressRestrictions.restrictions.Germany"],
    ],
    [
      "an entry of a list",
      "deliveryTrackers",
      {
        chargePermissionId: "S",
        deliveryDetails: [{ trackingNumber: "1", carrierCode: "UPS" }, { trackingNumber: "2" }, null],
      },
      ["MissingParameterValue deliveryDetails[1].carrierCode", "MissingParameterValue deliveryDetails[2]"],
    ],
    ["nothing to track", "deliveryTrackers", { deliveryDetails: [] }, ["MissingParameterValue chargePermissionId"]],
    [
      "a report that ends before it starts",
      "createReport",
      {
        reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
        startTime: "20260102T000000Z",
        endTime: "2026-01-01T00:00:00Z",
      },
      ["InvalidParameterValue endTime"],
    ],
    [
      "a day that is no instant",
      "createReport",
      {
        reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
        startTime: "2026-01-01",
        endTime: "20261301T000000Z",
      },
      ["InvalidParameterValue startTime", "InvalidParameterValue endTime"],
    ],
    [
      "days that the month does not have",
      "createReport",
      {
        reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
        startTime: "2026-02-29T00:00:00Z",
        endTime: "20260431T000000Z",
      },
      ["InvalidParameterValue startTime", "InvalidParameterValue endTime"],
    ],
    [
      "the leap day of a leap year",
      "createReport",
      {
        reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
        startTime: "2028-02-29T00:00:00Z",
        endTime: "20280301T000000Z",
      },
      [],
    ],
    ["a body where none belongs is not looked at", "getCharge", { a: 1 }, []],
  ])("%s", (_, name, body, expected) => {
    expect(issues(name, body)).toEqual(expected);
  });

  test.each<[Record<string, unknown>, string[]]>([
    [{ pageSize: 0 }, ["InvalidParameterValue pageSize"]],
    [{ pageSize: "101" }, ["InvalidParameterValue pageSize"]],
    [{ pageSize: 1.5 }, ["InvalidParameterValue pageSize"]],
    [{ nextToken: "t", pageSize: 10 }, ["InvalidParameterCombination nextToken"]],
    [{ processingStatuses: "COMPLETED,DONE" }, ["InvalidParameterValue processingStatuses"]],
    [{ "reportTypes.1": "x" }, ["UnrecognizedField reportTypes.1"]],
    [{ pageSize: "100", processingStatuses: "COMPLETED,FAILED", createdSince: "20221118T150630Z" }, []],
    [{ nextToken: "t" }, []],
    [{ nextToken: "", pageSize: "10" }, []],
  ])("query %j", (query, expected) => {
    expect(issues("getReports", undefined, query)).toEqual(expected);
  });

  test.each([
    ["http://shop.example/r", "live", 1],
    ["http://shop.example/r", "sandbox", 1],
    ["http://localhost:3000/r", "live", 1],
    ["http://localhost:3000/r", "sandbox", 0],
    ["https://shop.example/r", "live", 0],
    ["/r", "sandbox", 1],
    ["javascript:alert(1)", "sandbox", 1],
  ] as const)("return address %s in %s", (url, environment, count) => {
    expect(
      issues("updateCheckoutSession", { webCheckoutDetails: { checkoutResultReturnUrl: url } }, {}, { environment }),
    ).toHaveLength(count);
  });
});

describe("what is right", () => {
  test("null stands for left out, amounts may be numbers, and open values pass where that is asked for", () => {
    expect(
      issues("finalizeCheckoutSession", {
        shippingAddress: { name: "A", county: null, countryCode: "US" },
        billingAddress: null,
        chargeAmount: usd(10),
        paymentIntent: "Confirm",
      }),
    ).toEqual([]);
    expect(
      issues("createCharge", charge({ channel: otherValue("Smoke"), newMember: 1 }), {}, { unknownFields: "allow" }),
    ).toEqual([]);
    expect(issues("createCharge", charge({ chargeAmount: usd("150000.00") }))).toEqual([]);
    expect(issues("captureCharge", { captureAmount: usd("1"), softDescriptor: "😀".repeat(16) })).toEqual([]);
    expect(
      issues("createDispute", {
        chargeId: "C",
        disputeAmount: usd("1"),
        filingReason: "Other",
        filingTimestamp: 1_700_000_000_000,
        statusDetails: { state: "ActionRequired" },
      }),
    ).toEqual([]);
  });

  test("the service's own wording", () => {
    expect(serviceMessage({ reasonCode: "UnrecognizedField", path: "$type", message: "" })).toBe(
      "The field '$type' is invalid for this API.",
    );
    expect(serviceMessage({ reasonCode: "InvalidParameterValue", path: "a.b", message: "a.b must be text" })).toBe(
      "The value provided for [a.b] is invalid. It must be text.",
    );
    expect(
      serviceMessage({ reasonCode: "InvalidParameterValue", path: "", message: "the body must be an object" }),
    ).toBe("The value provided for [] is invalid. It must be an object.");
  });

  test("every list of values is in the refusal of another value, whatever its type", () => {
    let lists = 0;
    const visit = (field: Field): void => {
      if (field.type === "object") Object.values(field.fields).forEach(visit);
      else if (field.type === "list") visit(field.items);
      else if (field.type === "map") visit(field.entries);
      else if (field.type === "text" && field.values !== undefined) {
        lists += 1;
        for (const value of ["no such value", 1, true, ["a"], {}]) {
          const [issue] = checkFields({ it: field }, { it: value });
          for (const known of field.values) expect(issue === undefined ? "" : serviceMessage(issue)).toContain(known);
        }
      }
    };
    for (const { body, query } of OPERATIONS as readonly Operation[]) {
      Object.values(body?.() ?? {}).forEach(visit);
      Object.values(query?.() ?? {}).forEach(visit);
    }
    expect(lists).toBeGreaterThan(30);
  });
});
