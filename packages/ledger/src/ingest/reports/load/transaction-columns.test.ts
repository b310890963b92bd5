import { type CellValue, reportBytes, type ReportKind } from "@amazon-pay-kit/reports";
import { expect, it } from "vitest";
import { booksFixture, load } from "../../../reconcile/testing/books-fixture.ts";

const START = Date.UTC(2026, 0, 5);
const times = { lastUpdateTimestamp: START + 1000, creationTimestamp: START };
const nothing = {
  object_id: null,
  reference_id: null,
  parent_id: null,
  permission_id: null,
  amount_minor: null,
  currency: null,
  status: null,
  reason_code: null,
  type: null,
  updated_at: START + 1000,
  created_at: START,
};

it.each<[Exclude<ReportKind, "settlement" | "unknown">, Readonly<Record<string, CellValue>>, object]>([
  [
    "order-reference",
    {
      amazonOrderReferenceId: "P01-1",
      sellerOrderId: "order 1",
      orderAmount: 1234n,
      currencyCode: "USD",
      orderReferenceStatus: "Closed",
      reasonCode: "SellerClosed",
    },
    {
      object_id: "P01-1",
      reference_id: "order 1",
      permission_id: "P01-1",
      amount_minor: 1234n,
      currency: "USD",
      status: "Closed",
      reason_code: "SellerClosed",
    },
  ],
  // Of two columns for the amount the one that has a value counts.
  [
    "order-reference",
    { amazonOrderReferenceId: "P01-1", orderTotal: 1234n, currencyCode: "USD", orderReferenceStatus: "Open" },
    { object_id: "P01-1", permission_id: "P01-1", amount_minor: 1234n, currency: "USD", status: "Open" },
  ],
  [
    "billing-agreement",
    { amazonBillingAgreementId: "C01-1", sellerBillingAgreementId: "plan 1", billingAgreementStatus: "Open" },
    { object_id: "C01-1", reference_id: "plan 1", permission_id: "C01-1", status: "Open" },
  ],
  [
    "authorization",
    {
      amazonAuthorizationId: "P01-1-A1",
      authorizationReferenceId: "auth 1",
      amazonOrderReferenceId: "P01-1",
      authorizationAmount: 1234n,
      currencyCode: "USD",
      authorizationStatus: "Declined",
      reasonCode: "AmazonRejected",
    },
    {
      object_id: "P01-1-A1",
      reference_id: "auth 1",
      permission_id: "P01-1",
      amount_minor: 1234n,
      currency: "USD",
      status: "Declined",
      reason_code: "AmazonRejected",
    },
  ],
  [
    "capture",
    {
      amazonCaptureId: "P01-1-C1",
      captureReferenceId: "capture 1",
      amazonAuthorizationId: "P01-1-A1",
      amazonOrderReferenceId: "P01-1",
      captureAmount: 1234n,
      currencyCode: "USD",
      captureStatus: "Completed",
    },
    {
      object_id: "P01-1-C1",
      reference_id: "capture 1",
      parent_id: "P01-1-A1",
      permission_id: "P01-1",
      amount_minor: 1234n,
      currency: "USD",
      status: "Completed",
    },
  ],
  [
    "refund",
    {
      amazonRefundId: "P01-1-R1",
      refundReferenceId: "refund 1",
      amazonCaptureId: "P01-1-C1",
      amazonOrderReferenceId: "P01-1",
      refundAmount: 1234n,
      currencyCode: "USD",
      refundType: "SellerInitiated",
      refundStatus: "Completed",
    },
    {
      object_id: "P01-1-R1",
      reference_id: "refund 1",
      parent_id: "P01-1-C1",
      permission_id: "P01-1",
      amount_minor: 1234n,
      currency: "USD",
      type: "SellerInitiated",
      status: "Completed",
    },
  ],
  [
    "multi-currency",
    {
      transactionPostedDate: START + 1000,
      amazonTransactionId: "P01-1-C1",
      sellerReferenceId: "capture 1",
      amazonOrderReferenceId: "P01-1",
      transactionType: "Capture",
      transactionAmount: 1234n,
      currencyCode: "USD",
      presentmentAmount: 1100n,
      presentmentCurrency: "EUR",
    },
    {
      object_id: "P01-1-C1",
      reference_id: "capture 1",
      permission_id: "P01-1",
      amount_minor: 1234n,
      currency: "USD",
      type: "Capture",
      created_at: null,
    },
  ],
])("a row of a report of kind %s is in the books part by part", async (kind, values, expected) => {
  const ledger = await booksFixture();
  await load(ledger, reportBytes(kind, {}, [{ values: kind === "multi-currency" ? values : { ...values, ...times } }]));
  const parts = Object.keys(nothing) as (keyof typeof nothing)[];
  const rows = await ledger.store.db
    .selectFrom("transaction_row")
    .select(["kind", ...parts])
    .execute();
  expect(rows).toEqual([{ kind, ...nothing, ...expected }]);
  await ledger.close();
});
