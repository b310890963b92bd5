import { isIsoCurrency, MoneyError } from "@amazon-pay-kit/money";
import { UnusableStatementError } from "../../errors.ts";
import type { FormatEvent, StatementBalance } from "../../events.ts";
import type { StatementOptions } from "../../options.ts";
import { Spool } from "../../spool/spool.ts";
import { withoutCurrency } from "../../text/account.ts";
import { distinctReferences, joined } from "../../text/join.ts";
import { withoutControls } from "../../text/controls.ts";
import { linesOf } from "../../text/lines.ts";
import { BalanceCheck } from "../balance-check.ts";
import type { TextFile } from "../reader.ts";
import { remarkNote } from "../remark.ts";
import { amountOf, namedCurrency, readBalance, type RawBalance } from "./balance.ts";
import { ownSubfields, readDetails, unwrapped } from "./details.ts";
import { readEntryTag } from "./entry.ts";
import { EntryTotals, type RawTotal } from "./totals.ts";
import { anyTag, entryTag, headerTag, type TaggedLine } from "./tags.ts";

/** An entry as it stands in the file: the value of its tag 61, and the lines of what follows. */
interface RawEntry {
  readonly line: number;
  readonly tag: string;
  /** Lines below the tag 61 itself. */
  readonly more: string[];
  /** Lines of each tag 86 or NS. */
  readonly details: { readonly tag: string; readonly lines: string[] }[];
}

/** No entry of any bank has a text of this length. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** A statement as it is being read. */
class RawStatement {
  readonly line: number;
  account: string | null;
  opening: RawBalance | null = null;
  closing: RawBalance | null = null;
  /** Currency of a tag that is no balance. */
  currency: string | null = null;
  /** MT942, which lists what has not been booked for good as well. */
  interim = false;
  entry: RawEntry | null = null;
  /** Lines of the tags 86 that belong to no entry. */
  readonly remarks: { readonly line: number; readonly lines: string[] }[] = [];
  readonly entries = new Spool<RawEntry>();
  readonly totals: RawTotal[] = [];
  #characters = 0;

  constructor(line: number, account: string | null) {
    this.line = line;
    this.account = account;
  }

