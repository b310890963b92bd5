/**
 * Writes `docs/reference/`: what the packages export, with what their docstrings say, a page a package. The examples of the
 * docstrings are compiled; status 1 when one does not.
 *
 *     node scripts/reference.mjs           writes the pages
 *     node scripts/reference.mjs --check   status 1 when a page is not what the sources say
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { problemsOf } from "./reference-examples.mjs";
import { root } from "./toolbox.mjs";

const PACKAGES = [
  "sdk",
  "money",
  "messages",
  "reports",
  "tabular",
  "statements",
  "orders",
  "ledger",
  "worker",
  "sandbox",
  "dashboard",
];
const SOURCE = "@amazon-pay-kit/source";
const KINDS = [
  [ts.SymbolFlags.Class, "class"],
  [ts.SymbolFlags.Function, "function"],
  [ts.SymbolFlags.Interface, "interface"],
  [ts.SymbolFlags.TypeAlias, "type"],
  [ts.SymbolFlags.Variable, "const"],
];

/** Entry points of a package: how they are imported, and their source. */
function entriesOf(name) {
  const manifest = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8"));
  return Object.entries(manifest.exports).flatMap(([path, conditions]) =>
    conditions?.[SOURCE] === undefined
      ? []
      : [
          {
            name: `${manifest.name}${path.slice(1)}`,
            file: `${root}packages/${name}/${conditions[SOURCE].slice(2)}`,
            about: manifest.description,
          },
        ],
  );
}

/** A link in a docstring is the name that it leads to. */
function plain(parts) {
  return ts
    .displayPartsToString(parts)
    .replaceAll(/\{@link\s+([^}|\s]+)(?:\s*\|?\s*([^}]*))?\}/g, (_whole, name, text) => `\`${text || name}\``)
    .trim();
}

/** The text of a tag as it stands in the source. */
function tagsOf(symbol, checker, name) {
  return symbol
    .getJsDocTags(checker)
    .filter((tag) => tag.name === name)
    .map((tag) => plain(tag.text ?? []));
}

/** What a function is called with and returns; what a constant is. */
function signatureOf(symbol, kind, checker) {
  const [declaration] = symbol.declarations ?? [];
  if (declaration === undefined) return "";
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  if (kind === "function") {
    return type
      .getCallSignatures()
      .map(
        (signature) =>
          `${symbol.name}${checker.signatureToString(signature, declaration, ts.TypeFormatFlags.NoTruncation)}`,
      )
      .join("\n");
  }
  if (kind === "const") {
    const written = onOneLine(declaration.type?.getText() ?? checker.typeToString(type, declaration));
    return written.length > LONGEST_TYPE ? "" : `const ${symbol.name}: ${written}`;
  }
  if (kind === "type") return aliasOf(symbol, declaration, checker);
  return "";
}

/** Longest definition of a type that is shown as it is written; a table's shape says nothing to a reader. */
const LONGEST_TYPE = 600;

