/**
 * Puts counters into a program's text: one at the start of every stretch that runs as a whole (function, branch, loop, case,
 * right side of `&&`), and one for each comparison with a text, which counts how much of the text was right. A fuzzer sees by
 * them which bytes led to a new place, and which came closer.
 */
import { parseAst } from "rolldown/parseAst";

/** Counters of all modules together; a number beyond comes round again. */
export const COUNTERS = 1 << 16;

const isNode = (value) => typeof value === "object" && value !== null && typeof value.type === "string";

/**
 * @param {string} code JavaScript
 * @param {() => number} next gives the number of the next counter
 * @returns {{ code: string, words: string[] }} the program with counters, and the texts that it speaks of
 */
export function instrumented(code, next) {
  /** Closing texts come before opening ones of the same place; otherwise the order is that of asking. */
  const closing = [];
  const opening = [];
  const replaced = [];
  const words = new Set();
  const count = () => `__apayHit(${next()})`;
  const open = (at, text) => opening.push([at, text]);
  const close = (at, text) => closing.push([at, text]);

  const statement = (node) => {
    if (node.type === "BlockStatement") {
      open(node.start + 1, `${count()};`);
      visit(node);
      return;
    }
    open(node.start, `{${count()};`);
    visit(node);
    close(node.end, "}");
  };
  const expression = (node) => {
    open(node.start, `(${count()},`);
    visit(node);
    close(node.end, ")");
  };
  const body = (node) => {
    const first = node.body.find((one) => one.directive === undefined);
    open(first?.start ?? node.end - 1, `${count()};`);
    visit(node);
  };
  const isText = (node) => node.type === "Literal" && typeof node.value === "string" && node.value.length > 1;

  const VISIT = {
    Literal(node) {
      if (typeof node.value === "string" && node.value.length > 1 && node.value.length <= 40) words.add(node.value);
    },
    FunctionDeclaration: (node) => callable(node),
    FunctionExpression: (node) => callable(node),
    ArrowFunctionExpression: (node) => callable(node),
    IfStatement(node) {
      visit(node.test);
      statement(node.consequent);
      if (node.alternate) statement(node.alternate);
      else close(node.consequent.end, ` else {${count()}}`);
    },
    ConditionalExpression(node) {
      visit(node.test);
      expression(node.consequent);
      expression(node.alternate);
    },
    LogicalExpression(node) {
      visit(node.left);
      expression(node.right);
    },
    BinaryExpression(node) {
      const { left, right, operator } = node;
      const same = operator === "===" || operator === "!==";
      if (!same || !isText(right) || left.type === "UnaryExpression") return children(node);
      open(node.start, `${operator === "!==" ? "!" : ""}__apaySame(${next()},`);
      visit(left);
      const at = code.indexOf(operator, left.end);
      replaced.push([at, at + operator.length, ","]);
      visit(right);
      close(node.end, ")");
    },
    SwitchCase(node) {
      if (node.test) visit(node.test);
      const [first] = node.consequent;
      if (first) open(first.start, `${count()};`);
      node.consequent.forEach(visit);
    },
    CatchClause(node) {
      open(node.body.start + 1, `${count()};`);
      visit(node.body);
    },
    // Names of modules and members are no texts, and may not become calls.
    ImportDeclaration() {},
    ExportAllDeclaration() {},
    ExportNamedDeclaration(node) {
      if (node.declaration) visit(node.declaration);
    },
  };
  for (const loop of ["For", "ForIn", "ForOf", "While", "DoWhile"]) {
    VISIT[`${loop}Statement`] = (node) => {
      for (const part of ["init", "left", "right", "test", "update"]) if (isNode(node[part])) visit(node[part]);
      statement(node.body);
    };
  }
  function callable(node) {
    node.params.forEach(visit);
    if (node.body.type === "BlockStatement") body(node.body);
    else expression(node.body);
  }
  function children(node) {
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) value.forEach((one) => isNode(one) && visit(one));
      else if (isNode(value)) visit(value);
    }
  }
  function visit(node) {
    const special = VISIT[node.type];
    if (special) special(node);
    else children(node);
  }

  const tree = parseAst(code);
  visit(tree);
  const changes = [
    ...closing.map(([at, text]) => [at, at, text, 0]),
    ...opening.map(([at, text]) => [at, at, text, 1]),
    ...replaced.map(([from, to, text]) => [from, to, text, 2]),
  ].sort((left, right) => left[0] - right[0] || left[3] - right[3]);
  let done = "";
  let at = 0;
  for (const [from, to, text] of changes) {
    done += code.slice(at, from) + text;
    at = to;
  }
  return { code: done + code.slice(at), words: [...words] };
}
