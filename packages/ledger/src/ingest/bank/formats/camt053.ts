import { isIsoCurrency, MoneyError, parseAmount, readInstant } from "@amazon-pay-kit/money";
import { SaxesParser } from "saxes";
import { BankError } from "../errors.ts";
import { type GivenLine, joined, plainAccount, unknownCurrency, unreadable } from "../statement-line.ts";
import { type Balance, Balances } from "./balances.ts";

/** Texts of an entry by the path of their element, below `Ntry`. */
type Texts = Map<string, string[]>;

const STATEMENT = ["Document", "BkToCstmrStmt", "Stmt"].length;

/** The deepest path of a statement has some fifteen elements, the longest text some hundred characters. */
const MOST_DEPTH = 100;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** Amount of an entry below `Ntry`; the details of one have amounts of their own, which are not added up. */
function lineOf(line: number, account: string | null, currency: string, texts: Texts): GivenLine | null {
  const at = (...paths: readonly string[]): string | undefined =>
    paths.map((path) => texts.get(path)?.[0]?.trim()).find((text) => text !== undefined && text !== "");
  const all = (path: string): string[] => texts.get(path) ?? [];
  const status = at("Sts/Cd", "Sts") ?? "BOOK";
  // What is pending is on the next statement again, booked.
  if (status === "PDNG" || status === "INFO") return null;
  if (!isIsoCurrency(currency)) return unknownCurrency(line, currency);
  const day = at("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm") ?? "";
  const bookedAt = readInstant(`${day.slice(0, 10)}T00:00:00Z`);
  if (bookedAt === null) return unreadable(line, "bank.date", `cannot read the booking date ${JSON.stringify(day)}`);
  const mark = at("CdtDbtInd");
  if (mark !== "CRDT" && mark !== "DBIT") return unreadable(line, "bank.amount", "neither CRDT nor DBIT");
  let minor: bigint;
  try {
    minor = parseAmount(at("Amt") ?? "", currency);
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    return unreadable(line, "bank.amount", error.message);
  }
  const refs = "NtryDtls/TxDtls/Refs";
  const references = [
    ...all(`${refs}/EndToEndId`),
    ...all(`${refs}/AcctSvcrRef`),
    ...all("AcctSvcrRef"),
    ...all("NtryRef"),
  ];
  return {
    line,
    bankAccount: account,
    bookedAt,
    amount: mark === "CRDT" ? minor : -minor,
    currency,
    reference: references.map((text) => text.trim()).find((text) => text !== "" && text !== "NOTPROVIDED") ?? null,
    text: joined(
      ...all("NtryDtls/TxDtls/RmtInf/Ustrd"),
      ...all("NtryDtls/TxDtls/RmtInf/Strd/CdtrRefInf/Ref"),
      ...all("NtryDtls/TxDtls/RltdPties/Dbtr/Nm"),
      ...all("NtryDtls/TxDtls/RltdPties/Dbtr/Pty/Nm"),
      ...all("AddtlNtryInf"),
    ),
  };
}

/** What an element `Bal` says; null for a kind of balance that is none of booked entries, and for one that cannot be read. */
function balanceOf(
  currency: string,
  texts: Texts,
): { readonly which: "opening" | "closing"; readonly balance: Balance } | null {
  const at = (path: string): string => texts.get(path)?.[0]?.trim() ?? "";
  const kind = at("Tp/CdOrPrtry/Cd");
  // `PRCD` is what the statement before closed with, and stands where some banks leave out what this one opens with.
  const which = kind === "OPBD" || kind === "PRCD" ? "opening" : kind === "CLBD" ? "closing" : null;
  if (which === null || !isIsoCurrency(currency)) return null;
  try {
    const minor = parseAmount(at("Amt"), currency);
    return { which, balance: { minor: at("CdtDbtInd") === "DBIT" ? -minor : minor, currency } };
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    return null;
  }
}

