import { DATE_FORMS, type DateForm } from "@amazon-pay-kit/money";
import {
  BANK_LAYOUTS,
  CSV_MEMBERS,
  FORMAT_NAMES,
  type FormatName,
  type StatementOptions,
} from "@amazon-pay-kit/statements";
import type { Config } from "../config/config.ts";
import { CliError } from "../errors.ts";
import { currencyOf } from "../options/currency.ts";
import { type Input, type OptionRow, text, texts } from "../program/command.ts";
import { columnMap } from "./column-map.ts";

/** How a statement is read: the same for `bank parse` and `bank import`. */
export const STATEMENT_OPTIONS: readonly OptionRow[] = [
  { flags: "--format <name>", help: "skip recognition and use this format", choices: [...FORMAT_NAMES] },
  {
    flags: "--bank <name>",
    help: "how a bank lays out its CSV, e.g. ing-nl (default: recognised by its column names)",
  },
  {
    flags: "--map <member=column>",
    help: `map a field to a column: ${CSV_MEMBERS.join(", ")}; may be repeated`,
    repeat: true,
  },
  {
    flags: "--debit-word <word>",
    help: "word of the direction column for money that went out; may be repeated",
    repeat: true,
  },
  { flags: "--separator <character>", help: "cell separator, or tab (default: recognised by the column names)" },
  {
    flags: "--decimal <sign>",
    help: "decimal sign of the amounts (default: what has two readings is refused)",
    choices: [".", ","],
  },
  {
    flags: "--date-format <form>",
    help: "form of the dates (default: what has two readings is refused)",
    choices: [...DATE_FORMS],
  },
  { flags: "--currency <code>", help: "currency of lines without one" },
  {
    flags: "--encoding <name>",
    help: "encoding of the text, e.g. windows-1252 (default: what the file says, else UTF-8)",
  },
  { flags: "--skip-lines <n>", help: "lines above the column names" },
];

/** What the configuration says of the statements of an account: how they are read, and of which bank account they are. */
export function statementSettings(
  config: Config,
  accountId: string | undefined,
): { readonly bankAccount: string | undefined; readonly settings: Settings } {
  const {
    account: bankAccount,
    fx: _fx,
    rules: _rules,
    ...settings
  } = config.accounts.get(accountId ?? "")?.bank ?? {};
  return { bankAccount, settings };
}

/** Settings of an account, as the configuration file has them. */
type Settings = { readonly [Name in keyof StatementOptions]?: StatementOptions[Name] | undefined };

/** What the options say of a statement, over the settings of an account. */
export function statementOptions(input: Input, settings: Settings = {}): StatementOptions {
  const skip = text(input, "skipLines");
  if (skip !== undefined && !/^\d{1,6}$/.test(skip))
    throw new CliError("usage.number", `--skip-lines ${skip}: expected a whole number`);
  const bank = text(input, "bank");
  if (bank !== undefined && !BANK_LAYOUTS.some(({ name }) => name === bank.trim().toLowerCase())) {
    throw new CliError("usage.bank", `--bank ${bank}: there is no such layout`, {
      remedy: `the layouts are ${BANK_LAYOUTS.map(({ name }) => name).join(", ")}`,
    });
  }
  const words = texts(input, "debitWord");
  const given: Settings = {
    format: text(input, "format") as FormatName | undefined,
    bank,
    separator: text(input, "separator"),
    decimal: text(input, "decimal") as "." | "," | undefined,
    dateFormat: text(input, "dateFormat") as DateForm | undefined,
    currency: currencyOf(input),
    encoding: text(input, "encoding"),
    skipLines: skip === undefined ? undefined : Number(skip),
    debitWords: words.length === 0 ? undefined : words,
  };
  const map = { ...settings.map, ...columnMap(texts(input, "map"), CSV_MEMBERS) };
  const entries = [settings, given].flatMap((options) =>
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
  return { ...(Object.fromEntries(entries) as StatementOptions), map };
}
