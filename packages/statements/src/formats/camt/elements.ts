import { SaxesParser } from "saxes";
import { UnusableStatementError } from "../../errors.ts";
import { type CamtMessage, checkNamespace, MESSAGES, refuseOtherMessage } from "./messages.ts";

/** The text of one element, by its path below the element it is collected for. */
export interface Leaf {
  /** Local names, joined by slashes: `RmtInf/Ustrd`. */
  readonly path: string;
  readonly text: string;
  /** Attribute `Ccy`. */
  readonly currency?: string;
}

/** A part of a message, given out as soon as it is complete. */
export interface CamtPart {
  /** `report` begins one; `account`, `balance`, `details`, `entry`, `remark`, `totals` and `page` hold its leaves; `end` ends it. */
  readonly kind: "report" | "account" | "balance" | "details" | "entry" | "remark" | "totals" | "page" | "end";
  readonly line: number;
  readonly message: CamtMessage;
  readonly leaves: readonly Leaf[];
  /** An element stands inside an amount, which no schema allows. */
  readonly brokenAmount: boolean;
}

/** The deepest path of a message has some twenty elements, the longest text some hundred characters. */
const MOST_DEPTH = 100;
const MOST_CHARACTERS = 4 * 1024 * 1024;
/** Leaves of one part; the details of a batch are parts of their own. */
const MOST_LEAVES = 100_000;

const PARTS: Readonly<Record<string, CamtPart["kind"]>> = {
  __proto__: null as never,
  Acct: "account",
  Bal: "balance",
  Ntry: "entry",
  TxsSummry: "totals",
  StmtPgntn: "page",
  RptPgntn: "page",
  NtfctnPgntn: "page",
  AddtlStmtInf: "remark",
  AddtlRptInf: "remark",
  AddtlNtfctnInf: "remark",
};

interface Open {
  readonly name: string;
  readonly currency: string | undefined;
  text: string;
}

interface Collecting {
  readonly kind: CamtPart["kind"];
  /** Depth of its own element. */
  readonly depth: number;
  readonly line: number;
  readonly leaves: Leaf[];
  brokenAmount: boolean;
}

/** Reads the elements of a message as its text comes. */
export class CamtElements {
  readonly #parser = new SaxesParser();
  readonly #open: Open[] = [];
  readonly #parts: CamtPart[] = [];
  readonly #collecting: Collecting[] = [];
  #message: CamtMessage | null = null;
  /** Depth of the report's element; 0 outside of one. */
  #report = 0;
  #namespace = "";
  /** Characters given since the parser last came to an end of something: it holds them in memory. */
  #held = 0;
  #leading = true;
  #skippedLines = 0;
  /** First elements of the file, for the message about one that is none of ours. */
  readonly names: string[] = [];
  seen = false;

