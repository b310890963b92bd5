import { isIsoCurrency } from "@amazon-pay-kit/money";
import { UnusableStatementError } from "../../errors.ts";
import type { FormatEvent, StatementBalance } from "../../events.ts";
import type { StatementOptions } from "../../options.ts";
import { plainAccount } from "../../text/account.ts";
import { BalanceCheck } from "../balance-check.ts";
import type { TextFile } from "../reader.ts";
import { CamtFault, dayOf, leafAt, signedAmount } from "./amounts.ts";
import { CamtElements, type CamtPart } from "./elements.ts";
import { CamtEntry, isReversal } from "./entry.ts";
import { joined } from "../../text/join.ts";
import { ReportTotals } from "./totals.ts";
import { remarkNote } from "../remark.ts";

/** Kinds of balances of booked entries. `PRCD` is what the report before closed with, and stands where some banks leave out `OPBD`. */
const BALANCES: Readonly<Record<string, "opening" | "closing">> = {
  __proto__: null as never,
  OPBD: "opening",
  PRCD: "opening",
  CLBD: "closing",
};

interface DatedBalance extends StatementBalance {
  readonly day: string;
}

/** One report of a message: an account, its balances, its entries. */
function undated(balance: DatedBalance | null): StatementBalance | null {
  return balance === null ? null : { minor: balance.minor, currency: balance.currency };
}

class Report {
  readonly #file: string | null;
  readonly #start: CamtPart;
  readonly #check = new BalanceCheck();
  readonly #entry = new CamtEntry();
  readonly #totals = new ReportTotals();
  #account: string | null = null;
  #currency: string;
  #opening: DatedBalance | null = null;
  #closing: DatedBalance | null = null;
  readonly #faults: FormatEvent[] = [];
  #announced = false;
  /** Lines of entries that take others back, and what they come to. */
  readonly #reversals: number[] = [];
  #reversed = 0n;

  constructor(file: string | null, start: CamtPart, currency: string) {
    this.#file = file;
    this.#start = start;
    this.#currency = currency;
  }

  async *take(part: CamtPart): AsyncGenerator<FormatEvent, void, void> {
    if (part.kind === "account") this.#setAccount(part);
    else if (part.kind === "balance") this.#addBalance(part);
    else if (part.kind === "details") await this.#entry.addDetails(part);
    else if (part.kind === "entry") yield* this.#addEntry(part);
    else if (part.kind === "remark") yield* this.#remark(part);
    else if (part.kind === "totals" || part.kind === "page") this.#totals.state(part);
    else if (part.kind === "end") yield* this.#end(part.line);
  }

  *#remark({ line, leaves }: CamtPart): Generator<FormatEvent, void, void> {
    const text = joined(...leaves.map((leaf) => leaf.text));
    if (text === null) return;
    yield* this.#announce(null);
    yield remarkNote(text, { line, file: this.#file });
  }

  async discard(): Promise<void> {
    await this.#entry.discard();
  }

  #setAccount({ leaves }: CamtPart): void {
    const number = leafAt(leaves, "Id/IBAN", "Id/Othr/Id", "Id/PrtryAcct/Id", "Id/BBAN");
    if (number !== undefined) this.#account = plainAccount(number.text);
    const currency = leafAt(leaves, "Ccy")?.text;
    if (currency !== undefined && isIsoCurrency(currency)) this.#currency = currency;
  }