  grew(line: number, characters: number): void {
    this.#characters += characters;
    if (this.#characters <= MOST_CHARACTERS) return;
    const message = `line ${line}: the entry of line ${this.entry?.line ?? line} has more than ${MOST_CHARACTERS} characters, as none of a statement has`;
    throw new UnusableStatementError("file.too-large", message, { line });
  }

  /** Puts the entry that is complete aside. */
  async endEntry(): Promise<void> {
    const { entry } = this;
    this.entry = null;
    if (entry !== null) await this.entries.add(entry, this.#characters);
    this.#characters = 0;
  }
}

/** Where lines without a tag belong. */
type Place = "outside" | "header" | "entry" | "details" | "after" | "remark";

/** What follows the blocks of SWIFT on their line: `{1:…}{2:…}{4:`. Null for a line that has none. */
function behindBlocks(text: string): string | null {
  if (!/^\s*\{[1-5]:/.test(text)) return null;
  const at = text.lastIndexOf("{4:");
  return at < 0 ? "" : text.slice(at + 3);
}

const MESSAGE_HEADER = /^\{1:[A-Z]\d{2}[A-Z0-9]{12}/;

class Reader {
  readonly #file: TextFile;
  readonly #options: StatementOptions;
  #statement: RawStatement | null = null;
  #place: Place = "outside";
  #account: string | null = null;
  /** Where the remark stands that is being read. */
  #around: Place = "outside";
  /** Blanks before the tags, where all of them are indented. */
  #indent = "";
  seen = false;

  constructor(file: TextFile, options: StatementOptions) {
    this.#file = file;
    this.#options = options;
  }

  async *line(line: number, text: string, next: string | undefined): AsyncGenerator<FormatEvent, void, void> {
    const inEntry = this.#place === "entry" || this.#place === "details";
    const plain = this.#unindented(withoutControls(text));
    if (MESSAGE_HEADER.test(plain) || (inEntry && this.#endsMessage(plain, next))) {
      yield* this.end();
      if (inEntry && !MESSAGE_HEADER.test(plain)) return;
    }
    if (this.#place === "entry" || this.#place === "details") {
      const tagged = entryTag(plain, next === undefined ? undefined : this.#unindented(next));
      if (tagged === null) this.#continue(line, plain);
      else yield* this.#tag(line, tagged);
      return;
    }
    const tagged = headerTag(behindBlocks(plain) ?? plain);
    if (tagged === null && this.#place === "remark") this.#addRemark(line, plain);
    if (tagged === null) return;
    if (!this.seen) this.#indent = /^[ \t]*(?=:)/.exec(plain)?.[0] ?? "";
    yield* this.#tag(line, tagged);
  }

  #addRemark(line: number, text: string): void {
    // ING ends its messages with -XXX.
    if (/^-(?:\}|XXX)?$/.test(text.trim())) this.#place = this.#around;
    else this.#statement?.remarks.at(-1)?.lines.push(text);
    this.#statement?.grew(line, text.length);
  }

  #unindented(text: string): string {
    return text.startsWith(this.#indent) ? text.slice(this.#indent.length) : text;
  }

  /** `-}` always ends a message; a lone hyphen within an entry only where nothing of the entry follows. */
  #endsMessage(text: string, next: string | undefined): boolean {
    if (text.startsWith("-}")) return true;
    if (text.trim() !== "-") return false;
    const below = next === undefined ? "" : withoutControls(next).trim();
    const tagged = anyTag(below);
    return (
      below === "" ||
      below.startsWith("{") ||
      (tagged !== null && headerTag(below) !== null && !/^(?:61|86|NS|62[FM])$/.test(tagged.tag)) ||
      /^[A-Z]{6}[A-Z0-9]{2}/.test(below)
    );
  }

  #continue(line: number, text: string): void {
    const { entry } = this.#statement ?? { entry: null };
    if (entry === null || this.#statement === null || text.trim() === "") return;
    this.#statement.grew(line, text.length);
    const lines = this.#place === "details" ? entry.details.at(-1)?.lines : entry.more;
    lines?.push(text);
  }

  async *#tag(line: number, { tag, value }: TaggedLine): AsyncGenerator<FormatEvent, void, void> {
    if (this.#place === "remark") this.#place = this.#around;
    const opens = /^(?:20|21|25P?|28C?|60[FM]|13D?|34F)$/.test(tag);
    if (opens && this.#place !== "header") {
      // Pages of one statement may leave out what the first of them said.
      const same = this.#place === "after" && !/^(?:20|21|25P?)$/.test(tag);
      yield* this.end();
      this.#statement = new RawStatement(line, same ? this.#account : null);
      this.#place = "header";
      this.seen = true;
    }
    // What stands before any statement, or behind its end, is no entry.
    if (this.#statement === null && !/^6[12]/.test(tag)) return;
    const statement = (this.#statement ??= new RawStatement(line, null));
    this.seen = true;
    if (tag === "61") {
      await statement.endEntry();
      statement.entry = { line, tag: value, more: [], details: [] };
      this.#place = "entry";
      return;
    }
    if ((tag === "86" || tag === "NS") && statement.entry !== null) {
      statement.grew(line, value.length);
      statement.entry.details.push({ tag, lines: [value] });
      this.#place = "details";
      return;
    }
    if (tag === "86") {
      statement.grew(line, value.length);
      statement.remarks.push({ line, lines: [value] });
      this.#around = this.#place;
      this.#place = "remark";
      return;
    }
    if (tag.startsWith("25")) this.#account = statement.account = withoutCurrency(value.trim());
    else if (tag.startsWith("60")) statement.opening = { line, value };
    else if (tag === "34F") {
      statement.interim = true;
      statement.currency ??= value.slice(0, 3);
    } else if (tag.startsWith("62")) {
      await statement.endEntry();
      statement.closing = { line, value };
      this.#place = "after";
    }
    // What stands between an entry and the end belongs to the statement: sums (90), available balances (64, 65).
    if (/^(?:64|65|90[CD])$/.test(tag)) {
      if (tag.startsWith("90") && statement.totals.length < 10) statement.totals.push({ line, tag, value });
      await statement.endEntry();
      this.#place = "after";
    }
  }

  /** Gives out the statement that is complete. */
  async *end(): AsyncGenerator<FormatEvent, void, void> {
    const statement = this.#statement;
    this.#statement = null;
    this.#place = "outside";
    if (statement === null) return;
    try {
      await statement.endEntry();
      yield* this.#events(statement);
    } finally {
      await statement.entries.discard();
    }
  }

  async *#events(statement: RawStatement): AsyncGenerator<FormatEvent, void, void> {
    const { line, account } = statement;
    const file = this.#file.name;
    const check = new BalanceCheck();
    const totals = new EntryTotals();
    const faults: FormatEvent[] = [];
    const balance = (raw: RawBalance | null, tag: string): StatementBalance | null => {
      if (raw === null) return null;
      const named = check.opening?.currency ?? namedCurrency(statement.opening) ?? statement.currency;
      const read = readBalance(raw.value, named ?? this.#options.currency?.toUpperCase() ?? "");
      if (typeof read !== "string") return read;
      faults.push({
        type: "error",
        line: raw.line,
        file,
        code: "line.amount",
        message: `the balance in :${tag}: ${read}`,
      });
      return null;
    };
    check.opening = balance(statement.opening, "60F");
    check.closing = balance(statement.closing, "62F");
    const currency =
      check.opening?.currency ??
      check.closing?.currency ??
      statement.currency ??
      namedCurrency(statement.opening ?? statement.closing) ??
      this.#options.currency?.toUpperCase() ??
      null;
    yield {
      type: "statement",
      line,
      file,
      format: "mt940",
      account: account === "" ? null : account,
      currency,
      opening: check.opening,
      closing: check.closing,
    };
    yield* faults;
    let last = line;
    for await (const entry of statement.entries.read()) {
      last = entry.line;
      const event = this.#entryEvent(entry, currency, statement);
      check.add(event);
      totals.add(event, entry.tag);
      yield event;
    }
    const end = statement.closing?.line ?? last;
    if (statement.opening !== null && statement.closing === null) {
      const message =
        "the statement ends without its closing balance (:62F:), so that it cannot be told whether entries are missing: " +
        "fetch it again from the bank, or import it with --accept-balance-difference";
      yield { type: "error", line: end, file, code: "statement.balance", message };
    }
    for (const remark of statement.remarks) {
      const text = unwrapped(remark.lines);
      if (text !== null && text.trim() !== "") yield remarkNote(text.trim(), { line: remark.line, file });
    }
    if (faults.length === 0) yield* totals.notes(statement.totals, currency, file);
    const problem = faults.length > 0 ? null : check.problem({ line: end, file, account });
    if (problem !== null) yield problem;
  }

  #entryEvent(entry: RawEntry, currency: string | null, statement: RawStatement): FormatEvent {
    const { line } = entry;
    const file = this.#file.name;
    if (currency === null) {
      const message = `line ${line}: the statement names no currency (:60F: has it): say which, for example --currency EUR`;
      throw new UnusableStatementError("option.needed", message, { option: "--currency", line });
    }
    if (!isIsoCurrency(currency)) {
      const message = `unknown currency ${JSON.stringify(currency)}: expected an ISO 4217 code such as EUR`;
      return { type: "error", line, file, code: "line.currency", message };
    }
    // A few banks break the tag itself before its amount.
    const broken = /^\d{6}[\d ]{0,4}[A-Z]{1,3}$/i.test(entry.tag.trim()) && entry.more[0] !== undefined;
    const read = readEntryTag(broken ? `${entry.tag.trim()}${entry.more[0]}` : entry.tag);
    const more = broken ? entry.more.slice(1) : entry.more;
    if ("code" in read) return { type: "error", line, file, ...read };
    // Only MT942 may say what is expected; in a statement of booked entries the mark is one of these.
    if (read.mark.startsWith("E") && statement.interim && statement.opening === null)
      return { type: "skipped", line, file, reason: `expected (${read.mark})` };
    let minor: bigint;
    try {
      minor = amountOf(read.amount, currency, this.#options.decimal);
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      return { type: "error", line, file, code: "line.amount", message: error.message };
    }
    const details = entry.details.map(({ tag, lines }) => (tag === "NS" ? ownSubfields(lines) : readDetails(lines)));
    return {
      type: "line",
      line,
      file,
      bookedAt: read.bookedAt,
      valueAt: read.valueAt,
      amount: read.mark === "C" || read.mark === "RD" || read.mark === "EC" ? minor : -minor,
      currency,
      references: distinctReferences(
        read.customerReference,
        read.bankReference,
        ...details.flatMap(({ references }) => references),
      ),
      counterparty: details.find(({ counterparty }) => counterparty !== null)?.counterparty ?? null,
      text: joined(read.rest, unwrapped(more), ...details.map(({ text }) => text)),
    };
  }
}

/**
 * Reads SWIFT MT940 and MT942 as banks write them: with or without the blocks of SWIFT, headers of their own, tags that are
 * missing or unknown, and texts of any length.
 *
 * @throws UnusableStatementError `file.unknown-format` where no statement is found, `option.needed` for a currency
 */
export async function* readMt940(file: TextFile, options: StatementOptions): AsyncGenerator<FormatEvent, void, void> {
  const reader = new Reader(file, options);
  let held: { readonly line: number; readonly text: string } | null = null;
  for await (const line of linesOf(file.text)) {
    if (held !== null) yield* reader.line(held.line, held.text, line.text);
    held = line;
  }
  if (held !== null) yield* reader.line(held.line, held.text, undefined);
  yield* reader.end();
  if (!reader.seen) {
    throw new UnusableStatementError(
      "file.unknown-format",
      "the file has none of the tags of MT940 (:20:, :25:, :60F:, :61:)",
      { option: "--format" },
    );
  }
}