/** A type as it is written; one that is taken from a table, as the names that come of it. */
function aliasOf(symbol, declaration, checker) {
  const written = withoutComments(declaration.type?.getText() ?? "");
  const derived = /^\(?typeof |^keyof |\[number\]$/.test(written);
  const type = derived ? namesOf(checker.getDeclaredTypeOfSymbol(symbol), checker) : written;
  return type === "" || type.length > LONGEST_TYPE ? "" : `type ${symbol.name} = ${onOneLine(type)}`;
}

/** The compiler's order of a union changes with whatever was read before it: by name it stays. */
function namesOf(type, checker) {
  const parts = type.isUnion() ? type.types : [type];
  return parts
    .map((part) => checker.typeToString(part, undefined, ts.TypeFormatFlags.NoTruncation))
    .sort()
    .join(" | ");
}

const withoutComments = (text) => text.replaceAll(/\/\*[\s\S]*?\*\//g, "");
const onOneLine = (text) =>
  withoutComments(text)
    .replaceAll(/\s*\n\s*/g, " ")
    .replace(/^\s*\| /, "")
    .trim();

/** A member's name as code writes it: the compiler numbers symbols anew whenever anything before them changes. */
const shownName = (name) => name.replace(/^__@(\w+)@\d+$/, "[Symbol.$1]");

const HIDDEN = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;

/** A member as it is declared: its name, whether it may be left out, its type; of a method what it takes and returns. */
function declaredAs(member, declaration, checker) {
  const name = shownName(member.name);
  const optional = (member.flags & ts.SymbolFlags.Optional) === 0 ? "" : "?";
  if (ts.isMethodSignature(declaration) || ts.isMethodDeclaration(declaration)) {
    const parameters = declaration.parameters.map((parameter) => parameter.getText()).join(", ");
    return onOneLine(`${name}${optional}(${parameters}): ${declaration.type?.getText() ?? "void"}`);
  }
  const type = declaration.type?.getText() ?? checker.typeToString(checker.getTypeOfSymbol(member), declaration);
  return onOneLine(`${name}${optional}: ${type}`);
}

/** Public members of an interface or a class. */
function membersOf(symbol, checker) {
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  return checker.getPropertiesOfType(type).flatMap((member) => {
    const [declaration] = member.declarations ?? [];
    const own = declaration !== undefined && symbol.declarations?.includes(declaration.parent);
    const hidden = own && (ts.getCombinedModifierFlags(declaration) & HIDDEN) !== 0;
    if (!own || hidden || (declaration.name !== undefined && ts.isPrivateIdentifier(declaration.name))) return [];
    const text = plain(member.getDocumentationComment(checker)).replaceAll(/\s*\n\s*/g, " ");
    return [`- \`${declaredAs(member, declaration, checker)}\`${text === "" ? "" : `: ${text}`}`];
  });
}

/** Where a class or an interface takes members from. */
function heritageOf(symbol) {
  const [declaration] = symbol.declarations ?? [];
  const bases = (declaration?.heritageClauses ?? []).flatMap((clause) => clause.types.map((type) => type.getText()));
  return bases.length === 0 ? "" : `Extends ${bases.map((base) => `\`${onOneLine(base)}\``).join(", ")}.`;
}

function sectionOf(exported, checker) {
  const symbol = (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
  const kind = KINDS.find(([flag]) => (symbol.flags & flag) !== 0)?.[1];
  if (kind === undefined) return null;
  const lines = [`### \`${exported.name}\` (${kind})`, ""];
  const text = plain(symbol.getDocumentationComment(checker));
  if (text !== "") lines.push(text, "");
  const signature = signatureOf(symbol, kind, checker);
  if (signature !== "") lines.push("```ts", signature, "```", "");
  if (kind === "interface" || kind === "class") {
    const heritage = heritageOf(symbol);
    if (heritage !== "") lines.push(heritage, "");
    const members = membersOf(symbol, checker);
    if (members.length > 0) lines.push(...members, "");
  }
  for (const thrown of tagsOf(symbol, checker, "throws")) lines.push(`Throws: ${thrown}`, "");
  for (const example of tagsOf(symbol, checker, "example"))
    lines.push(example.startsWith("```") ? example : `\`\`\`ts\n${example}\n\`\`\``, "");
  return { name: exported.name, text: lines.join("\n") };
}

function pageOf(name, program) {
  const checker = program.getTypeChecker();
  const entries = entriesOf(name);
  const lines = [
    `# ${entries[0]?.name}`,
    "",
    entries[0]?.about ?? "",
    "",
    "Generated from the source by `npm run docs`. All pages: [documentation](../README.md).",
    "",
  ];
  for (const { name, file } of entries) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file));
    const sections = checker
      .getExportsOfModule(module)
      .map((exported) => sectionOf(exported, checker))
      .filter((section) => section !== null)
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    lines.push(`## ${name}`, "", ...sections.map((section) => section.text));
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

const settings = ts.readConfigFile(`${root}tsconfig.check.json`, ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(settings.config, ts.sys, root);
const program = ts.createProgram(
  PACKAGES.flatMap((name) => entriesOf(name).map(({ file }) => file)),
  options,
);
/** The examples of all docstrings, and where each exported name can be imported from. */
function examplesOf(program) {
  const checker = program.getTypeChecker();
  const examples = [];
  const exported = new Map();
  const seen = new Set();
  for (const { name: from, file } of PACKAGES.flatMap(entriesOf)) {
    for (const one of checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)))) {
      exported.set(one.name, [...(exported.get(one.name) ?? []), from]);
      const symbol = (one.flags & ts.SymbolFlags.Alias) === 0 ? one : checker.getAliasedSymbol(one);
      if (seen.has(symbol)) continue;
      seen.add(symbol);
      const kind = KINDS.find(([flag]) => (symbol.flags & flag) !== 0)?.[1];
      for (const text of tagsOf(symbol, checker, "example")) examples.push({ symbol: one.name, kind, text, from });
    }
  }
  return { examples, exported };
}

const { examples, exported } = examplesOf(program);
const problems = problemsOf(examples, exported, { program, options });
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exit(1);

const folder = `${root}docs/reference`;
mkdirSync(folder, { recursive: true });
const stale = [];
for (const name of PACKAGES) {
  const path = `${folder}/${name}.md`;
  const text = pageOf(name, program);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  stale.push(`docs/reference/${name}.md`);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
}
for (const name of readdirSync(folder))
  if (!PACKAGES.includes(name.replace(/\.md$/, ""))) stale.push(`docs/reference/${name}`);
if (process.argv.includes("--check") && stale.length > 0) {
  process.stderr.write(`not what the docstrings say: ${stale.join(", ")}. Run: npm run docs\n`);
  process.exit(1);
}
