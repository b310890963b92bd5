import { readInstant } from "@amazon-pay-kit/money";
import { shown, type Parameters } from "./access/read-parameters.ts";
import { MwsError } from "./mws-error.ts";

/** Longest list that a call may name. */
const LONGEST_LIST = 100;

/** A numbered list: `ReportTypeList.Type.1`, `.2`, …; undefined where there is none. */
export function listParameter(parameters: Parameters, prefix: string): string[] | undefined {
  const found: { readonly number: number; readonly value: string }[] = [];
  for (const [name, value] of parameters) {
    if (!name.startsWith(`${prefix}.`)) continue;
    const number = name.slice(prefix.length + 1);
    if (!/^[1-9]\d{0,4}$/.test(number))
      throw new MwsError("InvalidParameterValue", `${shown(name)} is not a list entry.`);
    found.push({ number: Number(number), value: value.trim() });
  }
  if (found.length === 0) return undefined;
  if (found.length > LONGEST_LIST) {
    throw new MwsError("InvalidParameterValue", `${prefix} may have at most ${LONGEST_LIST} entries.`);
  }
  return found.sort((left, right) => left.number - right.number).map(({ value }) => value);
}

/** One of some words, or undefined where the parameter is missing. */
export function wordsParameter(parameters: Parameters, prefix: string, known: readonly string[]): string[] | undefined {
  const words = listParameter(parameters, prefix);
  for (const word of words ?? []) {
    if (!known.includes(word))
      throw new MwsError("InvalidParameterValue", `Invalid value for ${prefix}: ${shown(word)}.`);
  }
  return words;
}

/** A time, or undefined. */
export function timeParameter(parameters: Parameters, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === undefined || text === "") return undefined;
  const instant = readInstant(text) ?? readInstant(`${text}Z`) ?? readInstant(`${text}T00:00:00Z`);
  if (instant === null) throw new MwsError("InvalidParameterValue", `${name} must be a time in ISO 8601.`);
  return instant;
}

/** `true` or `false`, or undefined. */
export function booleanParameter(parameters: Parameters, name: string): boolean | undefined {
  const text = parameters.get(name)?.trim().toLowerCase();
  if (text === undefined || text === "") return undefined;
  if (text !== "true" && text !== "false")
    throw new MwsError("InvalidParameterValue", `${name} must be true or false.`);
  return text === "true";
}

/** Entries on a page: 1 to 100, 10 unless the caller says otherwise. */
export function countParameter(parameters: Parameters): number {
  const text = parameters.get("MaxCount");
  if (text === undefined || text === "") return 10;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > 100) throw new MwsError("InvalidParameterValue", "MaxCount must be a number from 1 to 100.");
  return count;
}
