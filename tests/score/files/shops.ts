import { localTime } from "../calendar.ts";
import { amountText } from "../money.ts";
import type { AccountFacts } from "../account-facts.ts";
import type { OwnRecord } from "../movements.ts";

/** What a shop calls the states of an order. */
const STATUS = {
  shopify: { done: "success", failed: "failure", canceled: "failure", pending: "pending" },
  woocommerce: { done: "wc-completed", failed: "wc-failed", canceled: "wc-cancelled", pending: "wc-pending" },
  magento: { done: "complete", failed: "canceled", canceled: "canceled", pending: "pending_payment" },
  kit: { done: "captured", failed: "declined", canceled: "canceled", pending: "pending" },
} as const;

/** Amazon Pay, as the shop writes it. */
const GATEWAY = {
  shopify: "amazon_payments",
  woocommerce: "amazon_payments_advanced",
  magento: "amazon_payment_v2",
  kit: "amazon_pay",
} as const;

function shopify(facts: AccountFacts, records: readonly OwnRecord[]): string[] {
  const rows = records.map((one, index) => {
    const { year, month, day, time, offset } = localTime(one.at, facts.offset(one.at));
    return [
      String(4_700_000 + index),
      one.order,
      one.kind === "charge" ? "sale" : "refund",
      one.gateway ?? GATEWAY.shopify,
      `${year}-${month}-${day} ${time} ${offset}`,
      STATUS.shopify[one.status],
      amountText(one.amount, one.currency),
      one.currency,
      "",
    ].join(",");
  });
  return ["Order,Name,Kind,Gateway,Created At,Status,Amount,Currency,Card Type", ...rows];
}

function woocommerce(records: readonly OwnRecord[]): string[] {
  const rows = records.map((one) => {
    const { year, month, day, time } = localTime(one.at, 0);
    const at = `${year}-${month}-${day} ${time}`;
    return [
      one.order,
      STATUS.woocommerce[one.status],
      at,
      one.status === "done" ? at : "",
      amountText(one.amount, one.currency),
      one.currency,
      one.gateway ?? GATEWAY.woocommerce,
      one.gateway ?? "Amazon Pay",
      one.transactionId,
      "0",
    ].join(",");
  });
  return [
    "order_number,order_status,order_date,paid_date,order_total,order_currency,payment_method,payment_method_title,transaction_id,order_refund_amount",
    ...rows,
  ];
}

const SIGNS: Readonly<Record<string, string>> = { GBP: "£", EUR: "€", USD: "$" };

function magento(records: readonly OwnRecord[]): string[] {
  const rows = records.map((one) => {
    const { year, month, day, time } = localTime(one.at, 0);
    const amount = `${SIGNS[one.currency] ?? ""}${amountText(one.amount, one.currency)}`;
    return [
      one.order,
      '"Main Website"',
      `${year}-${month}-${day} ${time}`,
      "A B",
      "A B",
      amount,
      amount,
      STATUS.magento[one.status],
      "a@example.com",
      one.gateway ?? GATEWAY.magento,
    ].join(",");
  });
  return [
    "ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,Customer Email,Payment Method",
    ...rows,
  ];
}

function kit(records: readonly OwnRecord[]): string[] {
  const rows = records.map((one) =>
    [
      one.kind,
      one.order,
      one.transactionId,
      one.reference,
      amountText(one.amount, one.currency),
      one.currency,
      new Date(one.at).toISOString().replace(".000", ""),
      STATUS.kit[one.status],
      one.gateway ?? GATEWAY.kit,
    ].join(","),
  );
  return ["kind,orderId,transactionId,referenceId,amount,currency,occurredAt,status,paymentMethod", ...rows];
}

/** The orders of an account, as its shop exports them. */
export function ordersText(facts: AccountFacts, records: readonly OwnRecord[]): string {
  const sorted = records.toSorted((one, other) => one.at - other.at);
  const lines = {
    shopify: () => shopify(facts, sorted),
    woocommerce: () => woocommerce(sorted),
    magento: () => magento(sorted),
    kit: () => kit(sorted),
  }[facts.shop]();
  return `${lines.join("\n")}\n`;
}
