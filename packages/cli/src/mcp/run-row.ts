import type { CommandRow, Input } from "../program/command.ts";
import { contextOf, type Context } from "../program/context.ts";
import type { Screen, Terminal } from "../terminal/terminal.ts";

/** What a command of the command line answers, as JSON: the tools say what `apay … --json` says. */
export async function runRow(
  context: Context,
  row: CommandRow,
  args: readonly string[],
  options: Input["options"],
): Promise<string> {
  const out: string[] = [];
  const screen = (keep: boolean): Screen => ({
    write: (text) => void (keep && out.push(typeof text === "string" ? text : new TextDecoder().decode(text))),
    drained: () => Promise.resolve(),
    isTTY: false,
    columns: 80,
  });
  const terminal: Terminal = { ...context.terminal, out: screen(true), err: screen(false) };
  const globals = { json: true, quiet: true, ...context.globals, ...accountOf(options) };
  const inner = contextOf(terminal, context.clock, context.random, globals);
  await row.run(inner, { args, options });
  return out.join("").trim();
}

const accountOf = ({ account }: Input["options"]): { account?: string } =>
  typeof account === "string" ? { account } : {};
