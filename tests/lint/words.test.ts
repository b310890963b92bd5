/** Names are made of the words of the field and of computing: what a stranger would look for. */
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Words that once had a meaning of their own here, each with what to say instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  house: "context",
  room: "module, package, space",
  rooms: "modules, packages",
  breath: "yield",
  patience: "timeout",
  patiently: "retry",
  lane: "shard",
  lanes: "shards",
  desk: "operator, client, fixture",
  till: "point of sale",
  rig: "fixture",
  mischief: "delivery faults",
  courier: "delivery worker",
  genesis: "initial snapshot",
  habits: "behaviour",
  happening: "event",
  happenings: "events",
  announcer: "event bus",
  agenda: "tasks, scheduler",
  prolong: "extend",
  reconsider: "recompute",
  stranger: "unknown",
  strangers: "unknown",
  plant: "inject",
  planted: "injected",
  shelf: "cache",
  pulse: "signal",
  rung: "rule",
  rungs: "rules",
  ladder: "matcher",
  climb: "match",
  twin: "duplicate",
  twins: "duplicates",
  surplus: "extra",
  residue: "unmatched",
  blame: "attribute",
  nearness: "approximate amount",
  lateness: "late",
  excused: "exempt",
  witness: "evidence",
  witnesses: "evidence",
  news: "event, outbox",
  intake: "ingest, batch",
  whose: "scope, owner",
  wording: "texts, messages",
  sentence: "message",
  sentences: "messages",
  said: "given, stated",
  says: "messages",
  say: "print, translate, info",
  lazily: "lazy",
  octets: "bytes",
  wish: "spec",
  wishes: "specs, preferences",
  faces: "user interfaces",
};

/** Words and phrases that no comment, message, test or page may have either; ordinary English among the words above is let be. */
const NOT_IN_TEXT =
  /\b(house|rooms|breath|patience|patiently|lanes?|desk|till|rig|mischief|courier|genesis|happenings?|announcer|agenda|prolong|strangers?|shelf|rungs?|ladder|residue|excused|nearness|lateness|wish|wishes|faces|lazily)\b|\bat hand\b|\b(is|are) told of\b|\breference \d+\.\d/i;

/** Texts that are data: what a demonstration sells, where its buyers live. */
const DATA = /Desk by the Window|10 Sample Lane/i;

/** Names that others have given: a standard, an environment. */
const GIVEN = new Set(["OCTET_STRING", "octetString"]);

const files = execFileSync(
  "git",
  ["ls-files", "packages", "simulation", "tests", "tools", "scripts", "examples", "bench/src"],
  {
    cwd: root,
    encoding: "utf8",
  },
)
  .trim()
  .split("\n")
  .filter((path) => !/\/fixtures\/|node_modules/.test(path));

const wordsIn = (name: string): string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => Object.hasOwn(INSTEAD, word));

/** The names that a file declares, with their lines. */
function declaredIn(path: string): { readonly name: string; readonly line: number }[] {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : path.endsWith("js") ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, readFileSync(`${root}/${path}`, "utf8"), ts.ScriptTarget.Latest, false, kind);
  const found: { name: string; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    const name =
      ts.isImportSpecifier(node) || ts.isExportSpecifier(node) ? undefined : (node as { name?: ts.Node }).name;
    if (
      name !== undefined &&
      (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) &&
      !ts.isPropertyAccessExpression(node)
    )
      found.push({ name: name.text, line: file.getLineAndCharacterOfPosition(name.pos).line + 1 });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("names", () => {
  it("of files and folders", () => {
    const found = files.flatMap((path) => wordsIn(path).map((word) => `${path}: ${word} is ${INSTEAD[word]}`));
    expect(found).toEqual([]);
  });

  it("in code", () => {
    const found = files
      .filter(
        (path) => /\.(ts|tsx|mjs|js)$/.test(path) && !path.endsWith(".d.ts") && path !== "tests/lint/words.test.ts",
      )
      .flatMap((path) =>
        declaredIn(path).flatMap(({ name, line }) =>
          GIVEN.has(name) ? [] : wordsIn(name).map((word) => `${path}:${line}: ${name}: ${word} is ${INSTEAD[word]}`),
        ),
      );
    expect(found).toEqual([]);
  });
});

it("the texts of code and pages are plain technical English", () => {
  const pages = execFileSync("git", ["ls-files", "*.md", ":!docs/reference"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n");
  const code = files.filter((path) => /\.(ts|tsx|mjs|js|json)$/.test(path) && path !== "tests/lint/words.test.ts");
  const found = [...code, ...pages].flatMap((path) =>
    readFileSync(`${root}/${path}`, "utf8")
      .split("\n")
      .flatMap((line, at) => {
        const word = DATA.test(line) ? undefined : NOT_IN_TEXT.exec(line)?.[0];
        return word === undefined ? [] : [`${path}:${at + 1}: ${word}: ${line.trim().slice(0, 120)}`];
      }),
  );
  expect(found).toEqual([]);
});
