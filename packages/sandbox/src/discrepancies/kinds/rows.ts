import { DAY } from "@amazon-pay-kit/money";
import { digits } from "@amazon-pay-kit/sdk/random";
import { TRANSACTION_TYPE } from "../../settlement/transaction-types.ts";
import type { DraftKind } from "../kind.ts";
import {
  anyOf,
  compensate,
  currencyOf,
  insert,
  money,
  remove,
  rowsOf,
  text,
  type MoneyColumn,
} from "../settlement-draft.ts";
import { aboutCapture, addTo } from "./capture-targets.ts";

/** What moves together when the percentage fee is another one. */
const FEE: readonly MoneyColumn[] = ["transactionPercentageFee", "totalTransactionFee", "netTransactionAmount"];
const AMOUNT: readonly MoneyColumn[] = ["transactionAmount", "netTransactionAmount"];

/** So little that the percentage fee of the amount stays right within its rounding. */
const LITTLE = 10n;

/** Rows that are lost, doubled or say something else than the truth. */
export const ROW_KINDS: readonly DraftKind[] = [
  aboutCapture(
    {
      kind: "drop-row",
      does: "leaves a capture out of the settlement file",
      leadsTo: ["settlement.roll-forward", "capture.unsettled"],
    },
    (row, draft) => {
      remove(draft, row);
      return { what: "is left out", row: null, minor: -money(row, "netTransactionAmount") };
    },
  ),
  aboutCapture(
    {
      kind: "duplicate-row",
      does: "writes a capture twice",
      leadsTo: ["transaction.duplicate"],
      mayFollow: ["settlement.roll-forward", "capture.returned-twice"],
    },
    (row, draft) => ({
      what: "is written twice",
      row: insert(draft, { values: { ...row.values } }),
      minor: money(row, "netTransactionAmount"),
    }),
  ),
  aboutCapture(
    {
      kind: "alter-amount",
      does: "writes another amount for a capture",
      leadsTo: ["match.amount", "settlement.roll-forward"],
    },
    (row) => {
      addTo(row, AMOUNT, LITTLE);
      return { what: "amount 10 minor units too high", minor: LITTLE };
    },
  ),
  aboutCapture(
    {
      kind: "wrong-amount",
      does: "writes another amount for a capture, in a file that adds up",
      leadsTo: ["match.amount"],
      // What is taken back of the whole is then more than the file says was captured.
      mayFollow: ["capture.returned-twice"],
    },
    (row, draft) => {
      addTo(row, AMOUNT, -LITTLE);
      compensate(draft, LITTLE, currencyOf(draft));
      return { what: "amount 10 minor units too low", minor: -LITTLE };
    },
  ),
  aboutCapture(
    {
      kind: "alter-fee",
      does: "takes a higher percentage fee for a capture",
      leadsTo: ["fee.mismatch", "settlement.roll-forward"],
    },
    (row) => {
      addTo(row, FEE, -50n);
      return { what: "fee 50 minor units too high", minor: -50n };
    },
  ),
  aboutCapture(
    {
      kind: "overcharge",
      does: "takes a higher percentage fee for a capture, in a file that adds up",
      leadsTo: ["fee.mismatch"],
    },
    (row, draft) => {
      addTo(row, FEE, -75n);
      compensate(draft, 75n, currencyOf(draft));
      return { what: "fee 75 minor units too high", minor: -75n };
    },
  ),
  aboutCapture(
    {
      kind: "wrong-net",
      does: "writes a net amount that is not amount and fee together, in a file that adds up",
      leadsTo: ["row.net"],
    },
    (row, draft) => {
      addTo(row, ["netTransactionAmount"], 7n);
      compensate(draft, -7n, currencyOf(draft));
      return { what: "net amount 7 minor units too high", minor: 7n };
    },
  ),
  aboutCapture(
    { kind: "fee-sum", does: "writes a total fee that is not the sum of its parts", leadsTo: ["row.fee-sum"] },
    (row) => {
      // One minor unit: still the right fee within its rounding, and yet not the sum.
      addTo(row, ["transactionPercentageFee"], 1n);
      return { what: "percentage fee 1 minor unit off its total", minor: 1n };
    },
  ),
  aboutCapture(
    {
      kind: "outside-window",
      does: "dates a capture three days before the settlement began",
      leadsTo: ["row.outside-window"],
    },
    (row, draft) => {
      const start = draft.header.settlementStartDate;
      if (typeof start !== "number") return null;
      row.values["transactionPostedDate"] = start - 3 * DAY;
      return { what: "dated three days before the settlement" };
    },
  ),
  aboutCapture(
    {
      kind: "mixed-settlement-id",
      does: "gives a capture the id of another settlement",
      leadsTo: ["settlement.mixed-id"],
      mayFollow: ["settlement.roll-forward", "settlement.overlap", "settlement.opening", "settlement.gap"],
    },
    (row, _draft, engine) => {
      row.values["settlementId"] = `7${digits(engine.random, 9)}`;
      return { what: "names another settlement" };
    },
  ),
  aboutCapture(
    {
      kind: "currency-change",
      does: "writes a capture in another currency, in a file that adds up in both",
      leadsTo: ["match.currency"],
      mayFollow: ["fee.mismatch", "match.amount"],
    },
    (row, draft) => {
      const own = currencyOf(draft);
      const other = own === "USD" ? "EUR" : "USD";
      const net = money(row, "netTransactionAmount");
      row.values["currencyCode"] = other;
      compensate(draft, net, own);
      compensate(draft, -net, other);
      return { what: `is in ${other}`, minor: net };
    },
  ),
  aboutCapture(
    {
      kind: "unsettled-capture",
      does: "leaves a capture out, in a file that adds up",
      leadsTo: ["capture.unsettled"],
    },
    (row, draft) => {
      remove(draft, row);
      compensate(draft, money(row, "netTransactionAmount"), currencyOf(draft));
      return { what: "is not settled", row: null };
    },
  ),
  {
    kind: "unsettled-refund",
    does: "leaves a refund out, in a file that adds up",
    stage: "contents",
    reports: ["settlement"],
    leadsTo: ["refund.unsettled"],
    mayFollow: [],
    inject: (engine, draft) => {
      const row = anyOf(engine, rowsOf(draft, TRANSACTION_TYPE.refund));
      if (row === undefined) return null;
      remove(draft, row);
      compensate(draft, money(row, "netTransactionAmount"), currencyOf(draft));
      const transactionId = text(row, "amazonTransactionId");
      return { what: `refund ${transactionId}: is not settled`, transactionId };
    },
  },
];
