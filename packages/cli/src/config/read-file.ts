import { readFileSync } from "node:fs";
import { findNodeAtLocation, parseTree, printParseErrorCode, type ParseError } from "jsonc-parser";
import { z } from "zod";
import { CliError } from "../errors.ts";
import { configText, otherForm, pathFault, wrongSign } from "./file-text.ts";
import { configSchema, type ConfigFile } from "./schema.ts";

/** Line (from 1) of an offset in a text. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/**
 * Reads `apay.config.json` (comments and trailing commas are allowed).
 *
 * @throws CliError `config.unreadable`, `config.syntax`, `config.invalid`: each names file, line and remedy
 */
export function readConfigFile(path: string): ConfigFile {
  let text: string;
  try {
    text = configText(readFileSync(path), path);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError("config.unreadable", `cannot read the configuration ${path}: ${(error as Error).message}`, {
      remedy: "create it with: apay init",
      cause: error,
    });
  }
  const errors: ParseError[] = [];
  const tree = treeOf(text, path, errors);
  const [first] = errors;
  if (first !== undefined || tree === undefined) {
    const line = lineAt(text, first?.offset ?? 0);
    const other = otherForm(text);
    const what =
      text.trim() === "" || first === undefined
        ? "the file is empty"
        : other !== null
          ? `it looks like ${other}`
          : (wrongSign(text, first.offset) ??
            SYNTAX[printParseErrorCode(first.error)] ??
            printParseErrorCode(first.error));
    throw new CliError("config.syntax", `${path}:${line}: this is not JSON (${what})`, {
      remedy: "correct the line, or write the file anew with: apay init",
    });
  }
  refuseTwice(tree, text, path);
  refuseNames(tree, text, path);
  const contents = valueOf(tree);
  const result = configSchema({ contents }).safeParse(contents, { error: wordsOf });
  if (result.success) return result.data;
  // A misspelt name explains why another one is missing, so it comes first.
  const issue = result.error.issues.find(({ code }) => code === "unrecognized_keys") ?? result.error.issues[0];
  const location = (issue?.path ?? []) as (string | number)[];
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const node =
    findNodeAtLocation(tree, unknown === undefined ? location : [...location, unknown]) ??
    findNodeAtLocation(tree, location) ??
    tree;
  const where = [...location, ...(unknown === undefined ? [] : [unknown])].join(".");
  const line = lineAt(text, node.parent?.type === "property" ? node.parent.offset : node.offset);
  const key = issue?.code === "invalid_key" ? issue.issues[0]?.message : undefined;
  const what = unknown === undefined ? (key ?? issue?.message ?? "not valid") : `there is no setting "${unknown}"`;
  throw new CliError("config.invalid", `${path}:${line}: ${where === "" ? "" : `${where}: `}${what}`, {
    remedy:
      unknown === undefined
        ? "see docs/configuration.md"
        : `remove it or correct its name; here there are ${namesAt(location).join(", ")} (docs/configuration.md)`,
  });
}

/** The line of a setting in a file that was read before. */
export function lineOf(path: string, location: readonly (string | number)[]): number {
  const text = configText(readFileSync(path), path);
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const node = tree === undefined ? undefined : findNodeAtLocation(tree, [...location]);
  return node === undefined ? 1 : lineAt(text, node.offset);
}

/** What the parser's codes mean to anyone who typed the file. */
const SYNTAX: Readonly<Record<string, string>> = {
  __proto__: null as never,
  InvalidSymbol: "a word that is no text in quotes, number, true, false or null",
  InvalidNumberFormat: "a number that cannot be read",
  PropertyNameExpected: "a name in double quotes is missing",
  ValueExpected: "a value is missing",
  ColonExpected: "a colon after the name is missing",
  CommaExpected: "a comma is missing before this",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "there is more after the end",
  UnexpectedEndOfString: "a text has no closing quote",
  UnexpectedEndOfComment: "a comment has no end",
  UnexpectedEndOfNumber: "a number breaks off",
  InvalidUnicode: "a \\u with fewer than four digits",
  InvalidEscapeCharacter: "a backslash before a letter that has no meaning: write \\\\ for a backslash",
  InvalidCharacter: "a character that is not allowed in a text: write a line break as \\n",
};

