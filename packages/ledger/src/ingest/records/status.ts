/**
 * States of records in one spelling. The words are those of API v2, of the reports and of common shops; what has not
 * moved money is never expected in a settlement.
 */
const STATUSES: Readonly<Record<string, string>> = {
  // money has moved
  captured: "captured",
  completed: "captured",
  complete: "captured",
  paid: "captured",
  processing: "captured",
  settled: "captured",
  success: "captured",
  closed: "captured",
  shipped: "captured",
  refunded: "refunded",
  partiallyrefunded: "partially-refunded",
  partialrefund: "partially-refunded",
  // not yet
  open: "pending",
  pending: "pending",
  new: "pending",
  pendingpayment: "pending",
  onhold: "pending",
  holded: "pending",
  inprogress: "pending",
  unconfirmed: "pending",
  authorized: "authorized",
  authorizationinitiated: "pending",
  captureinitiated: "pending",
  refundinitiated: "pending",
  partiallypaid: "captured",
  paidpartially: "captured",
  refundedpartially: "partially-refunded",
  partiallycaptured: "captured",
  // never
  canceled: "canceled",
  cancelled: "canceled",
  voided: "canceled",
  failed: "declined",
  failure: "declined",
  error: "declined",
  declined: "declined",
  expired: "canceled",
  abandoned: "canceled",
};

/** A state in one spelling; `null` for none, `undefined` for a word that is not known. */
export function statusOf(word: string | null | undefined): string | null | undefined {
  if (word === null || word === undefined || word.trim() === "") return null;
  return STATUSES[
    word
      .toLowerCase()
      .replace(/^wc-/, "")
      .replaceAll(/[^a-z]/g, "")
  ];
}
