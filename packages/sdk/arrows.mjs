/** Functions of a module as arrows, which are shorter in a bundle. */
import ts from "typescript";

/** The bundler heeds this mark in front of functions only. */
const PURE = "@__NO_SIDE_EFFECTS__";

/** Whether some code means the `this` or the `arguments` of the function around it, which an arrow does not have. */
function needsItsOwn(node) {
  if (node.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(node) && node.text === "arguments")) return true;
  const inner = ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isClassLike(node);
  return !inner && ts.forEachChild(node, needsItsOwn) === true;
}

/**
 * Writes functions at the top of a module that only return something as constants that hold arrows. Longer ones stay: as arrows they
 * would save four characters instead of fifteen, and the engine reads them more slowly at a start. So does what has overloads, and what
 * is marked as free of side effects. A function that runs while its module loads has to stand above its use; the build loads each of
 * its outputs, and fails where it does not.
 *
 * @param text TypeScript; comes back with as many lines
 */
export function asArrows(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const declared = file.statements.filter(ts.isFunctionDeclaration);
  const edits = [];
  for (const each of declared) {
    const { name, body, asteriskToken, modifiers = [], parameters } = each;
    if (body === undefined || asteriskToken !== undefined || name === undefined) continue;
    const [only, ...more] = body.statements;
    if (only === undefined || !ts.isReturnStatement(only) || more.length > 0) continue;
    if (declared.some((other) => other !== each && other.name?.text === name.text)) continue;
    if (text.slice(each.pos, each.getStart()).includes(PURE)) continue;
    if ([...parameters, body].some((part) => ts.forEachChild(part, needsItsOwn) === true)) continue;
    const has = (kind) => modifiers.some((modifier) => modifier.kind === kind);
    const start = `${has(ts.SyntaxKind.ExportKeyword) ? "export " : ""}const ${name.text} =${has(ts.SyntaxKind.AsyncKeyword) ? " async " : " "}`;
    edits.push(
      [each.getStart(), name.end, start],
      [body.getStart(), body.getStart(), "=> "],
      [each.end, each.end, ";"],
    );
  }
  return edits
    .toSorted(([a], [b]) => b - a)
    .reduce((before, [from, to, words]) => before.slice(0, from) + words + before.slice(to), text);
}