const KINDS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  string: "a text in quotes",
  object: "an object in { }",
  record: "an object in { }",
  array: "a list in [ ]",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
  null: "null",
  undefined: "nothing",
};

/** Plain words for values of another kind than expected; the rest keeps the words of the schema. */
const wordsOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "invalid_value")
    return `expected ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
  if (issue.code === "invalid_format" && issue.format === "url")
    return "expected an address such as https://pay.example";
  if (issue.code !== "invalid_type") return undefined;
  const { input } = issue;
  const found = Array.isArray(input) ? "array" : input === null ? "null" : typeof input;
  return `expected ${KINDS[String(issue.expected)] ?? String(issue.expected)}, found ${KINDS[found] ?? found}`;
};

/** JSON lets the last of two equal names win without a word; here one of them was meant to be something else. */
function refuseTwice(node: JsonNode, text: string, path: string): void {
  const seen = new Map<string, number>();
  for (const child of node.children ?? []) {
    const name = node.type === "object" ? String(child.children?.[0]?.value) : undefined;
    const before = name === undefined ? undefined : seen.get(name);
    if (before !== undefined) {
      const [line, first] = [lineAt(text, child.offset), lineAt(text, before)];
      throw new CliError("config.twice", `${path}:${line}: "${name}" is given twice, first on line ${first}`, {
        remedy: "rename or remove one of them",
      });
    }
    // Not yet its line: to count the lines of a long file for each of its names takes minutes.
    if (name !== undefined) seen.set(name, child.offset);
    refuseTwice(child, text, path);
  }
}

/** Refuses names that a program keeps for itself, and paths that are not what was meant. */
function refuseNames(node: JsonNode, text: string, path: string): void {
  for (const child of node.children ?? []) {
    if (child.type === "property") {
      const name = String(child.children?.[0]?.value);
      const value = child.children?.[1]?.value as unknown;
      const what =
        name === "__proto__"
          ? "no setting and no account can be called so"
          : typeof value === "string"
            ? pathFault(name, value)
            : null;
      if (what !== null) {
        throw new CliError("config.invalid", `${path}:${lineAt(text, child.offset)}: ${name}: ${what}`, {
          remedy: "see docs/configuration.md",
        });
      }
    }
    refuseNames(child, text, path);
  }
}

/** Limits the nesting depth: the parser recurses once for each bracket and could overflow the stack. */
function treeOf(text: string, path: string, errors: ParseError[]): ReturnType<typeof parseTree> {
  try {
    return parseTree(text, errors, { allowTrailingComma: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CliError("config.syntax", `${path}: this is no configuration: its brackets are nested too deep`, {
      remedy: "write the file anew with: apay init",
      cause: error,
    });
  }
}

/** The settings that there are at a place of the file. */
function namesAt(location: readonly (string | number)[]): string[] {
  let schema: z.core.$ZodType | undefined = configSchema();
  const bare = (one: z.core.$ZodType | undefined): z.core.$ZodType | undefined =>
    one instanceof z.ZodOptional ? bare(one.unwrap() as z.core.$ZodType) : one;
  for (const step of location) {
    const at: z.core.$ZodType | undefined = bare(schema);
    if (at instanceof z.ZodObject) schema = at.shape[String(step)] as z.core.$ZodType | undefined;
    else if (at instanceof z.ZodArray) schema = at.element as z.core.$ZodType;
    else if (at instanceof z.ZodRecord) schema = at.valueType as z.core.$ZodType;
    else schema = undefined;
  }
  const at = bare(schema);
  return at instanceof z.ZodObject ? Object.keys(at.shape).filter((name) => !name.startsWith("$")) : [];
}

type JsonNode = NonNullable<ReturnType<typeof parseTree>>;

function valueOf(node: JsonNode): unknown {
  if (node.type === "object") {
    const entries = (node.children ?? []).map((property) => {
      const [key, value] = property.children ?? [];
      return [String(key?.value), value === undefined ? undefined : valueOf(value)] as const;
    });
    return Object.fromEntries(entries);
  }
  if (node.type === "array") return (node.children ?? []).map(valueOf);
  return node.value as unknown;
}
