import { formatAmount, MoneyError, readDate } from "@amazon-pay-kit/money";
import { UnusableStatementError } from "../../errors.ts";
import type { FormatEvent, StatementBalance } from "../../events.ts";
import type { StatementOptions } from "../../options.ts";
import { plainAccount } from "../../text/account.ts";
import { distinctReferences, joined } from "../../text/join.ts";
import { BalanceCheck } from "../balance-check.ts";
import type { TextFile } from "../reader.ts";
import { currencyOf, fundsFields, minorOf, type Summary, summariesOf } from "./amounts.ts";
import { type Bai2Record, bai2Records, fieldsOf } from "./records.ts";
import { CLOSING_LEDGER, kindOf, OPENING_LEDGER } from "./type-codes.ts";

/** What a record 02 says of the accounts below it. */
interface Group {
  readonly day: string | null;
  readonly currency: string;
  /** Why its entries do not count; null where they do. */
  readonly leftOut: string | null;
}

/** Statuses of a group that bring no entries. */
const NO_ENTRIES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  "2": "group is deleted",
  "4": "group is a test",
};

/** An account, from its record 03 to its record 49. */
interface Account {
  readonly line: number;
  readonly name: string;
  readonly currency: string | null;
  readonly check: BalanceCheck;
  /** Sum of all amounts as the trailer has it; null once one of them cannot be read. */
  total: bigint | null;
  /** Physical records. */
  records: number;
  entries: number;
}

class Reader {
  readonly #file: string | null;
  #group: Group = { day: null, currency: "", leftOut: null };
  #account: Account | null = null;
  ended = false;

  constructor(file: TextFile) {
    this.#file = file.name;
  }

  #error(line: number, code: Extract<FormatEvent, { type: "error" }>["code"], message: string): FormatEvent {
    return { type: "error", line, file: this.#file, code, message };
  }

  *take(record: Bai2Record): Generator<FormatEvent, void, void> {
    const { code } = record;
    if (code === "02") this.#group = this.#groupOf(record);
    else if (code === "03") {
      yield* this.#endAccount(record.line);
      yield* this.#begin(record);
    } else if (code === "16") yield* this.#detail(record);
    else if (code === "49") yield* this.#trailer(record);
    else if (code === "98") yield* this.#endAccount(record.line);
    else if (code === "99") this.ended = true;
  }

