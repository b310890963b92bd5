import type { OrdersOptions } from "@amazon-pay-kit/orders";
import { ORDER_PROFILES, RECORD_MEMBERS, RECORD_STATUSES } from "@amazon-pay-kit/orders";
import { CliError } from "../errors.ts";
import { currencyOf } from "../options/currency.ts";
import { flag, type Input, type OptionRow, text, texts } from "../program/command.ts";
import { columnMap } from "./column-map.ts";

/** How a file of records is read: the same for `records parse` and `records import`. */
export const RECORD_OPTIONS: readonly OptionRow[] = [
  {
    flags: "--format <name>",
    help: "skip recognition and use this format",
    choices: ORDER_PROFILES.map(({ name }) => name),
  },
  { flags: "--map <member=column>", help: "map a field to a column; may be repeated", repeat: true },
  { flags: "--status <word=meaning>", help: "what a status word of the shop means; may be repeated", repeat: true },
  { flags: "--currency <code>", help: "currency of rows without one" },
  { flags: "--kind <kind>", help: "kind of rows without one (default: charge)", choices: ["charge", "refund"] },
  { flags: "--signed", help: "treat negative amounts as refunds" },
  { flags: "--separator <character>", help: "cell separator, or tab (default: recognised by the column names)" },
  {
    flags: "--decimal <sign>",
    help: "decimal sign of the amounts (default: what has two readings is refused)",
    choices: [".", ","],
  },
  {
    flags: "--date-format <form>",
    help: "form of the dates, e.g. dd.mm.yyyy (default: what has two readings is refused)",
  },
  { flags: "--encoding <name>", help: "encoding of the text, e.g. windows-1252 (default: UTF-8)" },
  { flags: "--skip-lines <n>", help: "lines above the one with the column names" },
  { flags: "--utc-offset <offset>", help: "UTC offset of times without one, e.g. +01:00 (default: UTC)" },
  { flags: "--sandbox", help: "keep rows whose ids are of Amazon's sandbox (default: for the account of a sandbox)" },
];

/** `shipped=captured`, by the word. */
function statusMap(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.lastIndexOf("=");
      if (at < 1 || at === pair.length - 1) {
        throw new CliError("usage.status", `--status ${pair}: expected WORD=MEANING`, {
          remedy: `the meanings are ${RECORD_STATUSES.join(", ")}; for example --status shipped=captured`,
        });
      }
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

/** What the options say of a file. */
export function recordOptions(input: Input): OrdersOptions {
  const skip = text(input, "skipLines");
  if (skip !== undefined && !/^\d{1,6}$/.test(skip))
    throw new CliError("usage.number", `--skip-lines ${skip}: expected a whole number`);
  const given: OrdersOptions = {
    map: columnMap(texts(input, "map"), RECORD_MEMBERS),
    statuses: statusMap(texts(input, "status")),
    kind: text(input, "kind") === "refund" ? "refund" : "charge",
    signedAmounts: flag(input, "signed"),
    sandboxIds: flag(input, "sandbox") ? "keep" : undefined,
    format: text(input, "format"),
    currency: currencyOf(input),
    utcOffset: text(input, "utcOffset"),
    separator: text(input, "separator"),
    decimal: text(input, "decimal") as "." | "," | undefined,
    dateFormat: text(input, "dateFormat"),
    encoding: text(input, "encoding"),
    skipLines: skip === undefined ? undefined : Number(skip),
  } as OrdersOptions;
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
