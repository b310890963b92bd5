/** Settlement files as a shop gets them, written by the kit's own writer. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { writeReport } from "@amazon-pay-kit/reports";

export const START = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;
const NOTES = [null, null, null, "Thank you", 'The "large" one', "Leave at\nthe door", "さくらんぼ 3個"];

/** 2.9 %, to the nearest cent. */
const share = (amount) => ((amount < 0n ? -1n : 1n) * ((amount < 0n ? -amount : amount) * 29n + 500n)) / 1000n;

/**
 * The rows of one settlement of a day: captures, a refund for every ninth, and the transfer that brings it to zero. Every
 * third text is its own, now and then a note has quotes, a line break, or another script.
 */
export function* settlementRows({ rows, settlement = 0, notes = NOTES }) {
  const from = START + settlement * DAY;
  const shared = {
    settlementId: String(5_984_000_000 + settlement),
    storeName: "Court and Cherry, Inc.",
    currencyCode: "USD",
  };
  let due = 0n;
  let captured;
  for (let index = 0; index < rows - 1; index++) {
    const refund = index % 9 === 8;
    const serial = settlement * 1_000_000 + index;
    const amount = refund ? -captured.amount : BigInt(100 + ((serial * 7919) % 250_000));
    const percentage = -share(amount);
    const fixed = refund ? 0n : -30n;
    const order = `P01-${String(1_000_000 + settlement).padStart(7, "0")}-${String(1_000_000 + index)}`;
    const ofOrder = refund ? captured.order : order;
    const net = amount + percentage + fixed;
    due += net;
    if (!refund) captured = { order, amount };
    yield {
      values: {
        ...shared,
        transactionPostedDate: from + Math.floor((index * 86_340) / rows) * 1000,
        amazonTransactionId: `${ofOrder}-${refund ? "R" : "C"}${String(index % 1_000_000).padStart(6, "0")}`,
        sellerReferenceId: `SHIPMENT-${serial}`,
        transactionType: refund ? "Refund" : "Capture",
        amazonOrderReferenceId: ofOrder,
        sellerOrderId: `ORDER-${serial}`,
        transactionDescription: notes[index % notes.length],
        transactionAmount: amount,
        transactionPercentageFee: percentage,
        transactionFixedFee: fixed,
        totalTransactionFee: percentage + fixed,
        netTransactionAmount: net,
      },
    };
  }
  yield {
    values: {
      ...shared,
      transactionPostedDate: from + DAY - 30_000,
      amazonTransactionId: null,
      sellerReferenceId: null,
      transactionType: "Transfer",
      amazonOrderReferenceId: null,
      sellerOrderId: null,
      transactionDescription: null,
      transactionAmount: -due,
      transactionPercentageFee: 0n,
      transactionFixedFee: 0n,
      totalTransactionFee: 0n,
      netTransactionAmount: -due,
    },
  };
}

/** Writes one settlement to a file. */
export async function writeSettlement(path, { rows, settlement = 0, notes = NOTES }) {
  const from = START + settlement * DAY;
  const header = {
    sellerId: "A1XX111XXX111XXX",
    settlementStartDate: from,
    settlementEndDate: from + DAY,
  };
  const pieces = writeReport("settlement", header, settlementRows({ rows, settlement, notes }), {
    offsetMinutes: -420,
  });
  await pipeline(Readable.from(pieces), createWriteStream(path));
}

/** The merchant's own records of the captures and refunds of a settlement. */
export function* recordsOf({ rows, settlement }) {
  for (const { values } of settlementRows({ rows, settlement })) {
    if (values.transactionType === "Transfer") continue;
    const refund = values.transactionType === "Refund";
    yield {
      kind: refund ? "refund" : "charge",
      transactionId: values.amazonTransactionId,
      referenceId: values.sellerReferenceId,
      permissionId: values.amazonOrderReferenceId,
      orderId: values.sellerOrderId,
      amount: refund ? -values.transactionAmount : values.transactionAmount,
      currency: "USD",
      occurredAt: values.transactionPostedDate,
      status: null,
    };
  }
}
