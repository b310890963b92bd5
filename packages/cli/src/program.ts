import { refuseKeys } from "./program/private-key.ts";
import { printableText } from "@amazon-pay-kit/money";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Random } from "@amazon-pay-kit/sdk/random";
import { Command, CommanderError } from "commander";
import { COMMANDS, GROUPS } from "./commands/index.ts";
import { EXIT, type ExitStatus } from "./errors.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { addCommand, type CommandRow } from "./program/command.ts";
import type { GlobalOptions } from "./program/context.ts";
import { DocumentedError, failureOf, showFailure, showFailureDocument } from "./program/failure.ts";
import { delayedProgress } from "./program/progress-delay.ts";
import { STOPPED_MESSAGE, stoppedStatus } from "./program/stopped.ts";
import { VERSION } from "./program/version.ts";

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly (readonly [flags: string, help: string])[] = [
  ["-a, --account <name>", "account in apay.config.json to use"],
  ["--config <file>", "configuration file (default: ./apay.config.json)"],
  ["--data-dir <dir>", "folder for archive and ledger (default: .apay)"],
  ["--database-url <url>", "keep the ledger in PostgreSQL instead of SQLite"],
  ["--time-zone <name>", "time zone of days and months, e.g. Asia/Tokyo (default: UTC)"],
  ["--region <region>", "na, eu or jp"],
  ["--public-key-id <id>", "key id from Seller Central"],
  ["--private-key-file <file>", "private key, PEM"],
  ["--endpoint <url>", "service address, e.g. of a sandbox"],
  ["--ca-file <file>", "additional certificate authority to trust"],
  ["--json", "print one JSON document to stdout"],
  ["-q, --quiet", "no progress output, no notes"],
];

/**
 * The commands that a command line can be about: those that begin with its first word. To make the others takes longer than many
 * commands do. All of them where the first word is none of theirs, for help and for suggestions.
 */
function rowsFor([first, ...more]: readonly string[]): readonly CommandRow[] {
  if (more.length === 0 && (first === undefined || HELP.has(first))) return firstOfEach();
  const rows = COMMANDS.filter(({ name }) => name === first || name.startsWith(`${first} `));
  return rows.length === 0 ? COMMANDS : rows;
}

/** Command lines that ask for the page about all commands. */
const HELP: ReadonlySet<string> = new Set(["--help", "-h", "help"]);

/**
 * For the page about all commands, on which a group is one line, and which says only whether there are options: the first of each
 * group and those that are in none, with one option.
 */
function firstOfEach(): readonly CommandRow[] {
  const seen = new Set<string>();
  const first = COMMANDS.filter(({ name }) => {
    const [word = name] = name.split(" ");
    return !seen.has(word) && seen.add(word);
  });
  return first.map(({ options, ...row }) => (options === undefined ? row : { ...row, options: options.slice(0, 1) }));
}

/** The tree of commands. `finish` receives the exit status of the one that ran. */
function buildProgram(
  rows: readonly CommandRow[],
  terminal: Terminal,
  clock: Clock,
  random: Random,
  finish: (status: ExitStatus) => void,
): Command {
  const program = new Command("apay")
    .description("Amazon Pay from the command line: test offline, download every report, reconcile to the cent.")
    .version(VERSION, "-V, --version", "print the version")
    .helpCommand("help [command...]", "help for a command")
    .showSuggestionAfterError(true)
    .showHelpAfterError("Run it with --help to see its arguments and options.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      // What was typed stands in its messages, and may have come from anywhere.
      writeErr: (text) => terminal.err.write(printableText(text, "\n")),
    })
    .configureHelp({
      helpWidth: Math.min(terminal.out.columns, 110),
      sortSubcommands: false,
      showGlobalOptions: false,
    });
  for (const [flags, help] of GLOBAL_OPTIONS) program.option(flags, help);
  program.addHelpText(
    "after",
    "\nStart here:\n  apay sandbox start      Amazon Pay on your own machine\n  apay init               set up an account\n  apay sync && apay reconcile\n\nExit status:\n    0  done\n    1  done, but problems were found\n    2  the command cannot run: usage, configuration or file\n    3  not now: the service could not be reached or refused, or another process is at it\n  130  stopped by Ctrl-C",
  );
  for (const row of rows) {
    addCommand(program, row, GROUPS, async (input) => {
      const options = input.options as GlobalOptions;
      const delayed = delayedProgress(terminal, clock, row.name, options.quiet === true);
      // Not before: what reads and checks the settings takes longer to load than `--version` and `--help` take in all.
      const { contextOf } = await import("./program/context.ts");
      const context = contextOf(delayed.terminal, clock, random, options);
      try {
        finish(await row.run(context, input));
      } finally {
        await delayed.end();
        context.progress.end();
      }
    });
  }
  return program;
}

/** Runs one command line and gives its exit status. Never throws. */
export async function runProgram(
  args: readonly string[],
  terminal: Terminal,
  clock: Clock,
  random: Random,
): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.done;
  const program = buildProgram(rowsFor(args), terminal, clock, random, (reached) => {
    status = reached;
  });
  try {
    refuseKeys(args);
    await program.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.done;
      // The words are on stderr already.
      if (args.includes("--json")) {
        const message = error.message.replace(/^error: /, "");
        showFailureDocument(terminal, {
          code: "usage",
          message,
          remedy: "add --help for the arguments and options",
          exitStatus: EXIT.impossible,
        });
      }
      return EXIT.impossible;
    }
    const documented = error instanceof DocumentedError;
    const failure = terminal.signal.aborted
      ? { code: "stopped", message: STOPPED_MESSAGE, remedy: undefined, exitStatus: stoppedStatus(terminal.signal) }
      : failureOf(documented ? error.cause : error);
    showFailure(terminal, failure, args.includes("--json") && !documented);
    if (terminal.env["APAY_DEBUG"] !== undefined && error instanceof Error)
      terminal.err.write(`${error.stack ?? ""}\n`);
    return failure.exitStatus;
  }
}
