/** What `npx @amazon-pay-kit/sandbox` does, for whatever process runs it. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { startSandbox } from "../server/start-sandbox.ts";
import { readyLines } from "./ready-lines.ts";
import { readStartOptions, START_OPTIONS, type StartValues } from "./start-options.ts";

/** The process that the command runs in; a test gives its own. */
export interface CommandProcess {
  out(text: string): void;
  err(text: string): void;
  readonly cwd: string;
  /** Ends the sandbox. */
  readonly signal: AbortSignal;
}

const JSON_OPTION = { flags: "--json", help: "print the ready file to stdout, as one line" };
const HELP_OPTION = { flags: "--help", help: "print this help" };
const ALL = [...START_OPTIONS, JSON_OPTION, HELP_OPTION];

/**
 * Runs `npx @amazon-pay-kit/sandbox`: starts a sandbox and keeps it until the signal. Gives the exit status: 0 when it was
 * stopped, 2 when it could not be started.
 */
export async function runSandbox(args: readonly string[], { out, err, cwd, signal }: CommandProcess): Promise<number> {
  try {
    const values = parse(args[0] === "start" ? args.slice(1) : args);
    if (values["help"] === true) {
      out(help());
      return 0;
    }
    const options = readStartOptions(values, cwd);
    const print = (message: string): void => err(`${message}\n`);
    const { ready, close } = await startSandbox({ ...options, logger: { warn: print, error: print } });
    if (values["json"] === true) out(`${JSON.stringify(ready)}\n`);
    else {
      const merchants = ready.merchants.flatMap(({ merchantId, region, currency, keys }) =>
        keys.map(({ publicKeyId }) => `${merchantId}  ${region}  ${currency}  ${publicKeyId}`),
      );
      out(`${[...readyLines(ready), "", ...merchants].join("\n")}\n`);
      print("Ctrl-C ends it.");
    }
    await stopped(signal);
    await close();
    return 0;
  } catch (error) {
    const { message, remedy } = error as { readonly message: string; readonly remedy?: string };
    err(`error: ${message}\n  try: ${remedy ?? "--help for the options"}\n`);
    return 2;
  }
}

/** As commander names them: `--ready-file` is `readyFile`. */
function parse(args: readonly string[]): StartValues {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const row of ALL) {
    const type = row.flags.includes("<") ? "string" : "boolean";
    options[longName(row.flags)] = { type, multiple: "repeat" in row };
  }
  const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
  const camel = (name: string): string => name.replace(/-./g, (text) => text.slice(1).toUpperCase());
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [camel(name), value])) as StartValues;
}

const longName = (flags: string): string => flags.slice(2).split(" ", 1).join("");

function help(): string {
  const width = Math.max(...ALL.map(({ flags }) => flags.length));
  const lines = ALL.map(({ flags, help: words }) => `  ${flags.padEnd(width)}  ${words}`);
  return [
    "Amazon Pay on your own machine: API, hosted pages, control API and inspector.",
    "",
    "Usage: npx @amazon-pay-kit/sandbox [options]",
    "",
    ...lines,
    "",
    "For an example: npx @amazon-pay-kit/sandbox --seed 1 --ready-file sandbox.json",
    "",
  ].join("\n");
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
