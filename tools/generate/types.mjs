/** Reads the sdk's types with the compiler: schemas of answers, prose of members, and what the resources' methods take and give. */
import ts from "typescript";
import { root } from "../../scripts/toolbox.mjs";

const SDK = `${root}packages/sdk/src/`;
/** Branches of a union that only the client knows: it turns them into text before sending. */
const CLIENT_ONLY = new Set(["OtherValue", "Date", "MoneyLike"]);

/** A program over the sdk, with what the document needs of it. */
export function readTypes() {
  const entry = `${SDK}index.ts`;
  const rules = `${SDK}operations/fields/rules.ts`;
  const program = ts.createProgram([entry, rules], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    types: ["node"],
  });
  const checker = program.getTypeChecker();
  return {
    checker,
    methods: methodsOf(program, checker),
    rules: docsOfExports(program.getSourceFile(rules), checker),
    typeNamed: (name) => {
      const symbol = checker
        .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)))
        .find((found) => found.name === name);
      if (symbol === undefined) throw new Error(`the sdk exports no type ${name}`);
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return { type: checker.getDeclaredTypeOfSymbol(target), doc: docOf(target, checker) };
    },
  };
}

/** The prose of a symbol's docstring, on one line a paragraph. */
export function docOf(symbol, checker) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, " "))
    .join("\n\n");
}

function docsOfExports(source, checker) {
  const found = checker.getExportsOfModule(checker.getSymbolAtLocation(source));
  return new Map(found.map((symbol) => [symbol.name, docOf(symbol, checker)]));
}

/** What each operation's constant is called with: the method of a resource, by the name of the constant. */
function methodsOf(program, checker) {
  const methods = new Map();
  for (const source of program.getSourceFiles()) {
    if (!source.fileName.startsWith(`${SDK}resources/`)) continue;
    for (const statement of source.statements) {
      if (!ts.isClassDeclaration(statement) || statement.name === undefined) continue;
      for (const member of statement.members) {
        if (!ts.isMethodDeclaration(member)) continue;
        for (const operation of operationsIn(member)) {
          if (!methods.has(operation)) methods.set(operation, describe(statement, member, checker));
        }
      }
    }
  }
  return methods;
}

/** Constants that a method passes to `call`. */
function operationsIn(method) {
  const found = [];
  const visit = (node) => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === "call"
    ) {
      const [first] = node.arguments;
      if (first !== undefined && ts.isIdentifier(first)) found.push(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(method);
  return found;
}

function describe(resource, method, checker) {
  const symbol = checker.getSymbolAtLocation(method.name);
  const parameter = (name) => {
    const found = method.parameters.find((candidate) => candidate.name.getText() === name);
    return found === undefined ? undefined : checker.getTypeAtLocation(found);
  };
  const returned = checker.getSignatureFromDeclaration(method).getReturnType();
  const answer = (returned.aliasTypeArguments ?? checker.getTypeArguments(returned))[0];
  const tags = symbol.getJsDocTags(checker);
  return {
    tag: resource.name.text.replace(/^./, (letter) => letter.toLowerCase()),
    tagDoc: docOf(checker.getSymbolAtLocation(resource.name), checker),
    name: method.name.getText(),
    doc: docOf(symbol, checker),
    throws: tags
      .filter((tag) => tag.name === "throws")
      .map((tag) => ts.displayPartsToString(tag.text))
      .join(" "),
    body: parameter("body"),
    query: parameter("query"),
    answer,
  };
}

/** The name under which a type stands in the document; undefined for one that has none of its own. */
export function nameOf(type) {
  if (type.aliasSymbol !== undefined && type.aliasTypeArguments === undefined) return type.aliasSymbol.name;
  const symbol = type.symbol;
  const named = symbol !== undefined && symbol.flags & ts.SymbolFlags.Interface;
  return named && symbol.declarations?.[0]?.getSourceFile().fileName.startsWith(`${SDK}types/`)
    ? type.aliasTypeArguments === undefined && (type.typeArguments ?? []).length === 0
      ? symbol.name
      : undefined
    : undefined;
}

/** Branches of a type without `undefined`, and without what only the client knows. */
export function branchesOf(type) {
  const all = type.isUnion() ? type.types : [type];
  return all.filter(
    (branch) =>
      !(branch.flags & ts.TypeFlags.Undefined) && !CLIENT_ONLY.has(branch.aliasSymbol?.name ?? branch.symbol?.name),
  );
}

/** Whether a branch stands for values that this version does not list. */
export const isUnlisted = (branch) =>
  branch.isIntersection() && branch.types.some((part) => part.flags & ts.TypeFlags.TemplateLiteral);

/** Whether a branch is text that is an id: text with a mark. */
export const isMarkedText = (branch) =>
  branch.isIntersection() && branch.types.some((part) => part.flags & ts.TypeFlags.String);
