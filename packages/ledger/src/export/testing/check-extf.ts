/**
 * A check of DATEV batches of our own, written from the public description of the format (developer.datev.de, DATEV-Format,
 * header and "Buchungsstapel"), not from the code that writes them: it shares nothing with it.
 */

/** Patterns of the fields of the first line, from 1. */
const HEADER: Readonly<Record<number, RegExp>> = {
  1: /^"EXTF"$/,
  2: /^700$/,
  3: /^21$/,
  4: /^"Buchungsstapel"$/,
  5: /^13$/,
  6: /^20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d\d{3}$/,
  7: /^$/,
  8: /^"[A-Za-z]{0,2}"$/,
  9: /^"\w{0,25}"$/,
  10: /^"\w{0,25}"$/,
  11: /^(100[1-9]|10[1-9]\d|1[1-9]\d{2}|[2-9]\d{3}|\d{5,7})$/,
  12: /^[1-9]\d{0,4}$/,
  13: /^20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/,
  14: /^[4-8]$/,
  15: /^20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/,
  16: /^20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/,
  17: /^"[^"]{0,30}"$/,
  18: /^"[A-Z]{0,2}"$/,
  19: /^[12]$/,
  20: /^(0|30|40|50|64)$/,
  21: /^[01]$/,
  22: /^"[A-Z]{3}"$/,
  27: /^"(\d{2}){0,2}"$/,
};

/** An amount above zero. */
const AMOUNT = /^(?!0{1,10},00$)\d{1,10},\d{2}$/;
const ACCOUNT = /^(?!0{1,9}$)\d{1,9}$/;

/** Patterns of the fields of a booking, from 1: what is not named here may be empty only. */
const BOOKING: Readonly<Record<number, RegExp>> = {
  1: AMOUNT,
  2: /^"(S|H)"$/,
  3: /^"[A-Z]{3}"$/,
  4: /^([1-9]\d{0,3},\d{2,6})?$/,
  5: /^((?!0{1,10},00$)\d{1,10},\d{2})?$/,
  6: /^("[A-Z]{3}")?$/,
  7: ACCOUNT,
  8: ACCOUNT,
  9: /^("\d{4}")?$/,
  10: /^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])$/,
  11: /^"[\w$&%*+\-/]{0,36}"$/,
  14: /^"([^"]|""){0,60}"$/,
  37: /^("[^"]{1,36}")?$/,
  38: /^("[^"]{1,36}")?$/,
  114: /^[01]$/,
};

/** Pairs of kind and contents (21 to 36), the order number (95). */
function patternOf(field: number): RegExp {
  if (field >= 21 && field <= 36) return field % 2 === 1 ? /^("([^"]|""){0,20}")?$/ : /^("([^"]|""){0,210}")?$/;
  if (field === 95) return /^("([^"]|""){0,30}")?$/;
  return BOOKING[field] ?? /^$/;
}

/** The fields of a line: semicolons between them, none of those within quotes. */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  let field = "";
  let inText = false;
  for (const letter of line) {
    if (letter === '"') inText = !inText;
    if (letter === ";" && !inText) {
      fields.push(field);
      field = "";
    } else field += letter;
  }
  return [...fields, field];
}

/** Bytes 0x80 to 0x9F that stand for nothing in Windows-1252. */
const UNUSED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** A booking that the check has read. */
export interface ReadBooking {
  /** Of the account in field 7: above zero where it is debited. In hundredths of the currency of the line. */
  readonly hundredths: bigint;
  readonly currency: string;
  readonly rate: string;
  readonly base: string;
  readonly account: string;
  readonly against: string;
  readonly taxKey: string;
  /** `0630` for 30 June. */
  readonly day: string;
  readonly voucher: string;
  readonly text: string;
  /** KOST1 and KOST2. */
  readonly costs: readonly [string, string];
}

/** What is wrong with a batch, and what it says. */
export interface CheckedBatch {
  readonly problems: readonly string[];
  readonly header: readonly string[];
  readonly bookings: readonly ReadBooking[];
}

/** Checks the bytes of one file. */
export function checkExtf(bytes: Uint8Array): CheckedBatch {
  const problems: string[] = [];
  for (const byte of bytes) if (UNUSED.has(byte)) problems.push(`byte ${byte.toString(16)} is no letter`);
  const text = new TextDecoder("windows-1252").decode(bytes);
  if (!text.endsWith("\r\n")) problems.push("the last line has no end");
  if (/(^|[^\r])\n/.test(text) || /\r(?!\n)/.test(text)) problems.push("a line ends otherwise than with CR LF");
  const [first = "", names = "", ...lines] = text.slice(0, -2).split("\r\n");
  const header = fieldsOf(first);
  if (header.length !== 31) problems.push(`the header has ${header.length} fields`);
  for (const [field, pattern] of Object.entries(HEADER)) {
    const value = header[Number(field) - 1] ?? "";
    if (!pattern.test(value)) problems.push(`header field ${field}: ${value}`);
  }
  if (fieldsOf(names).length !== 125) problems.push("there are not 125 headings");
  if (lines.length === 0 || lines.length > 99_999) problems.push(`${lines.length} bookings`);
  const [from = "", until = "", base = ""] = [header[14], header[15], header[21]];
  const digits = Number(header[13]);
  const bookings = lines.map((line, index): ReadBooking => {
    const fields = fieldsOf(line);
    const at = (field: number): string => fields[field - 1] ?? "";
    const bad = (what: string): void => void problems.push(`line ${index + 3}: ${what}`);
    if (fields.length !== 125) bad(`${fields.length} fields`);
    for (const [place, value] of fields.entries())
      if (!patternOf(place + 1).test(value)) bad(`field ${place + 1}: ${value}`);
    for (const field of [7, 8]) if (at(field).length > digits + 1) bad(`account ${at(field)} is too long`);
    const foreign = at(3) !== base;
    if (foreign && at(4) === "" && at(5) === "") bad(`${at(3)} has neither a rate nor a base amount`);
    if (!foreign && `${at(4)}${at(5)}${at(6)}` !== "") bad("a rate in the currency of the books");
    if ((at(5) === "") !== (at(6) === "")) bad("base amount and its currency go together");
    if (at(6) !== "" && at(6) !== base) bad(`base currency ${at(6)}`);
    for (let pair = 21; pair < 36; pair += 2)
      if ((at(pair) === "") !== (at(pair + 1) === "")) bad("kind and contents go together");
    const day = `${at(10).slice(2)}${at(10).slice(0, 2)}`;
    if (day < from.slice(4) || day > until.slice(4)) bad(`day ${at(10)} is outside of the batch`);
    const amount = BigInt(at(1).replace(",", ""));
    return {
      hundredths: at(2) === '"S"' ? amount : -amount,
      currency: at(3).replaceAll('"', ""),
      rate: at(4),
      base: at(5),
      account: at(7),
      against: at(8),
      taxKey: at(9).replaceAll('"', ""),
      day,
      voucher: at(11).slice(1, -1),
      text: at(14).slice(1, -1),
      costs: [at(37).slice(1, -1), at(38).slice(1, -1)],
    };
  });
  return { problems, header, bookings };
}
