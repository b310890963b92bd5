import type { OrdersOptions } from "../options.ts";

const MEMBERS: Readonly<Record<string, keyof OrdersOptions>> = {
  "--currency": "currency",
  "--date-format": "dateFormat",
  "--decimal": "decimal",
  "--encoding": "encoding",
  "--format": "format",
  "--kind": "kind",
  "--separator": "separator",
  "--utc-offset": "utcOffset",
};

/** Options of `apay records parse` as the reader takes them, for fixtures that are read by both. */
export function optionsOf(words: readonly string[]): OrdersOptions {
  const options: Record<string, unknown> = {};
  const map: Record<string, string> = {};
  const statuses: Record<string, string> = {};
  for (let at = 0; at < words.length; at += 1) {
    const flag = words[at] ?? "";
    if (flag === "--signed") {
      options["signedAmounts"] = true;
      continue;
    }
    const value = words[(at += 1)] ?? "";
    const equals = value.indexOf("=");
    const member = MEMBERS[flag];
    if (flag === "--map") map[value.slice(0, equals)] = value.slice(equals + 1);
    else if (flag === "--status") statuses[value.slice(0, equals)] = value.slice(equals + 1);
    else if (member === undefined) throw new Error(`${flag} is no option of records parse`);
    else options[member] = value;
  }
  return { ...options, map, statuses };
}
