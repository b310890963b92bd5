import { EXIT } from "../errors.ts";
import { argument, type CommandRow } from "../program/command.ts";
import { CliError } from "../errors.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

function isShell(name: string): name is Shell {
  return (SHELLS as readonly string[]).includes(name);
}

/** What may follow each prefix of words: `reports` → `list get download request schedules`. */
async function wordsByPrefix(): Promise<Map<string, string[]>> {
  // Loaded late: the table of commands holds this command too.
  const { COMMANDS } = await import("./index.ts");
  const next = new Map<string, Set<string>>();
  const add = (prefix: string, word: string): void => {
    const words = next.get(prefix) ?? new Set();
    words.add(word);
    next.set(prefix, words);
  };
  for (const row of COMMANDS) {
    const words = row.name.split(" ");
    for (const [depth, word] of words.entries()) add(words.slice(0, depth).join(" "), word);
    for (const option of row.options ?? []) {
      const long = /--[a-z-]+/.exec(option.flags)?.[0];
      if (long !== undefined) add(row.name, long);
    }
    add(row.name, "--help");
  }
  return new Map(Array.from(next, ([prefix, words]) => [prefix, [...words]]));
}

function bash(words: Map<string, string[]>): string {
  const cases = Array.from(
    words,
    ([prefix, next]) =>
      `    ${JSON.stringify(prefix)}) COMPREPLY=($(compgen -W ${JSON.stringify(next.join(" "))} -- "$current")) ;;`,
  );
  return [
    "# apay completion for bash: apay completion bash > /etc/bash_completion.d/apay",
    "_apay() {",
    '  local current="${COMP_WORDS[COMP_CWORD]}" prefix="" word',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do [[ $word == -* ]] || prefix="${prefix:+$prefix }$word"; done',
    '  case "$prefix" in',
    ...cases,
    '    *) COMPREPLY=($(compgen -f -- "$current")) ;;',
    "  esac",
    "}",
    "complete -F _apay apay",
    "",
  ].join("\n");
}

function zsh(words: Map<string, string[]>): string {
  return `#compdef apay\nautoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;
}

function fish(words: Map<string, string[]>): string {
  const lines = [
    "# apay completion for fish: apay completion fish > ~/.config/fish/completions/apay.fish",
    "complete -c apay -f",
  ];
  for (const [prefix, next] of words) {
    const condition =
      prefix === ""
        ? "__fish_use_subcommand"
        : `string match -q -- ${JSON.stringify(`apay ${prefix} *`)} (commandline -cp | string replace -ra ' -\\S+' '')`;
    for (const word of next) {
      const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${word}`;
      lines.push(`complete -c apay -n ${JSON.stringify(condition)} ${what}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

const WRITERS: Readonly<Record<Shell, (words: Map<string, string[]>) => string>> = { bash, zsh, fish };

export const completion: CommandRow = {
  name: "completion",
  summary: "print a completion script for your shell",
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
    const script = WRITERS[shell](await wordsByPrefix());
    if (context.json) context.document({ shell, script });
    else context.terminal.out.write(script);
    return EXIT.done;
  },
};
