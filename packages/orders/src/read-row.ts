import { CURRENCY_DIGITS, isCurrency, isPrintable, MoneyError, printableText, readAmount } from "@amazon-pay-kit/money";
import { OrdersError } from "./errors.ts";
import type { Fault } from "./faults.ts";
import type { CheckedOptions } from "./options.ts";
import { RECORD_STATUSES, type OrderRecord, type RecordMember, type SkipReason } from "./record.ts";
import { plainStatus, type Statuses } from "./statuses.ts";

/** What a row is. */
export type RowReading =
  | { readonly record: OrderRecord }
  | { readonly skipped: SkipReason; readonly message: string }
  | { readonly faults: readonly Fault[] };

/** The texts of a row, by member; `null` where it has none. */
export type RowTexts = (member: RecordMember) => string | null;

/** What decides how the texts of a row are read. */
export interface RowRules {
  readonly options: CheckedOptions;
  readonly statuses: Statuses;
  /** Amounts below zero are refunds. */
  readonly signed: boolean;
  /** Whether the file has a place for the currency of each row. */
  readonly namesCurrency: boolean;
}

/** Words for kinds, without regard to case and punctuation; `null` for what moves no money. */
const KINDS: ReadonlyMap<string, "charge" | "refund" | null> = new Map([
  ["charge", "charge"],
  ["capture", "charge"],
  ["captured", "charge"],
  ["sale", "charge"],
  ["payment", "charge"],
  ["order", "charge"],
  ["refund", "refund"],
  ["refunded", "refund"],
  ["creditmemo", "refund"],
  ["creditnote", "refund"],
  ["authorization", null],
  ["authorisation", null],
  ["emvauthorization", null],
  ["void", null],
  ["cancel", null],
  ["change", null],
]);

function kindOf(word: string): "charge" | "refund" | null | undefined {
  return KINDS.get(word) ?? KINDS.get(word.toLowerCase().replaceAll(/[^a-z]/g, ""));
}

const LONGEST_ID = 256;
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Ids of Amazon's sandbox: of North America, Europe and Japan. */
const SANDBOX_ID = /^S0[1-3]-\d/;

const isOfSandbox = (id: string | null): boolean => id !== null && id.startsWith("S0") && SANDBOX_ID.test(id);

/** A date that a database writes for none. */
const NO_DATE = /^0000[-/.]00[-/.]00/;

/** Members that name a record. */
export const ID_MEMBERS = ["transactionId", "parentTransactionId", "referenceId", "permissionId", "orderId"] as const;

/** What a spreadsheet makes of a long number (`8.03228E+18`), and how people keep it from doing so (`'123`). */
const CHANGED_ID = /^(?:\d(?:[.,]\d+)?E\+\d{1,3}|\d[.,]\d+E\d{1,3}|'.+)$/i;

/** An id that a spreadsheet has changed, as a fault that is told once for the file. */
export function shortenedId(member: string, text: string): Fault {
  return {
    code: "record.unreadable",
    message: `a spreadsheet has changed ${member} ${JSON.stringify(text)}: it keeps no more than fifteen digits of a number; export the orders again, and import that file without opening it in a spreadsheet`,
    cause: `changed ${member}`,
  };
}

type Ids = Record<(typeof ID_MEMBERS)[number], string | null>;

const ENTITIES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  euro: "€",
  pound: "£",
  yen: "¥",
  nbsp: " ",
  dollar: "$",
};

/** WooCommerce writes the sign of a currency as HTML does: `&#36;49.90`, `49,90&nbsp;&euro;`. */
function withoutEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(?:#(\d{2,5})|([a-z]+));/g, (entity, code: string | undefined, name: string | undefined) =>
    code === undefined ? (ENTITIES[name ?? ""] ?? entity) : String.fromCodePoint(Number(code)),
  );
}

function amountOf(texts: RowTexts, rules: RowRules, faults: Fault[]): { minor: bigint; currency: string } | null {
  const text = texts("amount");
  if (text === null) {
    faults.push({ code: "record.amount", message: "the amount is empty" });
    return null;
  }
  const written = texts("currency")?.toUpperCase() ?? rules.options.currency;
  if (written === undefined && rules.namesCurrency) {
    faults.push({
      code: "record.currency",
      message: "the currency is empty: say with --currency which one rows without have",
      cause: "currency empty",
    });
    return null;
  }
  if (written !== undefined && !isCurrency(written)) {
    const known = Object.keys(CURRENCY_DIGITS).join(", ");
    const message = `unknown currency ${JSON.stringify(written)}: Amazon Pay has ${known}`;
    faults.push({ code: "record.currency", message });
    return null;
  }
  try {
    const { minor, currency } = readAmount(withoutEntities(text), {
      currency: written,
      decimal: rules.options.decimal,
    });
    if (isCurrency(currency)) return { minor, currency };
    faults.push({ code: "record.currency", message: `unknown currency ${JSON.stringify(currency)}` });
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    // Nothing below would tell more.
    if (error.code === "money.currency-missing") {
      const message = /names no currency/.test(error.message)
        ? "the file names no currency: say which with --currency, for example --currency EUR"
        : error.message;
      throw new OrdersError("records.currency", message, "currency");
    }
    faults.push({
      code: error.code === "money.currency-mismatch" ? "record.currency" : "record.amount",
      message: error.message,
      ...(error.code === "money.ambiguous-amount" ? { cause: error.code } : {}),
    });
  }
  return null;
}