  #addBalance(part: CamtPart): void {
    const which = BALANCES[leafAt(part.leaves, "Tp/CdOrPrtry/Cd")?.text ?? ""];
    if (which === undefined) return;
    try {
      const date = leafAt(part.leaves, "Dt/Dt", "Dt/DtTm");
      const balance = {
        ...signedAmount(part, this.#currency),
        day: date === undefined ? "" : dayOf(date, "day of the balance"),
      };
      // Of a report over several days with the balances of each, the first and the last count.
      if (which === "opening") {
        if (this.#opening === null || balance.day < this.#opening.day) this.#opening = balance;
      } else if (this.#closing === null || balance.day > this.#closing.day) this.#closing = balance;
    } catch (error) {
      if (!(error instanceof CamtFault)) throw error;
      const message = `the ${which} balance: ${error.message}`;
      this.#faults.push({ type: "error", line: part.line, file: this.#file, code: error.code, message });
    }
  }

  *#announce(entryCurrency: string | null): Generator<FormatEvent, void, void> {
    if (this.#announced) return;
    this.#announced = true;
    this.#check.opening = undated(this.#opening);
    this.#check.closing = undated(this.#closing);
    yield {
      type: "statement",
      line: this.#start.line,
      file: this.#file,
      format: this.#start.message.format,
      account: this.#account,
      currency:
        this.#currency === "" ? (this.#opening?.currency ?? this.#closing?.currency ?? entryCurrency) : this.#currency,
      opening: this.#check.opening,
      closing: this.#check.closing,
    };
    for (const fault of this.#faults) {
      this.#check.add(fault);
      yield fault;
    }
  }

  async *#addEntry(part: CamtPart): AsyncGenerator<FormatEvent, void, void> {
    yield* this.#announce(leafAt(part.leaves, "Amt")?.currency ?? null);
    const reversal = isReversal(part);
    const payments = this.#entry.count;
    let booked = false;
    for await (const event of this.#entry.complete(part, { file: this.#file, currency: this.#currency })) {
      this.#check.add(event);
      booked ||= event.type !== "skipped";
      if (reversal && event.type === "line") {
        this.#reversed += event.amount;
        if (this.#reversals.at(-1) !== part.line) this.#reversals.push(part.line);
      }
      yield event;
    }
    this.#totals.add(part, this.#currency, payments, booked);
  }

  *#end(line: number): Generator<FormatEvent, void, void> {
    yield* this.#announce(null);
    // Balances behind the entries are not in the order of the schema, and say the same.
    this.#check.opening ??= undated(this.#opening);
    this.#check.closing ??= undated(this.#closing);
    const problem = this.#check.problem({ line, file: this.#file, account: this.#account }, this.#reversalHint());
    if (problem !== null) yield problem;
    const [first] = this.#reversals;
    if (first !== undefined && (this.#check.opening === null || this.#check.closing === null)) {
      const message =
        "an entry is taken back (RvslInd) and was read as its CdtDbtInd says; some banks state the direction of the entry that is " +
        "taken back there, and without balances nothing proves which: look at it";
      yield { type: "note", line: first, file: this.#file, code: "reversal", message };
    }
    yield* this.#totals.notes(this.#file);
  }

  #reversalHint(): string {
    const [first] = this.#reversals;
    if (first === undefined) return "";
    const many =
      this.#reversals.length === 1
        ? `The entry of line ${first} carries`
        : `${this.#reversals.length} entries (the first on line ${first}) carry`;
    const other =
      this.#check.difference()?.minor === this.#reversed * -2n
        ? ": counted the other way round, the balances agree"
        : "";
    return `${many} RvslInd, with which some banks state the direction of the entry that is taken back instead of its own${other}.`;
  }
}

function wrongMessage(names: readonly string[]): UnusableStatementError {
  const found = names.length === 0 ? "nothing" : names.join("/");
  return new UnusableStatementError(
    "file.not-a-statement",
    `the XML has ${found} and none of BkToCstmrStmt (camt.053), BkToCstmrAcctRpt (camt.052), BkToCstmrDbtCdtNtfctn (camt.054): ask the bank for one of these`,
  );
}

/**
 * Reads ISO 20022 camt.052, camt.053 and camt.054 of any version, in an envelope or not: booked entries, one line each, or one
 * for each of its details where these add up to it. Where a report says what it opens and closes with, the entries must
 * lead from one to the other.
 *
 * @throws UnusableStatementError `file.damaged`, `file.too-large`, `file.not-a-statement` with the name of the message that it is
 */
export async function* readCamt(file: TextFile, options: StatementOptions): AsyncGenerator<FormatEvent, void, void> {
  const elements = new CamtElements();
  let report: Report | null = null;
  const take = async function* (parts: readonly CamtPart[]): AsyncGenerator<FormatEvent, void, void> {
    for (const part of parts) {
      if (part.kind === "report") {
        await report?.discard();
        checkAsked(part.message.format, options);
        report = new Report(file.name, part, options.currency?.toUpperCase() ?? "");
      } else if (report !== null) yield* report.take(part);
    }
  };
  try {
    for await (const piece of file.text) yield* take(elements.write(piece));
    yield* take(elements.end());
  } finally {
    await (report as Report | null)?.discard();
  }
  if (!elements.seen) throw wrongMessage(elements.names);
}

function checkAsked(found: string, { format }: StatementOptions): void {
  if (format === undefined || !/^camt\.\d/.test(format) || format === found) return;
  throw new UnusableStatementError(
    "option.invalid",
    `the file is ${found}, not ${format}: leave --format out, or say camt`,
    { option: "--format" },
  );
}
