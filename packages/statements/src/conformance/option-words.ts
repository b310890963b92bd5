import type { StatementOptions } from "../options.ts";

const MEMBERS: Readonly<Record<string, keyof StatementOptions>> = {
  "--bank": "bank",
  "--currency": "currency",
  "--date-format": "dateFormat",
  "--decimal": "decimal",
  "--encoding": "encoding",
  "--format": "format",
  "--separator": "separator",
};

/** Options of `apay bank parse` as the reader takes them, for fixtures that are read by both. */
export function optionsOf(words: readonly string[]): StatementOptions {
  const options: Record<string, unknown> = {};
  const map: Record<string, string> = {};
  const debitWords: string[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const [flag = "", value = ""] = words.slice(at, at + 2);
    const equals = value.indexOf("=");
    const member = MEMBERS[flag];
    if (flag === "--map") map[value.slice(0, equals)] = value.slice(equals + 1);
    else if (flag === "--debit-word") debitWords.push(value);
    else if (flag === "--skip-lines") options["skipLines"] = Number(value);
    else if (member === undefined) throw new Error(`${flag} is no option of bank parse`);
    else options[member] = value;
  }
  return { ...options, map, debitWords };
}
