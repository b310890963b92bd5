import { readFileSync } from "node:fs";
import { findNodeAtLocation, parseTree, printParseErrorCode, type ParseError } from "jsonc-parser";
import { CliError } from "../errors.ts";
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
    // Some editors write a mark before the text.
    text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
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
    const what = first === undefined ? "the file is empty" : printParseErrorCode(first.error);
    throw new CliError("config.syntax", `${path}:${line}: this is not JSON (${what})`, {
      remedy: "correct the line, or write the file anew with: apay init",
    });
  }
  const result = configSchema.safeParse(valueOf(tree));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const location = (issue?.path ?? []) as (string | number)[];
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const node =
    findNodeAtLocation(tree, unknown === undefined ? location : [...location, unknown]) ??
    findNodeAtLocation(tree, location) ??
    tree;
  const where = [...location, ...(unknown === undefined ? [] : [unknown])].join(".");
  const line = lineAt(text, node.parent?.type === "property" ? node.parent.offset : node.offset);
  const what = unknown === undefined ? (issue?.message ?? "not valid") : `there is no setting "${unknown}"`;
  throw new CliError("config.invalid", `${path}:${line}: ${where === "" ? "" : `${where}: `}${what}`, {
    remedy:
      unknown === undefined
        ? "see docs/configuration.md"
        : "remove the line or correct its name: see docs/configuration.md",
  });
}

/** The parser goes down a level for each bracket, and the engine has only so many. */
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

function valueOf(node: NonNullable<ReturnType<typeof parseTree>>): unknown {
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
