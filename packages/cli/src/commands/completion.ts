import { bashScript, zshScript } from "../completion/bash-and-zsh.ts";
import { fishScript } from "../completion/fish.ts";
import { grammarOf, type Grammar } from "../completion/grammar.ts";
import { EXIT } from "../errors.ts";
import { argument, type CommandRow } from "../program/command.ts";
import { CliError } from "../errors.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

function isShell(name: string): name is Shell {
  return (SHELLS as readonly string[]).includes(name);
}

const WRITERS: Readonly<Record<Shell, (grammar: Grammar) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export const completion: CommandRow = {
  name: "completion",
  summary: "print a shell completion script",
  arguments: [{ name: "<shell>", help: SHELLS.join(", ") }],
  examples: [
    ["apay completion bash > ~/.local/share/bash-completion/completions/apay", "for bash"],
    ['apay completion zsh > "${fpath[1]}/_apay"', "for zsh"],
    ["apay completion fish > ~/.config/fish/completions/apay.fish", "for fish"],
  ],
  async run(context, input) {
    const shell = argument(input, 0);
    if (!isShell(shell)) {
      throw new CliError("completion.shell", `no completion for ${JSON.stringify(shell)}`, {
        remedy: `use one of ${SHELLS.join(", ")}`,
      });
    }
    // Loaded late: the table of commands holds this command too.
    const [{ COMMANDS }, { GLOBAL_OPTIONS }] = await Promise.all([import("./index.ts"), import("../program.ts")]);
    const script = WRITERS[shell](grammarOf(COMMANDS, GLOBAL_OPTIONS));
    if (context.json) context.document({ shell, script });
    else context.terminal.out.write(script);
    return EXIT.done;
  },
};
