import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { COMMANDS, GROUPS } from "../../packages/cli/src/commands/index.ts";
import { addCommand, type Input } from "../../packages/cli/src/program/command.ts";
import { GLOBAL_OPTIONS } from "../../packages/cli/src/program.ts";

/** Words of a line as a shell would part them, up to the end of the command. */
function commandsOf(line: string): string[][] {
  const found: string[][] = [];
  let current: string[] | undefined;
  for (const [, double, single, bare] of line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
    if (bare === "apay") found.push((current = []));
    else if (bare !== undefined && /^(\||&&|;|>)$/.test(bare)) current = undefined;
    else current?.push(double ?? single ?? bare ?? "");
  }
  return found;
}

describe("every example of the help", () => {
  const examples = COMMANDS.flatMap((row) => row.examples.map(([line]) => [row.name, line] as const));

  it.each(examples)("of %s parses: %s", async (name, line) => {
    const ran: string[] = [];
    for (const args of commandsOf(line)) {
      const program = new Command("apay").exitOverride().configureOutput({ writeErr: () => undefined });
      for (const [flags, help] of GLOBAL_OPTIONS) program.option(flags, help);
      for (const row of COMMANDS) {
        addCommand(program, row, GROUPS, async ({ args: given }: Input) => {
          const needed = (row.arguments ?? []).filter((argument) => argument.name.startsWith("<")).length;
          expect(given.slice(0, needed).every((word) => word !== undefined && word !== "")).toBe(true);
          ran.push(row.name);
        });
      }
      await program.parseAsync(args, { from: "user" });
    }
    expect(ran).toContain(name);
  });
});