/** Reads the elements of one file as they come. */
class Entries {
  readonly #parser = new SaxesParser();
  readonly #path: string[] = [];
  readonly #lines: GivenLine[] = [];
  #account: string | null = null;
  /** The entry or balance that is being read. */
  #entry: { name: string; line: number; currency: string; texts: Texts } | null = null;
  #balances = new Balances();
  #text = "";
  /** Characters given since the parser last came to an end of something: it holds them in memory. */
  #held = 0;
  seen = false;

  constructor() {
    const parser = this.#parser;
    parser.on("doctype", () => {
      throw new BankError("bank.unusable-file", "the file declares a document type, which no bank statement does");
    });
    parser.on("error", (error) => {
      throw new BankError("bank.unusable-file", `no well-formed XML: ${error.message}; fetch it again from the bank`);
    });
    parser.on("opentag", ({ name, attributes }) => this.#open(name.replace(/^.*:/, ""), attributes));
    parser.on("text", (text) => {
      this.#text += text;
    });
    parser.on("closetag", () => this.#close());
  }

  write(text: string): GivenLine[] {
    this.#held += text.length;
    this.#parser.write(text);
    if (this.#held > MOST_CHARACTERS) {
      const problem = `line ${this.#parser.line}: an element has more than ${MOST_CHARACTERS} characters, as none of a bank statement has; fetch it again from the bank`;
      throw new BankError("bank.unusable-file", problem);
    }
    return this.#lines.splice(0);
  }

  end(): GivenLine[] {
    this.#parser.close();
    return this.#lines.splice(0);
  }

  #open(name: string, attributes: Readonly<Record<string, unknown>>): void {
    this.#held = 0;
    this.#path.push(name);
    if (this.#path.length > MOST_DEPTH) {
      const problem = `line ${this.#parser.line}: its elements are nested more than ${MOST_DEPTH} deep, as in no bank statement; fetch it again from the bank`;
      throw new BankError("bank.unusable-file", problem);
    }
    this.#text = "";
    if (this.#path.length === STATEMENT && name === "Stmt") {
      this.seen = true;
      this.#account = null;
      this.#balances = new Balances();
    }
    if (this.#path.length === STATEMENT + 1 && (name === "Ntry" || name === "Bal"))
      this.#entry = { name, line: this.#parser.line, currency: "", texts: new Map() };
    const depth = this.#path.length - STATEMENT;
    if (this.#entry !== null && depth === 2 && name === "Amt") this.#entry.currency = String(attributes["Ccy"] ?? "");
  }

  #close(): void {
    this.#held = 0;
    const inside = this.#path.slice(STATEMENT);
    const text = this.#text;
    this.#text = "";
    this.#path.pop();
    if (/^Acct\/Id\/(IBAN|Othr\/Id)$/.test(inside.join("/"))) this.#account ??= plainAccount(text);
    if (inside.length === 0 && this.#path.length === STATEMENT - 1) {
      const problem = this.#balances.problem(this.#account);
      if (problem !== null) this.#lines.push(unreadable(this.#parser.line, "bank.balance", problem));
    }
    const entry = this.#entry;
    if (entry === null) return;
    if (inside.length > 1) {
      const key = inside.slice(1).join("/");
      if (text.trim() !== "") entry.texts.set(key, [...(entry.texts.get(key) ?? []), text]);
      return;
    }
    this.#entry = null;
    if (entry.name === "Bal") {
      const read = balanceOf(entry.currency, entry.texts);
      if (read !== null) this.#balances[read.which] ??= read.balance;
      return;
    }
    const line = lineOf(entry.line, this.#account, entry.currency, entry.texts);
    if (line === null) return;
    this.#balances.add(line);
    this.#lines.push(line);
  }
}

/**
 * Reads ISO 20022 camt.053 (any version): booked entries, one line each. Where the statement says what it opens and closes
 * with, the entries must lead from one to the other.
 *
 * @throws BankError `bank.unusable-file` for anything that is no such statement
 */
export async function* readCamt053(pieces: AsyncIterable<string>): AsyncGenerator<GivenLine> {
  const entries = new Entries();
  for await (const piece of pieces) yield* entries.write(piece);
  yield* entries.end();
  if (!entries.seen) {
    throw new BankError("bank.unusable-file", "the XML has no statement (BkToCstmrStmt): a camt.053 file is needed");
  }
}
