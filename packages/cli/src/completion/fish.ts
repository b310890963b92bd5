import type { Grammar, OptionGrammar } from "./grammar.ts";

function option({ name, value }: OptionGrammar): string {
  const long = `-l ${name.slice(2)}`;
  if (value === null) return long;
  return value === "any" ? `${long} -r` : `${long} -x -a ${JSON.stringify(value.join(" "))}`;
}

/** Completion for fish. */
export function fishScript({ groups, commands, globals }: Grammar): string {
  const after = (prefix: string): string =>
    prefix === ""
      ? "__fish_use_subcommand"
      : `string match -q -- ${JSON.stringify(`apay ${prefix} *`)} (commandline -cp | string replace -ra ' -\\S+' '')`;
  const line = (prefix: string, what: string): string => `complete -c apay -n ${JSON.stringify(after(prefix))} ${what}`;
  return [
    "# apay completion for fish: apay completion fish > ~/.config/fish/completions/apay.fish",
    "complete -c apay -f",
    ...globals.map((one) => `complete -c apay ${option(one)}`),
    ...Array.from(groups).flatMap(([group, words]) => words.map((word) => line(group, `-a ${word}`))),
    ...Array.from(commands).flatMap(([name, { options, argument }]) => [
      ...options.map((one) => line(name, option(one))),
      ...(argument === "file"
        ? [line(name, "-F")]
        : argument === null
          ? []
          : [line(name, `-a ${JSON.stringify(argument.join(" "))}`)]),
    ]),
    "",
  ].join("\n");
}
