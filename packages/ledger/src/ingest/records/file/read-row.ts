import type { RecordProblemCode } from "../errors.ts";
import type { NewRecord } from "../record.ts";
import type { RecordColumns } from "./columns.ts";
import type { Member } from "./record-format.ts";
import { readShopTime } from "./shop-time.ts";

/** Why a row of a file is no record. */
export type LeftOut = "paid-otherwise" | "no-money-moved" | "further-item";

/** What a row is. */
export type RowReading =
  | { readonly record: NewRecord }
  | { readonly leftOut: LeftOut }
  | { readonly problem: { readonly code: RecordProblemCode; readonly message: string } };

/** What the columns do not say. */
export interface RowDefaults {
  readonly kind: "charge" | "refund";
  readonly currency: string | null;
  readonly offset: string;
  /** Amounts below zero are refunds. */
  readonly signed: boolean;
}

/** Words for kinds, without regard to case and punctuation; `null` for what moves no money. */
const KINDS: Readonly<Record<string, "charge" | "refund" | null>> = {
  charge: "charge",
  capture: "charge",
  captured: "charge",
  sale: "charge",
  payment: "charge",
  order: "charge",
  refund: "refund",
  refunded: "refund",
  creditmemo: "refund",
  creditnote: "refund",
  authorization: null,
  authorisation: null,
  void: null,
  cancel: null,
};

/** A currency sign before or after the amount, as Magento and spreadsheets write it. */
const SIGN = /^([+-]?)\s*[$€£¥￥]\s*|\s*[$€£¥￥]$/g;

function textAt(cells: readonly string[], places: readonly number[]): string | null {
  for (const place of places) {
    const text = (cells[place] ?? "").trim();
    if (text !== "") return text;
  }
  return null;
}

/** Makes a record of a row, or says why it is none. */
export function readRow(cells: readonly string[], columns: RecordColumns, defaults: RowDefaults): RowReading {
  const at = (member: Member): string | null => textAt(cells, columns.places.get(member) ?? []);
  const paidWith = columns.paidWith.map((place) => (cells[place] ?? "").trim()).filter((text) => text !== "");
  const written = at("amount");
  if (written === null && columns.format.itemsBelow === true) return { leftOut: "further-item" };
  if (paidWith.length > 0 && !paidWith.some((text) => /amazon/i.test(text))) return { leftOut: "paid-otherwise" };
  const word = at("kind");
  let kind: "charge" | "refund" | null | undefined =
    word === null ? defaults.kind : KINDS[word.toLowerCase().replaceAll(/[^a-z]/g, "")];
  if (kind === null) return { leftOut: "no-money-moved" };
  if (kind === undefined) {
    return { problem: { code: "record.kind", message: `kind ${JSON.stringify(word)}: expected charge or refund` } };
  }
  if (written === null) return { problem: { code: "record.amount", message: "the amount is empty" } };
  let amount = written.replaceAll(SIGN, "$1");
  if (defaults.signed && amount.startsWith("-")) {
    kind = "refund";
    amount = amount.slice(1);
  }
  const currency = at("currency") ?? defaults.currency;
  if (currency === null) {
    return { problem: { code: "record.currency", message: "no currency: the file has none, so say which (currency)" } };
  }
  const when = at("occurredAt");
  const occurredAt = when === null ? null : readShopTime(when, defaults.offset);
  if (occurredAt === null) {
    const message =
      when === null
        ? "no time: map a column with occurredAt=COLUMN"
        : `cannot read ${JSON.stringify(when)} as a time: expected a form such as 2026-01-31 10:00:00 or 2026-01-31T10:00:00Z`;
    return { problem: { code: "record.time", message } };
  }
  const ids = {
    transactionId: at("transactionId"),
    parentTransactionId: at("parentTransactionId"),
    referenceId: at("referenceId"),
    permissionId: at("permissionId"),
    orderId: at("orderId"),
  };
  return { record: { kind, ...ids, amount, currency: currency.toUpperCase(), occurredAt, status: at("status") } };
}
