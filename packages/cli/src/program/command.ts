import { Option, type Command } from "commander";
import type { ExitStatus } from "../errors.ts";
import type { Context } from "./context.ts";

/** An option of a command: `--since DATE`. */
export interface OptionRow {
  /** As commander writes it: `--since <date>`, `--watch`. */
  readonly flags: string;
  readonly help: string;
  readonly choices?: readonly string[];
  readonly default?: string | boolean;
  readonly repeat?: boolean;
}

/** An argument of a command: `<file>` required, `[id]` optional, `<files...>` many. */
export interface ArgumentRow {
  readonly name: string;
  readonly help: string;
}

/** What the user typed after the command's name. */
export interface Input {
  readonly args: readonly (string | undefined)[];
  /** Values of the options by their long name in camel case. */
  readonly options: Readonly<Record<string, string | boolean | string[] | undefined>>;
}

/** One command: a file under `commands/` exports one row or several. */
export interface CommandRow {
  /** Words of the command: `reports schedules list`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What it does in full, where one line is not enough. */
  readonly description?: string;
  readonly arguments?: readonly ArgumentRow[];
  readonly options?: readonly OptionRow[];
  /** Commands to copy, each with what it does. */
  readonly examples: readonly (readonly [command: string, what: string])[];
  readonly run: (context: Context, input: Input) => Promise<ExitStatus> | ExitStatus;
}

/** A text option, or `undefined` when it was not given. */
export function text(input: Input, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === "string" ? value : undefined;
}

/** Whether a flag was given. */
export function flag(input: Input, name: string): boolean {
  return input.options[name] === true;
}

/** Values of an option that may be repeated. */
export function texts(input: Input, name: string): readonly string[] {
  const value = input.options[name];
  return Array.isArray(value) ? value : typeof value === "string" ? [value] : [];
}

/** The argument at a place. */
export function argument(input: Input, index: number): string {
  return input.args[index] ?? "";
}

/** Each example beside what it does, or above it where the screen has no room for both. */
function exampleLines(examples: CommandRow["examples"], space = 80): string {
  const width = Math.max(...examples.map(([example]) => example.length));
  const beside = examples.every(([, what]) => width + what.length + 4 <= space);
  return examples
    .map(([example, what]) => (beside ? `  ${example.padEnd(width)}  ${what}` : `  ${example}\n      ${what}`))
    .join("\n");
}

/** Hangs a row into the tree of commands, making the groups on the way. */
export function addCommand(
  program: Command,
  row: CommandRow,
  groups: Readonly<Record<string, string>>,
  act: (input: Input, command: Command) => Promise<void>,
): void {
  const words = row.name.split(" ");
  const leaf = words.pop() ?? row.name;
  let parent = program;
  for (const [depth, word] of words.entries()) {
    const known = parent.commands.find((command) => command.name() === word);
    parent =
      known ??
      parent
        .command(word)
        .description(groups[words.slice(0, depth + 1).join(" ")] ?? "")
        .copyInheritedSettings(program);
  }
  const command = parent
    .command(leaf)
    .summary(row.summary)
    .description(row.description ?? row.summary)
    .copyInheritedSettings(program)
    .showHelpAfterError(
      `For example: ${row.examples[0]?.[0] ?? `apay ${row.name}`}\nRun it with --help to see all options.`,
    );
  for (const { name, help } of row.arguments ?? []) command.argument(name, help);
  for (const option of row.options ?? []) {
    const made = new Option(option.flags, option.help);
    if (option.choices !== undefined) made.choices([...option.choices]);
    if (option.default !== undefined) made.default(option.default);
    if (option.repeat === true)
      made.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
    command.addOption(made);
  }
  command.addHelpText("after", () => `\nExamples:\n${exampleLines(row.examples, command.configureHelp().helpWidth)}`);
  command.action(async (...given: unknown[]) => {
    const positional = given.slice(0, (row.arguments ?? []).length).flat() as (string | undefined)[];
    await act({ args: positional, options: command.optsWithGlobals() }, command);
  });
}
