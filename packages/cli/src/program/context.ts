import { type Calendar, calendarOf } from "@amazon-pay-kit/money";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Random } from "@amazon-pay-kit/sdk/random";
import { chooseAccount, loadConfig, type Account, type Config, type ConfigFlags } from "../config/config.ts";
import { jsonText } from "../terminal/json-text.ts";
import { paintFor, type Paint } from "../terminal/paint.ts";
import { progressOn, type Progress } from "../terminal/progress.ts";
import { table, type Column } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Options that every command takes. */
export interface GlobalOptions extends ConfigFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a command works with. */
export interface Context {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly random: Random;
  /** One JSON document on stdout instead of tables. */
  readonly json: boolean;
  readonly paint: Paint;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Account named by `--account`, if one was. */
  readonly accountName: string | undefined;
  /** The options that every command takes, as they were given. */
  readonly globals: GlobalOptions;

  /** The settings in force; read on first use, so that commands which need none never fail on a bad file. */
  config(): Config;
  /** The settings read once more, for anyone who runs so long that they may have changed. */
  readConfig(): Config;
  /** Says which day a moment is in, in the time zone of the books. */
  calendar(): Calendar;
  /** The account that the command is about. */
  account(): Account;

  /** Writes a line of the result. */
  line(text?: string): void;
  /** Writes a table of the result. */
  table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): void;
  /** Writes the one JSON document. Amounts are texts; a bigint is written as its digits. */
  document(value: unknown): void;
  /** Writes a line for the person, on the error stream; nothing when quiet. */
  info(text: string): void;
}

/** Makes the context of one command. */
export function contextOf(terminal: Terminal, clock: Clock, random: Random, options: GlobalOptions): Context {
  const paint = paintFor(terminal.out, terminal.env);
  let config: Config | undefined;
  let calendar: Calendar | undefined;
  const readAnew = (): Config => loadConfig(options, terminal.env, terminal.cwd);
  const read = (): Config => (config ??= readAnew());
  return {
    terminal,
    clock,
    random,
    json: options.json === true,
    paint,
    progress: progressOn(terminal.err, clock, paintFor(terminal.err, terminal.env), options.quiet === true),
    signal: terminal.signal,
    accountName: options.account,
    globals: options,
    config: read,
    readConfig: readAnew,
    calendar: () => (calendar ??= calendarOf(read().timeZone)),
    account: () => chooseAccount(read(), options.account),
    line: (text = "") =>
      terminal.out.write(terminal.out.isTTY ? `${wrap(text, terminal.out.columns, "  ").join("\n")}\n` : `${text}\n`),
    table: (rows, columns) =>
      terminal.out.write(table(rows, columns, terminal.out.isTTY ? terminal.out.columns : 10_000, paint)),
    document: (value) => terminal.out.write(`${jsonText(value, terminal.out.isTTY)}\n`),
    info: (text) => {
      if (options.quiet !== true) terminal.err.write(`${text}\n`);
    },
  };
}
