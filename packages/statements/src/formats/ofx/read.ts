import { isIsoCurrency, MoneyError, readAmount, readDate } from "@amazon-pay-kit/money";
import { UnusableStatementError } from "../../errors.ts";
import type { FormatEvent, StatementBalance } from "../../events.ts";
import type { StatementOptions } from "../../options.ts";
import { Spool } from "../../spool/spool.ts";
import { plainAccount } from "../../text/account.ts";
import { distinctReferences, joined } from "../../text/join.ts";
import type { TextFile } from "../reader.ts";
import { ofxTokens, type OfxToken } from "./tokens.ts";

/** One element of a transaction, by its path below it: `PAYEE/NAME`. */
interface Leaf {
  readonly path: string;
  readonly value: string;
}

interface RawTransaction {
  readonly line: number;
  /** Not booked yet. */
  readonly pending: boolean;
  readonly leaves: Leaf[];
}

/** Elements that hold others and are looked into; any other with a text of its own is a value. */
const AGGREGATES = new Set(
  (
    "OFX SIGNONMSGSRSV1 SONRS STATUS FI BANKMSGSRSV1 CREDITCARDMSGSRSV1 STMTTRNRS CCSTMTTRNRS STMTRS CCSTMTRS BANKACCTFROM CCACCTFROM " +
    "BANKTRANLIST BANKTRANLISTP STMTTRN STMTTRNP LEDGERBAL AVAILBAL BALLIST BAL PAYEE EXTDPAYEE BANKACCTTO CCACCTTO CURRENCY ORIGCURRENCY"
  ).split(" "),
);

const REFERENCES = new Set(["FITID", "REFNUM", "CHECKNUM", "SRVRTID", "CORRECTFITID"]);

/** Kinds, days and amounts. */
const NO_WORDS = /(?:^|\/)(?:TRNTYPE|DT[A-Z]+|TRNAMT|CORRECTACTION|SIC|CURRATE|CURSYM|ACCTTYPE|INV401KSOURCE)$/;

class RawStatement {
  readonly line: number;
  bank = "";
  account = "";
  currency = "";
  closing: { readonly line: number; readonly value: string } | null = null;
  readonly transactions = new Spool<RawTransaction>();

  constructor(line: number) {
    this.line = line;
  }
}

const at = (leaves: readonly Leaf[], path: string): string => leaves.find((leaf) => leaf.path === path)?.value ?? "";

/** `20261005120000[-5:EST]`: the day as it is written. @throws MoneyError */
function dayOf(text: string): string {
  return readDate(/^\d{8}(?=T?\d{0,6}(?:\.\d*)?Z?\s*(?:\[.*\])?$)/.exec(text)?.[0] ?? text, "yyyymmdd").day;
}

/** More identifiers of one statement than these are not compared. */
const MOST_IDS = 100_000;

/** What the entries of a statement say of each other. */
class Kinds {
  readonly #ids = new Map<string, number>();
  #repeated: { readonly line: number; readonly first: number; readonly id: string } | null = null;
  #repeats = 0;
  #debits = 0;
  #firstDebit = 0;
  #negative = false;

