/** Tag 61 of MT940 in its parts. */
export interface EntryTag {
  /** Day of booking, `2026-10-05`; the value date where the bank leaves it blank. */
  readonly bookedAt: string;
  readonly valueAt: string;
  /** Direction: `C`, `D`; `RC` and `RD` take one back; `EC` and `ED` are expected. */
  readonly mark: "C" | "D" | "RC" | "RD" | "EC" | "ED";
  /** As it is written: `250,`. */
  readonly amount: string;
  /** Reference of the parties; empty where none is given. */
  readonly customerReference: string;
  readonly bankReference: string;
  /** What does not have the form of the standard, as it is written. */
  readonly rest: string;
}

/** What is wrong with a tag 61. */
export interface EntryFault {
  readonly code: "line.date" | "line.direction" | "line.amount";
  readonly message: string;
}

const PARTS = /^(\d{6})(\d{4}|\s{4})?\s*(R[CD]|E[CD]|[CD])[A-Z]?\s*(?=[\d,.])([\d.,]+)(.*)$/i;

/** Type of the entry: a letter and three more, as SWIFT has it; some banks have two more, with or without a blank behind them. */
const TYPE = /^(?:[NSF][A-Z0-9]{2} ?(?=NONREF)|[NSF][A-Z0-9]{3}|[NSF][A-Z0-9]{2} (?=\S))/i;

function dayOf(year: number, month: string, day: string): number | null {
  const at = new Date(Date.UTC(year, Number(month) - 1, Number(day)));
  return at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day) ? at.getTime() : null;
}

/** The year of the booking is the one that brings it nearest to the value date: what has its value on 2 January may have been booked on 31 December. */
function bookedAtOf(value: number, year: number, monthDay: string): number | null {
  const days = [year - 1, year, year + 1]
    .map((candidate) => dayOf(candidate, monthDay.slice(0, 2), monthDay.slice(2)))
    .filter((candidate) => candidate !== null);
  return days.toSorted((left, right) => Math.abs(left - value) - Math.abs(right - value))[0] ?? null;
}

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

function references(tail: string): Pick<EntryTag, "customerReference" | "bankReference" | "rest"> {
  const type = TYPE.exec(tail)?.[0];
  if (type === undefined) return { customerReference: "", bankReference: "", rest: tail };
  const [customerReference = "", ...others] = tail.slice(type.length).split("//");
  return { customerReference, bankReference: others.join("//"), rest: "" };
}

/** Reads the value of a tag 61: tolerant of the forms that banks write, exact about day, direction and amount. */
export function readEntryTag(tag: string): EntryTag | EntryFault {
  const shown = JSON.stringify(tag.slice(0, 40));
  if (!/^\d{6}/.test(tag)) return { code: "line.date", message: `cannot read the value date in the entry ${shown}` };
  const match = PARTS.exec(tag);
  if (match === null) {
    const direction = /^\d{6}(?:\d{4}|\s{4})?\s*(?:R[CD]|E[CD]|[CD])/i.test(tag);
    return direction
      ? { code: "line.amount", message: `cannot read the amount in the entry ${shown}` }
      : { code: "line.direction", message: `neither C nor D stands behind the dates of the entry ${shown}` };
  }
  const [, date = "", entryDate = "", mark = "", amount = "", tail = ""] = match;
  // Letters that no type begins with go on with a damaged amount; a type is what tells an amount without decimals from its part.
  if (/^[A-EG-MO-RT-Z]/i.test(tail) || (!/[.,]/.test(amount) && /[.,]\d/.test(tail.slice(0, 6)) && !TYPE.test(tail)))
    return { code: "line.amount", message: `cannot read the amount in the entry ${shown}` };
  const year = 2000 + Number(date.slice(0, 2));
  const value = dayOf(year, date.slice(2, 4), date.slice(4));
  const booked = value === null || entryDate.trim() === "" ? value : bookedAtOf(value, year, entryDate);
  if (value === null || booked === null)
    return { code: "line.date", message: `no calendar has the days in the entry ${shown}` };
  return {
    bookedAt: isoDay(booked),
    valueAt: isoDay(value),
    mark: mark.toUpperCase() as EntryTag["mark"],
    amount,
    ...references(tail),
  };
}
