/** The streams of the tap, as the API of the books gives them. Amounts are decimal texts, so that no digit is lost on the way. */

/** A type of a column in JSON Schema, which is what Singer messages are described with. */
export interface ColumnSchema {
  readonly type: readonly string[];
  readonly format?: string;
}

/** One stream. */
export interface Stream {
  readonly name: string;
  readonly keys: readonly string[];
  readonly columns: Readonly<Record<string, ColumnSchema>>;
}

const text: ColumnSchema = { type: ["string"] };
const maybe: ColumnSchema = { type: ["null", "string"] };
const moment: ColumnSchema = { type: ["null", "string"], format: "date-time" };
const amount: ColumnSchema = { type: ["string"], format: "singer.decimal" };
const maybeAmount: ColumnSchema = { type: ["null", "string"], format: "singer.decimal" };
const whole: ColumnSchema = { type: ["integer"] };

/** Every stream, in the order in which they are sent. */
export const STREAMS: readonly Stream[] = [
  {
    name: "settlements",
    keys: ["accountId", "settlementId", "currency"],
    columns: {
      accountId: text,
      settlementId: text,
      currency: text,
      start: moment,
      end: moment,
      status: text,
      bank: text,
      opening: amount,
      activity: amount,
      fees: amount,
      reserve: amount,
      transfer: amount,
      closing: amount,
      rows: whole,
    },
  },
  {
    name: "rows",
    keys: ["accountId", "settlementId", "position"],
    columns: {
      accountId: text,
      settlementId: text,
      position: whole,
      line: whole,
      postedAt: moment,
      type: text,
      transactionId: maybe,
      referenceId: maybe,
      orderId: maybe,
      currency: text,
      amount,
      fee: amount,
      net: amount,
    },
  },
  {
    name: "exceptions",
    keys: ["id"],
    columns: {
      id: text,
      accountId: text,
      cause: text,
      code: text,
      severity: text,
      status: text,
      settlementId: maybe,
      transactionId: maybe,
      orderId: maybe,
      referenceId: maybe,
      amount: maybeAmount,
      currency: maybe,
      message: text,
      foundAt: moment,
    },
  },
  {
    name: "events",
    keys: ["accountId", "sequence"],
    columns: {
      accountId: text,
      sequence: whole,
      id: whole,
      code: text,
      subject: text,
      at: moment,
      facts: { type: ["object"] },
    },
  },
];