  take(kind: string, id: string, event: FormatEvent): void {
    if (event.type !== "line") return;
    const { amount, line } = event;
    if (amount < 0n) this.#negative = true;
    if (kind === "DEBIT" && amount > 0n && this.#debits++ === 0) this.#firstDebit = line;
    // Banks that have none write zeros.
    if (!/[1-9a-z]/i.test(id)) return;
    // Some banks number the entries of each day anew, or those of each kind: what else differs is another entry.
    const key = `${id} ${event.bookedAt} ${amount} ${event.currency}`;
    const first = this.#ids.get(key);
    if (first !== undefined) {
      this.#repeats += 1;
      this.#repeated ??= { line, first, id };
    } else if (this.#ids.size < MOST_IDS) this.#ids.set(key, line);
  }

  *findings(file: string | null): Generator<FormatEvent, void, void> {
    if (this.#debits > 0 && !this.#negative) {
      const message =
        `the kind of ${this.#debits} entries is DEBIT (TRNTYPE), and no entry of the statement has a minus (TRNAMT): whether money went out ` +
        "or came in is not said; if it went out, say so with --debit-word DEBIT";
      yield { type: "error", line: this.#firstDebit, file, code: "line.direction", message };
    }
    if (this.#repeated !== null) {
      const { line, first, id } = this.#repeated;
      const message =
        `the entry of line ${line} has identifier, day and amount of that of line ${first} (FITID ${JSON.stringify(id.slice(0, 40))}), ` +
        `${this.#repeats} of this kind: the bank may have written an entry twice`;
      yield { type: "note", line, file, code: "reference-repeated", message };
    }
  }
}

class Reader {
  readonly #file: string | null;
  readonly #options: StatementOptions;
  readonly #stack: string[] = [];
  #statement: RawStatement | null = null;
  readonly #complete: RawStatement[] = [];
  #transaction: RawTransaction | null = null;
  #status: { code: string; severity: string; message: string } = { code: "", severity: "", message: "" };
  /** What the bank answers in place of a statement. */
  refusal: string | null = null;
  seen = false;

  constructor(file: TextFile, options: StatementOptions) {
    this.#file = file.name;
    this.#options = options;
  }

  /** @returns what to wait for before the next is given */
  take(token: OfxToken): Promise<void> | undefined {
    const { name, closes, value, line } = token;
    if (/^INV(?:STMTRS|STMTMSGSRSV1)$/.test(name) && !closes) {
      throw new UnusableStatementError(
        "file.not-a-statement",
        "this is the statement of an investment account (INVSTMTRS): ask for that of the bank account",
      );
    }
    let waiting: Promise<void> | undefined;
    if (closes) {
      if (this.#stack.includes(name)) waiting = this.#close(name);
    } else if (AGGREGATES.has(name)) {
      this.#stack.push(name);
      if (name === "STMTRS" || name === "CCSTMTRS") {
        waiting = this.#end();
        this.#statement = new RawStatement(line);
        this.seen = true;
      } else if (name === "STMTTRN" || name === "STMTTRNP") {
        waiting = this.#endTransaction();
        this.#transaction = { line, pending: name === "STMTTRNP", leaves: [] };
      } else if (name === "STATUS") this.#status = { code: "", severity: "", message: "" };
      if (value !== "") this.#value(name, value, line);
    } else if (value !== "") this.#value(name, value, line);
    return waiting;
  }

  #close(name: string): Promise<void> | undefined {
    while (this.#stack.length > 0 && this.#stack.pop() !== name);
    const { code, severity, message } = this.#status;
    if (name === "STATUS" && severity === "ERROR") this.refusal ??= joined(code, message);
    if (name === "STMTRS" || name === "CCSTMTRS") return this.#end();
    return name === "STMTTRN" || name === "STMTTRNP" ? this.#endTransaction() : undefined;
  }

  // An entry that nothing closes ends where the next one begins.
  #endTransaction(): Promise<void> | undefined {
    const transaction = this.#transaction;
    this.#transaction = null;
    if (transaction === null) return undefined;
    let characters = 0;
    for (const { value } of transaction.leaves) characters += value.length + 20;
    return this.#statement?.transactions.add(transaction, characters);
  }

  #end(): Promise<void> | undefined {
    const waiting = this.#endTransaction();
    if (this.#statement !== null) this.#complete.push(this.#statement);
    this.#statement = null;
    return waiting;
  }

  #value(name: string, value: string, line: number): void {
    const transaction = this.#transaction;
    if (transaction !== null) {
      const inside = this.#stack.slice(this.#stack.findLastIndex((open) => open.startsWith("STMTTRN")) + 1);
      transaction.leaves.push({ path: [...inside, name].join("/"), value });
      return;
    }
    const parent = this.#stack.at(-1) ?? "";
    if (parent === "STATUS") {
      if (name === "CODE") this.#status.code = value;
      if (name === "SEVERITY") this.#status.severity = value.toUpperCase();
      if (name === "MESSAGE") this.#status.message = value;
    }
    const statement = this.#statement;
    if (statement === null) return;
    if (name === "CURDEF") statement.currency = value.toUpperCase();
    if (parent === "BANKACCTFROM" || parent === "CCACCTFROM") {
      if (name === "ACCTID") statement.account = plainAccount(value);
    }
    if (parent === "LEDGERBAL" && name === "BALAMT") statement.closing = { line, value };
  }

  /** Gives out the statements that are complete; at the end of the file also one that nothing closes. */
  async *complete(end = false): AsyncGenerator<FormatEvent, void, void> {
    if (end) await this.#end();
    for (let next = this.#complete.shift(); next !== undefined; next = this.#complete.shift()) {
      try {
        yield* this.#events(next);
      } finally {
        await next.transactions.discard();
      }
    }
  }

  get hasComplete(): boolean {
    return this.#complete.length > 0;
  }

  async *#events(statement: RawStatement): AsyncGenerator<FormatEvent, void, void> {
    const { line, closing } = statement;
    const file = this.#file;
    const currency = statement.currency === "" ? (this.#options.currency?.toUpperCase() ?? "") : statement.currency;
    if (currency === "") {
      const message = `line ${line}: the statement names no currency (CURDEF): say which, for example --currency USD`;
      throw new UnusableStatementError("option.needed", message, { option: "--currency", line });
    }
    let fault: FormatEvent | null = null;
    let balance: StatementBalance | null = null;
    try {
      if (closing !== null) balance = { minor: this.#amount(closing.value, currency), currency };
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      fault = {
        type: "error",
        line: closing?.line ?? line,
        file,
        code: "line.amount",
        message: `the balance (BALAMT): ${error.message}`,
      };
    }
    const account = statement.account === "" ? null : statement.account;
    yield { type: "statement", line, file, format: "ofx", account, currency, opening: null, closing: balance };
    if (fault !== null) yield fault;
    const kinds = new Kinds();
    for await (const transaction of statement.transactions.read()) {
      const event = this.#line(transaction, currency);
      kinds.take(at(transaction.leaves, "TRNTYPE").toUpperCase(), at(transaction.leaves, "FITID"), event);
      yield event;
    }
    yield* kinds.findings(file);
  }

  #amount(text: string, currency: string): bigint {
    return readAmount(text, { currency, decimal: this.#options.decimal }).minor;
  }

  /** Some banks write no minus; that entries of a kind went out is then said by the person. */
  #signed(minor: bigint, kind: string): bigint {
    const out = this.#options.debitWords?.some((word) => word.toUpperCase() === kind.toUpperCase()) === true;
    return out && minor > 0n ? -minor : minor;
  }

  #line({ line, pending, leaves }: RawTransaction, ofStatement: string): FormatEvent {
    const file = this.#file;
    if (pending) return { type: "skipped", line, file, reason: "pending" };
    const correction = at(leaves, "CORRECTACTION");
    if (correction !== "") {
      const message =
        `the entry corrects (${correction}) the entry ${at(leaves, "CORRECTFITID")} of an earlier file, which may be in the books already: ` +
        "download the whole span again, in which it is corrected";
      return { type: "error", line, file, code: "line.status", message };
    }
    const currency = (at(leaves, "CURRENCY/CURSYM") || ofStatement).toUpperCase();
    if (!isIsoCurrency(currency)) {
      const message = `unknown currency ${JSON.stringify(currency)}: expected an ISO 4217 code such as USD`;
      return { type: "error", line, file, code: "line.currency", message };
    }
    let [bookedAt, valueAt]: [string, string | null] = ["", null];
    try {
      bookedAt = dayOf(at(leaves, "DTPOSTED"));
      valueAt = at(leaves, "DTAVAIL") === "" ? null : dayOf(at(leaves, "DTAVAIL"));
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      return { type: "error", line, file, code: "line.date", message: `the day (DTPOSTED): ${error.message}` };
    }
    try {
      return {
        type: "line",
        line,
        file,
        bookedAt,
        valueAt,
        amount: this.#signed(this.#amount(at(leaves, "TRNAMT"), currency), at(leaves, "TRNTYPE")),
        currency,
        references: distinctReferences(...leaves.filter(({ path }) => REFERENCES.has(path)).map(({ value }) => value)),
        counterparty: joined(at(leaves, "NAME") || at(leaves, "PAYEE/NAME") || at(leaves, "EXTDNAME")),
        text: joined(
          ...leaves.filter(({ path }) => !NO_WORDS.test(path) && !REFERENCES.has(path)).map(({ value }) => value),
        ),
      };
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      return { type: "error", line, file, code: "line.amount", message: error.message };
    }
  }
}

/**
 * Reads OFX 1 (SGML), OFX 2 (XML) and QFX: bank and credit card statements. Amounts are signed, days are those that are written.
 *
 * @throws UnusableStatementError `file.not-a-statement`, `file.damaged`, `option.needed` for a currency
 */
export async function* readOfx(file: TextFile, options: StatementOptions): AsyncGenerator<FormatEvent, void, void> {
  const reader = new Reader(file, options);
  let last: OfxToken | null = null;
  for await (const tokens of ofxTokens(file.text)) {
    for (const token of tokens) {
      const waiting = reader.take(token);
      if (waiting !== undefined) await waiting;
      if (reader.hasComplete) yield* reader.complete();
      last = token;
    }
  }
  yield* reader.complete(true);
  if (!reader.seen) {
    const why = reader.refusal === null ? "" : `: the bank answered with the error ${reader.refusal}`;
    throw new UnusableStatementError("file.not-a-statement", `the OFX file has no statement (STMTRS, CCSTMTRS)${why}`);
  }
  if (last?.name !== "OFX" || !last.closes) {
    const message = "the OFX file does not end with </OFX>, so that it was cut off: download it again";
    throw new UnusableStatementError("file.damaged", message);
  }
}
