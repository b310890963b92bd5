import { joined } from "../../text/join.ts";

/** What the text of an entry says, beside the text itself. */
export interface Details {
  readonly text: string | null;
  readonly counterparty: string | null;
  readonly references: readonly string[];
}

/** Width of a line of tag 86, which some banks count with the tag. A line that fills it goes on without a blank. */
const LINE_WIDTH = 65;
const TAG_WIDTH = ":86:".length;

function isFull(line: string, at: number): boolean {
  return line.length >= LINE_WIDTH || (at === 0 && line.length === LINE_WIDTH - TAG_WIDTH);
}

/** Physical lines as one text: a line that is full may have been broken within a word, a shorter one ends with one. */
export function unwrapped(lines: readonly string[]): string {
  return lines.reduce((text, line, at) => {
    const before = lines[at - 1] ?? "";
    return at === 0 ? line : `${text}${isFull(before, at - 1) ? "" : " "}${line}`;
  }, "");
}

/** Width of a subfield of the German form. */
const FIELD_WIDTH = 27;

/** Subfields of the German form, in the order in which they stand. Source: DFÜ-Abkommen, annex 3, tag 86. */
const FIELDS = new Set("00 10 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 38 60 61 62 63".split(" "));

const STRUCTURED = /^\s*(?:\d{3}\s?)?([?<>@~^|])(?=\d{2})/;

interface Field {
  readonly key: string;
  readonly words: string;
}

/**
 * The text of a tag 86 in subfields, `?20…`; null where it has none. A mark that is none of the standard, or goes back in the
 * order, is text: it may well be of the payer's.
 */
function fieldsOf(text: string): readonly Field[] | null {
  const separator = STRUCTURED.exec(text)?.[1];
  if (separator === undefined) return null;
  const [before = "", ...parts] = text.split(separator);
  const fields: { key: string; words: string }[] = [{ key: "", words: before.trim() }];
  for (const part of parts) {
    const key = part.slice(0, 2);
    const last = fields.at(-1);
    if (last === undefined) break;
    if (FIELDS.has(key) && (last.key === "" || key > last.key)) fields.push({ key, words: part.slice(2) });
    else last.words += /^\d{2}/.test(part) ? ` ${separator}${key} ${part.slice(2)}` : separator + part;
  }
  return fields;
}

const SEPA = /^(?:EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|ANAM|RREF|SQTP)[+:]/;

const isRemittance = (key: string): boolean => /^(?:2\d|6[0-3])$/.test(key);

/** Subfields that belong together as one text: one that is full goes on in the next. */
function together(fields: readonly Field[]): string {
  return fields.reduce((text, { key, words }, at) => {
    const before = fields[at - 1];
    const continued =
      before !== undefined &&
      before.words.length >= FIELD_WIDTH &&
      ((isRemittance(before.key) && isRemittance(key)) || (before.key === "32" && key === "33")) &&
      !SEPA.test(words);
    return `${text}${continued ? "" : " "}${words}`;
  }, "");
}

const SEPA_PART =
  /(?:^|[\s?])(EREF|KREF|MREF|RREF)[+:]\s*(.*?)(?=\s*(?:EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|ANAM|RREF|SQTP)[+:]|$)/g;

function sepaReferences(text: string): readonly string[] {
  return [...text.matchAll(SEPA_PART)].map((match) => match[2] ?? "");
}

/** Tags between slashes, as Dutch and Belgian banks and Citi write them. */
const SLASHED =
  "TRTP|CSID|NAME|REMI|IBAN|BIC|EREF|KREF|PREF|MARF|ORDP|BENM|ADDR|ULTC|ULTD|ULTB|PURP|RTRN|TRCD|ISDT|CNTP|SVCL|CBIC|OCMT|EXCH|CHGS|SWOC|SWOD|ACCW|ID|PT|PY|BN|BA|BI|OB|ON|OA|RP|CR|CT|BE|OR|YR|RO|RC|AB|AC|BO|EI|II|TM|CY|CO|CB|VD";

const NAMES_IN_SLASHES = /^(?:NAME|BN|ON|OB|BO)$/;
const REFERENCES_IN_SLASHES = /^(?:EREF|KREF|PREF|MARF|RP|CR|YR|EI)$/;

const isSlashed = (text: string): boolean => new RegExp(`^\\s*/(?:${SLASHED}|[A-Z]{2,4})/`).test(text);

function slashParts(text: string): readonly Field[] {
  const found = [...text.matchAll(new RegExp(`/(${SLASHED})/`, "g"))];
  return found.map((match, at) => ({
    key: match[1] ?? "",
    words: text.slice(match.index + match[0].length, found[at + 1]?.index ?? text.length).replace(/\/+\s*$/, ""),
  }));
}

function slashed(text: string): Omit<Details, "text"> {
  const parts = slashParts(text);
  const named = parts.find(({ key, words }) => NAMES_IN_SLASHES.test(key) && words.trim() !== "");
  // ING: account / BIC / name / city
  const counterpart = parts.find(({ key }) => key === "CNTP")?.words.split("/")[2];
  return {
    // Citi numbers the further lines of a name: /BN1/.
    counterparty: joined((named?.words ?? counterpart)?.replaceAll(/\/[A-Z]{2}\d\//g, " ")),
    references: parts.filter(({ key }) => REFERENCES_IN_SLASHES.test(key)).map(({ words }) => words),
  };
}

/** The labels of ABN AMRO. */
const LABELLED = /\b(NAAM|NAME|KENMERK|REFERENCE|MACHTIGING)\s*:\s*(\S.*?)(?=\s{2,}|\s+[A-Z]{3,}\s?:|$)/g;

function labelled(text: string): Omit<Details, "text"> {
  const found = [...text.matchAll(LABELLED)].map((match) => ({ key: match[1] ?? "", words: match[2] ?? "" }));
  return {
    counterparty: joined(found.find(({ key }) => key.startsWith("NA"))?.words),
    references: found.filter(({ key }) => !key.startsWith("NA")).map(({ words }) => words),
  };
}

/**
 * What one tag 86 says. The text keeps every word of it; of its structure, only the marks of the German form are taken out.
 *
 * @param lines its physical lines, without the tag
 */
export function readDetails(lines: readonly string[]): Details {
  const raw = unwrapped(lines);
  const fields = fieldsOf(raw);
  if (fields !== null) {
    const remittance = together(fields.filter(({ key }) => isRemittance(key)));
    const name = together(fields.filter(({ key }) => key === "32" || key === "33"));
    return { text: joined(together(fields)), counterparty: joined(name), references: sepaReferences(remittance) };
  }
  const given = isSlashed(raw) ? slashed(raw) : labelled(raw);
  return {
    text: joined(raw),
    counterparty: given.counterparty,
    references: [...given.references, ...sepaReferences(raw)],
  };
}

/** Lines of a tag NS begin with the number of a subfield each. */
export function ownSubfields(lines: readonly string[]): Details {
  const texts = lines.map((line) => line.replace(/^(\d{2})(?=\S)/, "$1 "));
  return { text: joined(...texts), counterparty: null, references: [] };
}
