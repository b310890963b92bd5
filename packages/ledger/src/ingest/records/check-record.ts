import { isCurrency, isPrintable, MOST_MINOR, MoneyError, readAmount, readInstant } from "@amazon-pay-kit/money";
import { statusOf, unprintable } from "@amazon-pay-kit/orders";
import type { RecordProblem, RecordProblemCode } from "./errors.ts";
import type { CheckedRecord, NewRecord } from "./record.ts";

const LONGEST_ID = 256;
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Collects what is wrong with a record; the first thing wrong with a member is enough. */
class Problems {
  readonly found: RecordProblem[] = [];
  readonly #line: number;

  constructor(line: number) {
    this.#line = line;
  }

  add(code: RecordProblemCode, message: string): null {
    this.found.push({ code, line: this.#line, message });
    return null;
  }
}

function idOf(value: unknown, name: string, problems: Problems): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") return problems.add("record.unreadable", `${name} is no text`);
  const id = value.trim();
  if (id.length > LONGEST_ID)
    return problems.add("record.unreadable", `${name} has more than ${LONGEST_ID} characters`);
  if (!isPrintable(id)) return problems.add("record.unreadable", unprintable(name, id));
  return id === "" ? null : id;
}

function amountOf(record: NewRecord, problems: Problems): bigint | null {
  const { amount, currency } = record;
  if (!isCurrency(currency)) return problems.add("record.currency", `unknown currency ${JSON.stringify(currency)}`);
  let minor: bigint;
  if (typeof amount === "bigint") minor = amount;
  else {
    try {
      minor = readAmount(String(amount).trim(), { currency }).minor;
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      return problems.add("record.amount", error.message);
    }
  }
  if (minor <= 0n) {
    const what = record.kind === "refund" ? "refunds are written with positive amounts too" : "a charge is above zero";
    return problems.add("record.sign", `amount ${String(amount)}: ${what}`);
  }
  if (minor > MOST_MINOR)
    return problems.add("record.amount", `amount ${String(amount)} is larger than any amount that 64 bits hold`);
  return minor;
}

function timeOf(value: unknown, problems: Problems): number | null {
  const time = typeof value === "number" ? value : readInstant(String(value ?? "").trim());
  if (time === null || !Number.isSafeInteger(time) || time < EARLIEST || time > LATEST) {
    return problems.add(
      "record.time",
      `cannot read ${JSON.stringify(value ?? null)} as a time: expected a form such as 2026-01-31T00:00:00Z, from 2000 to 2100`,
    );
  }
  return time;
}

/** A record checked member by member, or everything that is wrong with it. */
export function checkRecord(
  record: NewRecord,
  line: number,
):
  | { readonly record: CheckedRecord; readonly problems: null }
  | { readonly record: null; readonly problems: readonly RecordProblem[] } {
  const problems = new Problems(line);
  if (record.kind !== "charge" && record.kind !== "refund") {
    problems.add("record.kind", `kind ${JSON.stringify(record.kind)}: expected charge or refund`);
  }
  const ids = {
    transactionId: idOf(record.transactionId, "transactionId", problems),
    parentTransactionId: idOf(record.parentTransactionId, "parentTransactionId", problems),
    referenceId: idOf(record.referenceId, "referenceId", problems),
    permissionId: idOf(record.permissionId, "permissionId", problems),
    orderId: idOf(record.orderId, "orderId", problems),
  };
  if (Object.values(ids).every((id) => id === null)) {
    problems.add("record.no-id", "no id at all: give a transaction, reference, permission or order id");
  }
  const amount = amountOf(record, problems);
  const occurredAt = timeOf(record.occurredAt, problems);
  const word = record.status?.trim() ?? "";
  const known = word === "" ? "captured" : statusOf(word);
  // A refund that succeeded is one, however success is called.
  const status = known === "captured" && record.kind === "refund" ? "refunded" : known;
  if (status === undefined) problems.add("record.status", `unknown status ${JSON.stringify(record.status)}`);
  if (problems.found.length > 0 || amount === null || occurredAt === null || status === undefined) {
    return { record: null, problems: problems.found };
  }
  return {
    record: { line, kind: record.kind, ...ids, amount, currency: record.currency, occurredAt, status },
    problems: null,
  };
}