  constructor() {
    const parser = this.#parser;
    parser.on("doctype", () => {
      throw new UnusableStatementError(
        "file.damaged",
        "the file declares a document type, which no bank statement does: fetch it again from the bank",
      );
    });
    parser.on("error", (error) => {
      // The parser looks for the end of an entity up to the end of the file.
      const hint = error.message.includes("unclosed tag")
        ? " (the file was cut off, or an & is not written as &amp;)"
        : "";
      const message = `no well-formed XML: ${error.message}${hint}; fetch it again from the bank`;
      throw new UnusableStatementError("file.damaged", message);
    });
    parser.on("opentag", ({ name, attributes }) => this.#opened(name, attributes));
    parser.on("text", (text) => this.#texts(text));
    parser.on("cdata", (text) => this.#texts(text));
    parser.on("closetag", () => this.#closed());
  }

  /** Parts that a piece of text completes. */
  write(piece: string): readonly CamtPart[] {
    let text = piece;
    if (this.#leading) {
      // A declaration must be the very first in the file; some banks put a blank line above.
      text = piece.replace(/^[\s\ufeff]+/, "");
      this.#skippedLines += piece.slice(0, piece.length - text.length).match(/\r\n|\n|\r/g)?.length ?? 0;
      if (text !== "") this.#leading = false;
    }
    this.#held += text.length;
    this.#parser.write(text);
    if (this.#held > MOST_CHARACTERS) this.#tooLarge(`an element has more than ${MOST_CHARACTERS} characters`);
    return this.#parts.splice(0);
  }

  end(): readonly CamtPart[] {
    this.#parser.close();
    return this.#parts.splice(0);
  }

  get #line(): number {
    return this.#parser.line + this.#skippedLines;
  }

  #tooLarge(what: string): never {
    const message = `line ${this.#line}: ${what}, as in no bank statement: fetch it again from the bank`;
    throw new UnusableStatementError("file.too-large", message, { line: this.#line });
  }

  #texts(text: string): void {
    const open = this.#open.at(-1);
    if (open !== undefined && this.#collecting.length > 0) open.text += text;
  }

  #opened(qualified: string, attributes: Readonly<Record<string, unknown>>): void {
    this.#held = 0;
    const name = qualified.replace(/^.*:/, "");
    const depth = this.#open.length + 1;
    if (depth > MOST_DEPTH) this.#tooLarge(`its elements are nested more than ${MOST_DEPTH} deep`);
    if (this.names.length < 3) this.names.push(name);
    const currency = attributes["Ccy"];
    const inside = this.#collecting.at(-1);
    if (inside !== undefined && this.#open.at(-1)?.name === "Amt") inside.brokenAmount = true;
    this.#open.push({ name, currency: typeof currency === "string" ? currency : undefined, text: "" });
    if (this.#message === null) this.#outside(name, qualified, attributes);
    else if (this.#report === 0) {
      if (name !== this.#message.report) return;
      this.#report = depth;
      this.#give("report", this.#line, []);
    } else if (depth === this.#report + 1 && PARTS[name] !== undefined) this.#collect(PARTS[name], depth);
    else if (name === "TxDtls" && inside?.kind === "entry") this.#collect("details", depth);
  }

  #outside(name: string, qualified: string, attributes: Readonly<Record<string, unknown>>): void {
    const prefix = qualified.includes(":") ? `xmlns:${qualified.replace(/:.*$/, "")}` : "xmlns";
    const namespace = attributes[prefix];
    if (typeof namespace === "string") this.#namespace = namespace;
    refuseOtherMessage(name);
    const message = MESSAGES[name];
    if (message === undefined) return;
    checkNamespace(this.#namespace, message, name);
    this.#message = message;
    this.seen = true;
  }

  #collect(kind: CamtPart["kind"], depth: number): void {
    this.#collecting.push({ kind, depth, line: this.#line, leaves: [], brokenAmount: false });
  }

  #give(kind: CamtPart["kind"], line: number, leaves: readonly Leaf[], brokenAmount = false): void {
    if (this.#message !== null) this.#parts.push({ kind, line, message: this.#message, leaves, brokenAmount });
  }

  #closed(): void {
    this.#held = 0;
    const depth = this.#open.length;
    const collecting = this.#collecting.at(-1);
    const { text = "", currency, name = "" } = this.#open.at(-1) ?? {};
    if (collecting !== undefined && (text.trim() !== "" || currency !== undefined)) {
      const path = this.#open
        .slice(collecting.depth)
        .map((open) => open.name)
        .join("/");
      collecting.leaves.push({ path, text: text.trim(), ...(currency === undefined ? {} : { currency }) });
      if (collecting.leaves.length > MOST_LEAVES) this.#tooLarge(`an entry has more than ${MOST_LEAVES} elements`);
    }
    this.#open.pop();
    if (collecting?.depth === depth) {
      this.#collecting.pop();
      this.#give(collecting.kind, collecting.line, collecting.leaves, collecting.brokenAmount);
    } else if (depth === this.#report) {
      this.#give("end", this.#line, []);
      this.#report = 0;
    } else if (this.#report === 0 && MESSAGES[name] !== undefined) this.#message = null;
  }
}