  #groupOf(record: Bai2Record): Group {
    const [, , status = "", date = "", , currency = ""] = fieldsOf(record);
    let day: string | null = null;
    try {
      day = readDate(date, "yymmdd").day;
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
    }
    return { day, currency, leftOut: NO_ENTRIES[status] ?? null };
  }

  *#begin(record: Bai2Record): Generator<FormatEvent, void, void> {
    const { line, parts } = record;
    const [first = "", ...others] = parts;
    const [name = "", own = "", ...rest] = first.split(",").map((field) => field.trim());
    const currency = currencyOf(own, this.#group.currency);
    const summaries = summariesOf([rest.join(","), ...others]);
    const check = new BalanceCheck();
    const read = typeof summaries !== "string";
    const known = read ? summaries : [];
    if (currency !== null) {
      check.opening = balanceOf(known, OPENING_LEDGER, currency);
      check.closing = balanceOf(known, CLOSING_LEDGER, currency);
    }
    const total = read ? known.reduce((sum, { minor }) => sum + (minor ?? 0n), 0n) : null;
    this.#account = { line, name, currency, check, total, records: parts.length, entries: 0 };
    yield {
      type: "statement",
      line,
      file: this.#file,
      format: "bai2",
      account: name === "" ? null : plainAccount(name),
      currency,
      opening: check.opening,
      closing: check.closing,
    };
    if (!read) yield this.#error(line, "line.amount", `the account's record (03): ${summaries}`);
    if (currency === null)
      yield this.#error(
        line,
        "line.currency",
        `unknown currency ${JSON.stringify(own || this.#group.currency)}: expected an ISO 4217 code such as USD`,
      );
  }

  *#detail(record: Bai2Record): Generator<FormatEvent, void, void> {
    const account = this.#account;
    if (account === null) {
      const message = `line ${record.line}: a detail (16) before any account (03): download the file again`;
      throw new UnusableStatementError("file.damaged", message, { line: record.line });
    }
    account.records += record.parts.length;
    account.entries++;
    const event = this.#detailEvent(record, account);
    account.check.add(event);
    yield event;
  }

  #detailEvent(record: Bai2Record, account: Account): FormatEvent {
    const { line } = record;
    const file = this.#file;
    const { fields, text } = detailFields(record);
    const [code = "", amount = ""] = fields;
    const kind = kindOf(code);
    const minor = minorOf(amount === "" ? "0" : amount, false);
    if (account.total !== null) account.total = minor === null ? null : account.total + minor;
    if (this.#group.leftOut !== null) return { type: "skipped", line, file, reason: this.#group.leftOut };
    if (kind === "status" || kind === "non-monetary")
      return { type: "skipped", line, file, reason: `type ${code} (${kind})` };
    if (kind === null) {
      const message = `type code ${JSON.stringify(code)} says neither credit (100 to 399) nor debit (400 to 699)`;
      return this.#error(line, "line.direction", message);
    }
    if (minor === null || amount === "") {
      const message = `cannot read ${JSON.stringify(amount)} as an amount of BAI2: expected digits without sign and point, in the currency's smallest unit`;
      return this.#error(line, "line.amount", message);
    }
    if (account.currency === null) return this.#error(line, "line.currency", "the account's currency is not known");
    const { day } = this.#group;
    if (day === null)
      return this.#error(line, "line.date", "the group (02) has no day that can be read, such as 261005");
    const extra = fundsFields(fields, 2);
    const [bank = "", customer = ""] = fields.slice(3 + extra);
    return {
      type: "line",
      line,
      file,
      bookedAt: day,
      valueAt: null,
      amount: kind === "credit" ? minor : -minor,
      currency: account.currency,
      references: distinctReferences(bank, customer),
      counterparty: null,
      text,
    };
  }

  *#trailer(record: Bai2Record): Generator<FormatEvent, void, void> {
    const account = this.#account;
    const [stated = "", count = ""] = fieldsOf(record);
    if (account !== null) {
      const minor = minorOf(stated, true);
      const records = account.records + record.parts.length;
      if (account.total !== null && minor !== null && minor !== account.total) {
        const currency = account.currency ?? "USD";
        const text = (value: bigint): string => formatAmount(value, currency);
        yield this.#error(
          record.line,
          "statement.control-total",
          `the amounts of account ${account.name} come to ${text(account.total)} ${currency}, and its trailer (49) says ${text(minor)}, ` +
            `a difference of ${text(minor - account.total)}: the file was cut or changed, download it again`,
        );
      } else if (/^\d+$/.test(count) && Number(count) !== records) {
        yield this.#error(
          record.line,
          "statement.control-total",
          `account ${account.name} has ${records} records, and its trailer (49) says ${count}: the file was cut or changed, download it again`,
        );
      }
    }
    yield* this.#endAccount(record.line);
  }

  *#endAccount(line: number): Generator<FormatEvent, void, void> {
    const account = this.#account;
    this.#account = null;
    // An account of which only sums are reported has no entries to check.
    if (account === null || account.entries === 0 || this.#group.leftOut !== null) return;
    const problem = account.check.problem({ line, file: this.#file, account: account.name });
    if (problem !== null) yield problem;
  }

  *end(line: number): Generator<FormatEvent, void, void> {
    yield* this.#endAccount(line);
    if (!this.ended) {
      yield this.#error(
        line,
        "statement.control-total",
        "the file ends without its trailer (99), so that it was cut off: download it again",
      );
    }
  }
}

function balanceOf(summaries: readonly Summary[], code: string, currency: string): StatementBalance | null {
  const minor = summaries.find((summary) => summary.code === code)?.minor;
  return minor === undefined || minor === null ? null : { minor, currency };
}

/** The fields of a record 16, and its text: all that follows the last of them, commas included. */
function detailFields({ parts }: Bai2Record): { readonly fields: readonly string[]; readonly text: string | null } {
  const fields: string[] = [];
  const texts: string[] = [];
  for (const part of parts) {
    let rest: string | null = part;
    while (rest !== null && fields.length < 5 + fundsFields(fields, 2)) {
      const comma: number = rest.indexOf(",");
      fields.push((comma < 0 ? rest : rest.slice(0, comma)).trim());
      rest = comma < 0 ? null : rest.slice(comma + 1);
    }
    if (rest !== null) texts.push(rest);
  }
  return { fields, text: joined(...texts) };
}

/**
 * Reads BAI2: previous-day and same-day reports of US banks. Amounts are in the smallest unit of the account's currency; the
 * type code says the direction; the file's own totals must agree.
 *
 * @throws UnusableStatementError `file.damaged`
 */
export async function* readBai2(file: TextFile, _options: StatementOptions): AsyncGenerator<FormatEvent, void, void> {
  const reader = new Reader(file);
  let line = 1;
  for await (const record of bai2Records(file.text)) {
    line = record.line;
    yield* reader.take(record);
  }
  yield* reader.end(line);
}
