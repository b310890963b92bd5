/**
 * The rules that a general linter cannot know. Each has a test in tests/lint/lint.test.ts.
 *
 * - boundaries: a package imports only the packages that its row allows (decisions/0002-packages.md).
 * - ambient: time and randomness come through the Clock and Random ports, so that the whole kit
 *   can run under a seed. Only the adapters of those ports may touch the real ones.
 * - names: no junk drawers.
 */
const PACKAGES = {
  backports: [],
  money: [],
  messages: [],
  sdk: [],
  packed: [],
  tabular: ["money", "packed"],
  reports: ["money", "packed"],
  statements: ["money", "packed", "tabular"],
  orders: ["money", "packed", "tabular"],
  browser: [],
  create: ["money"],
  opentelemetry: ["sdk"],
  payments: ["money", "sdk"],
  medusa: ["money", "sdk", "payments"],
  vendure: ["money", "sdk", "payments"],
  ledger: ["backports", "messages", "money", "sdk", "reports", "statements", "orders", "tabular"],
  sandbox: [
    "backports",
    "messages",
    "money",
    "sdk/signing",
    "sdk/operations",
    "sdk/clock",
    "sdk/random",
    "sdk/notifications",
    "reports",
    "reports/csv",
  ],
  worker: ["money", "sdk", "ledger"],
  dashboard: ["backports", "money", "ledger", "messages"],
  cli: null,
};

const SCOPE = "@amazon-pay-kit/";

function placeOf(filename) {
  const path = filename.replaceAll("\\", "/");
  const owner = /(?:^|\/)packages\/([a-z]+)\/src\//.exec(path)?.[1];
  const test = /\.test(-d)?\.tsx?$|\/conformance\/|\/testing\//.test(path);
  return { path, owner, test };
}

function allowed(owner, target) {
  const row = PACKAGES[owner];
  if (row === null || row === undefined) return true;
  const [name] = target.split("/");
  return (
    name === owner || row.includes(target) || (row.includes(name) && !row.some((entry) => entry.startsWith(`${name}/`)))
  );
}

const boundaries = {
  meta: { type: "problem", docs: { description: "one way through the packages" } },
  create(context) {
    const { owner, test } = placeOf(context.filename);
    if (owner === undefined || test) return {};
    const check = (node, source) => {
      if (typeof source !== "string") return;
      if (source.startsWith(SCOPE) && !allowed(owner, source.slice(SCOPE.length))) {
        context.report({
          node,
          message: `packages/${owner} must not import ${source}: see the table in decisions/0002-packages.md`,
        });
      }
      if (/^(\.\.\/)+[a-z]+\/src\//.test(source)) {
        context.report({ node, message: `import another package by its published name, not by path: ${source}` });
      }
      if (
        owner === "sdk" &&
        source.startsWith("node:") &&
        !/\/sdk\/src\/(transport|keys|mws|compat|clock|random)\//.test(context.filename.replaceAll("\\", "/"))
      ) {
        context.report({ node, message: `packages/sdk runs on every runtime; ${source} belongs in its Node adapters` });
      }
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source?.value),
    };
  },
};

const ADAPTERS = /packages\/sdk\/src\/(clock|random)\//;
const TIMERS = new Set(["setTimeout", "setInterval", "setImmediate"]);
const AMBIENT_MEMBERS = new Set([
  "Date.now",
  "Math.random",
  "performance.now",
  "crypto.randomUUID",
  "crypto.getRandomValues",
  "crypto.randomBytes",
  "process.hrtime",
]);
const AMBIENT_IMPORTS = new Set(["randomUUID", "randomBytes", "randomInt", "setTimeout", "setInterval"]);

const ambient = {
  meta: { type: "problem", docs: { description: "time and randomness only through Clock and Random" } },
  create(context) {
    const { path, owner, test } = placeOf(context.filename);
    const simulation = path.includes("/simulation/") || path.startsWith("simulation/");
    if ((owner === undefined && !simulation) || test || ADAPTERS.test(path)) return {};
    const report = (node, what) =>
      context.report({
        node,
        message: `${what} is not allowed here: take time from a Clock and chance from a Random (packages/sdk/src/clock, packages/sdk/src/random)`,
      });
    return {
      MemberExpression(node) {
        if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
        const name = `${node.object.name}.${node.property.name}`;
        if (AMBIENT_MEMBERS.has(name)) report(node, name);
        if ((node.object.name === "globalThis" || node.object.name === "window") && TIMERS.has(node.property.name))
          report(node, name);
      },
      NewExpression(node) {
        if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0)
          report(node, "new Date()");
      },
      CallExpression(node) {
        if (node.callee.type !== "Identifier") return;
        if (TIMERS.has(node.callee.name)) report(node, `${node.callee.name}()`);
        if (node.callee.name === "Date" && node.arguments.length === 0) report(node, "Date()");
      },
      ImportDeclaration(node) {
        if (!/^(node:)?(crypto|timers)(\/promises)?$/.test(node.source.value)) return;
        for (const specifier of node.specifiers) {
          const name = specifier.imported?.name;
          if (name !== undefined && AMBIENT_IMPORTS.has(name)) report(specifier, `${name} from ${node.source.value}`);
        }
      },
    };
  },
};

const DRAWERS = /(^|\/)[^/]*\b(utils?|helpers?|managers?|misc|common)\b[^/]*(\/|\.tsx?$)/i;

const names = {
  meta: { type: "suggestion", docs: { description: "the path is the concept" } },
  create(context) {
    const { path, owner } = placeOf(context.filename);
    if (owner === undefined) return {};
    return {
      Program(node) {
        const inside = path.slice(path.indexOf("/src/") + 5);
        if (DRAWERS.test(inside))
          context.report({ node, message: `name the concept: "${inside}" says nothing about what it holds` });
      },
    };
  },
};

export default { meta: { name: "kit" }, rules: { boundaries, ambient, names } };
