import type { Role } from "@amazon-pay-kit/ledger";
import { KitError } from "@amazon-pay-kit/money";
import type { Books } from "../books.ts";
import { ENGLISH } from "../locales/en.ts";
import type { PlainText } from "../locales/texts.ts";
import type { WaitingStatements } from "../statements/waiting-statements.ts";

/** What a person has sent with a form. */
export interface ActionInput {
  readonly books: Books;
  readonly form: FormData;
  /** A part of the path, or a value of the query. */
  readonly query: (name: string) => string | undefined;
  /** In whose name it is done. */
  readonly who: string;
  readonly waiting: WaitingStatements;
}

/** One thing that a form does: a file under `actions/` exports rows, and `actions/index.ts` lists them. */
export interface ActionRow {
  /** Path with `:name` for parts that vary. */
  readonly path: string;
  /** What somebody must at least be allowed to do it. */
  readonly role: Role;
  /** Does it. @returns where to go next @throws RefusedForm, LedgerError */
  readonly run: (input: ActionInput) => Promise<string>;
}

/** A form that says too little, or what this dashboard does not do. */
export class RefusedForm extends KitError {
  override readonly name = "RefusedForm";
  readonly code = "dashboard.refused-form";
  readonly reason: PlainText;

  constructor(reason: PlainText) {
    super(ENGLISH[reason]);
    this.reason = reason;
  }
}

/** A field of a form as text, without blanks around it; empty where it was not given. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** All values of a field. */
export function textsOf(form: FormData, name: string): readonly string[] {
  return form.getAll(name).filter((value) => typeof value === "string");
}

/** Longest note that is kept, in characters. */
const LONGEST_NOTE = 2000;

/** The note of a form. @throws RefusedForm without one */
export function noteOf(form: FormData): string {
  const note = textOf(form, "note");
  if (note === "") throw new RefusedForm("note needed");
  return note.slice(0, LONGEST_NOTE);
}

/** A value of a form that names an account and something in it, with a blank between them. */
export function inAccount(value: string): readonly [accountId: string, id: string] {
  const cut = value.lastIndexOf(" ");
  return [value.slice(0, Math.max(0, cut)), value.slice(cut + 1)];
}

/** A path of this dashboard with a query; what is empty is left out. */
export function pathWith(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") search.set(name, value);
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}
