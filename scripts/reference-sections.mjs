/** One exported name as a section of a reference page: its text, signature, members, errors and examples. */
import ts from "typescript";

const KINDS = [
  [ts.SymbolFlags.Class, "class"],
  [ts.SymbolFlags.Function, "function"],
  [ts.SymbolFlags.Interface, "interface"],
  [ts.SymbolFlags.TypeAlias, "type"],
  [ts.SymbolFlags.Variable, "const"],
];

/** A link in a docstring is the name that it leads to. */
export function plain(parts) {
  return ts
    .displayPartsToString(parts)
    .replaceAll(/\{@link\s+([^}|\s]+)(?:\s*\|?\s*([^}]*))?\}/g, (_whole, name, text) => `\`${text || name}\``)
    .trim();
}

/** The text of a tag as it stands in the source. */
export function tagsOf(symbol, checker, name) {
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

/** Public members that a class or an interface declares itself, each with its declaration. */
function ownMembersOf(symbol, checker) {
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  return checker.getPropertiesOfType(type).flatMap((member) => {
    const [declaration] = member.declarations ?? [];
    const own = declaration !== undefined && symbol.declarations?.includes(declaration.parent);
    const hidden = own && (ts.getCombinedModifierFlags(declaration) & HIDDEN) !== 0;
    if (!own || hidden || (declaration.name !== undefined && ts.isPrivateIdentifier(declaration.name))) return [];
    return [{ member, declaration }];
  });
}

/** A member on one line. */
function lineOf({ member, declaration }, checker) {
  const text = plain(member.getDocumentationComment(checker)).replaceAll(/\s*\n\s*/g, " ");
  return `- \`${declaredAs(member, declaration, checker)}\`${text === "" ? "" : `: ${text}`}`;
}

/** A method under its class: a heading of its own, so that it can be found and linked. */
function methodOf({ member, declaration }, owner, checker) {
  const lines = [`#### \`${owner}.${shownName(member.name)}\``, ""];
  const text = plain(member.getDocumentationComment(checker));
  if (text !== "") lines.push(text, "");
  const declarations = (member.declarations ?? [declaration]).filter((one) => one.body === undefined);
  const shown = declarations.length > 0 ? declarations : [declaration];
  lines.push("```ts", ...shown.map((one) => declaredAs(member, one, checker)), "```", "");
  return [...lines, ...remarksOf(member, checker)];
}

/** What is thrown, and the examples. */
function remarksOf(symbol, checker) {
  const thrown = tagsOf(symbol, checker, "throws").flatMap((text) => [`Throws: ${text}`, ""]);
  const examples = tagsOf(symbol, checker, "example").flatMap((text) => [
    text.startsWith("```") ? text : `\`\`\`ts\n${text}\n\`\`\``,
    "",
  ]);
  return [...thrown, ...examples];
}

const isMethod = ({ declaration }) => ts.isMethodDeclaration(declaration);

/** Where a class or an interface takes members from. */
function heritageOf(symbol) {
  const [declaration] = symbol.declarations ?? [];
  const bases = (declaration?.heritageClauses ?? []).flatMap((clause) => clause.types.map((type) => type.getText()));
  return bases.length === 0 ? "" : `Extends ${bases.map((base) => `\`${onOneLine(base)}\``).join(", ")}.`;
}

/** The symbol itself, where an entry point only hands it on. */
export const resolved = (exported, checker) =>
  (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);

export const kindOf = (symbol) => KINDS.find(([flag]) => (symbol.flags & flag) !== 0)?.[1];

/** First sentence of a text, for an index. */
function summaryOf(text) {
  const [paragraph = ""] = text.split(/\n\s*\n/);
  return (/^[\s\S]*?[.:](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph).replaceAll(/\s*\n\s*/g, " ").replace(/:$/, ".");
}

/**
 * An exported name as a section of a page.
 *
 * @returns its name, kind, first sentence, anchor and text; null for what is neither value nor type
 */
export function sectionOf(exported, checker) {
  const symbol = resolved(exported, checker);
  const kind = kindOf(symbol);
  if (kind === undefined) return null;
  const lines = [`### \`${exported.name}\` (${kind})`, ""];
  const text = plain(symbol.getDocumentationComment(checker));
  if (text !== "") lines.push(text, "");
  const signature = signatureOf(symbol, kind, checker);
  if (signature !== "") lines.push("```ts", signature, "```", "");
  lines.push(...remarksOf(symbol, checker));
  if (kind === "interface" || kind === "class") {
    const heritage = heritageOf(symbol);
    if (heritage !== "") lines.push(heritage, "");
    const members = ownMembersOf(symbol, checker);
    const listed = members.filter((one) => !isMethod(one));
    if (listed.length > 0) lines.push(...listed.map((one) => lineOf(one, checker)), "");
    lines.push(...members.filter(isMethod).flatMap((one) => methodOf(one, exported.name, checker)));
  }
  const anchor = `${exported.name.toLowerCase()}-${kind}`;
  return { name: exported.name, kind, about: summaryOf(text), anchor, symbol, text: lines.join("\n") };
}
