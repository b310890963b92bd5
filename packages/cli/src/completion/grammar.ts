import type { CommandRow, OptionRow } from "../program/command.ts";

/** What may be typed where, as the scripts of all shells need it. */
export interface Grammar {
  /** Words that may follow a group of commands; `""` is `apay` itself. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Commands by their name. */
  readonly commands: ReadonlyMap<string, CommandGrammar>;
  /** Options that every command takes. */
  readonly globals: readonly OptionGrammar[];
}

/** What may follow the name of a command. */
export interface CommandGrammar {
  readonly options: readonly OptionGrammar[];
  /** What its arguments are; null where it takes none, or where nobody can know them. */
  readonly argument: "file" | readonly string[] | null;
}

/** An option by its long name, and what follows it. */
export interface OptionGrammar {
  readonly name: string;
  /** A fixed choice, anything, or nothing at all. */
  readonly value: readonly string[] | "any" | null;
}

const REGIONS = ["na", "eu", "jp"];

function optionOf({ flags, choices }: Pick<OptionRow, "flags" | "choices">): OptionGrammar {
  const name = /--[a-z-]+/.exec(flags)?.[0] ?? flags;
  if (!flags.includes("<")) return { name, value: null };
  return { name, value: choices ?? (name === "--region" ? REGIONS : "any") };
}

function argumentOf(row: CommandRow): CommandGrammar["argument"] {
  const [first] = row.arguments ?? [];
  if (first === undefined) return null;
  if (first.name.includes("file")) return "file";
  return row.name === "completion" ? first.help.split(", ") : null;
}

/** Reads the grammar off the table of commands. */
export function grammarOf(
  rows: readonly CommandRow[],
  globals: readonly (readonly [flags: string, help: string])[],
): Grammar {
  const groups = new Map<string, Set<string>>();
  for (const { name } of rows) {
    const words = name.split(" ");
    for (const [depth, word] of words.entries()) {
      const group = words.slice(0, depth).join(" ");
      groups.set(group, (groups.get(group) ?? new Set()).add(word));
    }
  }
  return {
    groups: new Map(Array.from(groups, ([group, words]) => [group, [...words]])),
    commands: new Map(
      rows.map((row) => [
        row.name,
        {
          options: [...(row.options ?? []).map(optionOf), { name: "--help", value: null }],
          argument: argumentOf(row),
        },
      ]),
    ),
    globals: globals.map(([flags]) => optionOf({ flags })),
  };
}