function timeOf(texts: RowTexts, { moments }: CheckedOptions, faults: Fault[]): number | null {
  const text = texts("occurredAt");
  if (text === null || (text.startsWith("0000") && NO_DATE.test(text))) {
    faults.push({ code: "record.time", message: "no time: name a column that has it with --map occurredAt=COLUMN" });
    return null;
  }
  try {
    const time = moments.read(text);
    if (time >= EARLIEST && time < LATEST) return time;
    faults.push({ code: "record.time", message: `${JSON.stringify(text)} is not in the years from 2000 to 2099` });
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    const byOption = error.code === "time.ambiguous-day" || error.message.includes("--date-format");
    faults.push({ code: "record.time", message: error.message, ...(byOption ? { cause: error.code } : {}) });
  }
  return null;
}

/** An id with a control character in it matches no other, and acts on whatever shows it. */
export const unprintable = (member: string, id: string): string =>
  `${member} ${JSON.stringify(printableText(id))} holds a control character, or one that turns the direction of text: remove it`;

function idsOf(texts: RowTexts, faults: Fault[]): Ids {
  const ids: Ids = {
    transactionId: texts("transactionId"),
    parentTransactionId: texts("parentTransactionId"),
    referenceId: texts("referenceId"),
    permissionId: texts("permissionId"),
    orderId: texts("orderId"),
  };
  let some = false;
  for (const member of ID_MEMBERS) {
    const id = ids[member];
    if (id === null) continue;
    some = true;
    if (CHANGED_ID.test(id)) faults.push(shortenedId(member, id));
    if (id.length > LONGEST_ID)
      faults.push({ code: "record.unreadable", message: `${member} has more than ${LONGEST_ID} characters` });
    else if (!isPrintable(id)) faults.push({ code: "record.unreadable", message: unprintable(member, id) });
  }
  if (!some) {
    const message = "no id at all: a transaction, reference, permission or order id is needed";
    faults.push({ code: "record.no-id", message });
  }
  return ids;
}

function statusOf(texts: RowTexts, kind: OrderRecord["kind"], statuses: Statuses, faults: Fault[]) {
  const word = texts("status");
  const known = word === null ? ("captured" as const) : statuses.of(word);
  if (known === undefined && word !== null) {
    const pair = /^[\p{L}\p{N}_.-]+$/u.test(word) ? `${word}=captured` : `'${word}=captured'`;
    faults.push({
      code: "record.status",
      message: `the status ${JSON.stringify(word)} is not known: say what it means with --status ${pair} (or ${RECORD_STATUSES.slice(1).join(", ")})`,
      cause: `status ${plainStatus(word)}`,
    });
  }
  // A refund that succeeded is one, however the shop calls success.
  return known === "captured" && kind === "refund" ? "refunded" : known;
}

/** Makes a record of a row, or says why it is none. */
export function readRow(line: number, texts: RowTexts, rules: RowRules): RowReading {
  const faults: Fault[] = [];
  const word = texts("kind");
  let kind = word === null ? rules.options.kind : kindOf(word);
  if (kind === null) return { skipped: "no-money-moved", message: `${JSON.stringify(word)} moves no money` };
  if (kind === undefined) {
    faults.push({ code: "record.kind", message: `kind ${JSON.stringify(word)}: expected charge or refund` });
    kind = "charge";
  }
  const ids = idsOf(texts, faults);
  const sandbox = rules.options.keepSandbox ? undefined : ID_MEMBERS.find((member) => isOfSandbox(ids[member]));
  if (sandbox !== undefined) return { skipped: "sandbox", message: `${sandbox} ${ids[sandbox]} is of the sandbox` };
  const amount = amountOf(texts, rules, faults);
  if (amount?.minor === 0n) return { skipped: "no-money-moved", message: "the amount is zero" };
  let minor = amount?.minor ?? 1n;
  if (minor < 0n && rules.signed) {
    kind = "refund";
    minor = -minor;
  }
  if (minor < 0n) {
    faults.push({
      code: "record.sign",
      message: `the amount ${JSON.stringify(texts("amount"))} is below zero: refunds are written with positive amounts, or say --signed`,
      cause: "sign",
    });
  }
  const occurredAt = timeOf(texts, rules.options, faults);
  const status = statusOf(texts, kind, rules.statuses, faults);
  if (faults.length > 0 || amount === null || occurredAt === null || status === undefined) return { faults };
  return {
    record: { type: "record", line, kind, status, ...ids, amount: minor, currency: amount.currency, occurredAt },
  };
}
