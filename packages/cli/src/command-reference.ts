import type { CommandRow } from "./program/command.ts";

/** A cell of a Markdown table. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
}

function optionsTable(row: CommandRow): string {
  const lines = (row.options ?? []).map(({ flags, help, choices, default: preset }) => {
    const notes = [
      help,
      ...(choices === undefined ? [] : [`one of ${choices.join(", ")}`]),
      ...(preset === undefined ? [] : [`default: ${preset}`]),
    ];
    return `| \`${flags.replaceAll("|", "\\|")}\` | ${cell(notes.join("; "))} |`;
  });
  return lines.length === 0 ? "" : `\n| Option | |\n|---|---|\n${lines.join("\n")}\n`;
}

function section(row: CommandRow): string {
  const given = (row.arguments ?? []).map(({ name }) => ` ${name}`).join("");
  const lines = (row.arguments ?? []).map(({ name, help }) => `- \`${name}\`: ${help}`);
  const examples = row.examples.map(([command, what]) => `${command}\n    ${what}`).join("\n");
  return [
    `## apay ${row.name}\n`,
    `\`apay ${row.name}${given}\`\n`,
    `${cell(row.description ?? `${row.summary[0]?.toUpperCase() ?? ""}${row.summary.slice(1)}.`)}\n`,
    ...(lines.length === 0 ? [] : [`${lines.join("\n")}\n`]),
    optionsTable(row).trimStart(),
    `\`\`\`text\n${examples}\n\`\`\`\n`,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** The page `docs/commands.md`: every command as its own row says it, so that page and help cannot differ. */
export function commandReference(
  commands: readonly CommandRow[],
  globals: readonly (readonly [flags: string, help: string])[],
): string {
  const shared = globals.map(([flags, help]) => `| \`${flags}\` | ${cell(help)} |`).join("\n");
  return [
    "# Commands\n",
    "Generated from the command definitions by `npm run docs`; `apay help COMMAND` prints the same. Results go to stdout, progress and notes to stderr.\n",
    "Exit status: 0 done; 1 done, but problems were found; 2 the command cannot run (usage, configuration, unusable file); 3 not now: the service could not be reached or refused, or another process is at it; 130 stopped by Ctrl-C.\n",
    `Every command accepts:\n\n| Option | |\n|---|---|\n${shared}\n`,
    ...commands.map(section),
  ].join("\n");
}
