import type { CommandGrammar, Grammar, OptionGrammar } from "./grammar.ts";

const quoted = (words: readonly string[]): string => JSON.stringify(words.join(" "));
const names = (options: readonly OptionGrammar[]): string[] => options.map(({ name }) => name);

function commandCase(name: string, { options, argument }: CommandGrammar, globals: readonly OptionGrammar[]): string {
  const own = quoted([...names(options), ...names(globals)]);
  const other =
    argument === "file"
      ? "_apay_files"
      : `_apay_words ${argument === null ? quoted(names(options)) : quoted(argument)}`;
  return `    ${JSON.stringify(name)}) if [[ $current == -* ]]; then _apay_words ${own}; else ${other}; fi ;;`;
}

/** Cases for the word after an option that has a fixed choice of values. */
function valueCases({ commands, globals }: Grammar): string[] {
  const shared = globals.flatMap(({ name, value }) =>
    Array.isArray(value) ? [`    *" ${name}") _apay_words ${quoted(value as readonly string[])} ;;`] : [],
  );
  const own = Array.from(commands).flatMap(([command, { options }]) =>
    options.flatMap(({ name, value }) =>
      Array.isArray(value)
        ? [`    ${JSON.stringify(`${command} ${name}`)}) _apay_words ${quoted(value as readonly string[])} ;;`]
        : [],
    ),
  );
  return [...own, ...shared];
}

/** The function that both shells share; `current` and `before` are set by each in its way. */
function body(grammar: Grammar): string[] {
  const { groups, commands, globals } = grammar;
  const all = [...globals, ...Array.from(commands.values()).flatMap(({ options }) => options)];
  const taking = new Set(all.filter(({ value }) => value !== null).map(({ name }) => name));
  const prefixes = [...new Set([...groups.keys(), ...commands.keys()])].filter((prefix) => prefix !== "");
  return [
    '  local prefix="" previous="" skip="" word',
    '  for word in "${before[@]}"; do',
    "    previous=$word",
    '    if [[ -n $skip ]]; then skip=""; continue; fi',
    "    case $word in",
    `      -a|${[...taking].join("|")}) skip=yes ;;`,
    "      -*) ;;",
    '      *) case "${prefix:+$prefix }$word" in',
    `        ${prefixes.map((prefix) => JSON.stringify(prefix)).join("|")}) prefix="\${prefix:+$prefix }$word" ;;`,
    "      esac ;;",
    "    esac",
    "  done",
    "  if [[ -n $skip ]]; then",
    '    case "$prefix $previous" in',
    ...valueCases(grammar),
    "    *) _apay_files ;;",
    "    esac",
    "    return",
    "  fi",
    '  case "$prefix" in',
    ...Array.from(groups, ([group, words]) => {
      const starting = group === "" ? [...words, "help"] : words;
      return `    ${JSON.stringify(group)}) if [[ $current == -* ]]; then _apay_words ${quoted([...names(globals), "--help"])}; else _apay_words ${quoted(starting)}; fi ;;`;
    }),
    ...Array.from(commands, ([name, command]) => commandCase(name, command, globals)),
    "  esac",
  ];
}

/** Completion for bash. */
export function bashScript(grammar: Grammar): string {
  return [
    "# apay completion for bash: apay completion bash > ~/.local/share/bash-completion/completions/apay",
    '_apay_words() { COMPREPLY=($(compgen -W "$1" -- "$current")); }',
    '_apay_files() { compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")); }',
    "_apay() {",
    '  local current="${COMP_WORDS[COMP_CWORD]}"',
    '  local before=("${COMP_WORDS[@]:1:COMP_CWORD-1}")',
    ...body(grammar),
    "}",
    "complete -F _apay apay",
    "",
  ].join("\n");
}

/** Completion for zsh, as a file of its own in `fpath` or read with `source`. */
export function zshScript(grammar: Grammar): string {
  return [
    "#compdef apay",
    '# apay completion for zsh: apay completion zsh > "${fpath[1]}/_apay"',
    "_apay_words() { compadd -- ${=1} }",
    "_apay_files() { _files }",
    "_apay() {",
    '  local current="${words[CURRENT]}"',
    "  local -a before",
    '  before=("${(@)words[2,CURRENT-1]}")',
    ...body(grammar),
    "}",
    'if [[ $funcstack[1] == _apay ]]; then _apay "$@"; elif (( $+functions[compdef] )); then compdef _apay apay; fi',
    "",
  ].join("\n");
}
