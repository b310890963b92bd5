/**
 * Finds circles of folders: two folders side by side that import each other, directly or through others.
 *
 * The linter's `import/no-cycle` sees circles of files only. Two folders can depend on each other without one, and then neither
 * can be read, tested or moved alone. A folder counts with everything below it; tests and fixtures may import what they like.
 *
 * Run: `node tools/lint/circles.mjs [folder …]`, by default every `packages/<name>/src`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = /\.(ts|tsx|js)$/;
const TEST = /\.test(-d)?\.tsx?$|(^|\/)(conformance|testing|fixtures)\//;
const IMPORT = /\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;

/** Every source file below a folder, by its path within it. */
function sources(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !TEST.test(path));
}

/** For each pair of sibling folders where the first imports the second: `parent` → `from` → `to` → the imports. */
function edgesOf(root) {
  const parents = new Map();
  for (const file of sources(root)) {
    for (const [, specifier] of readFileSync(join(root, file), "utf8").matchAll(IMPORT)) {
      const target = normalize(join(dirname(file), specifier))
        .split(sep)
        .join("/");
      if (target.startsWith("..")) continue;
      const [here, there] = [dirname(file).split("/"), dirname(target).split("/")];
      let common = 0;
      while (common < here.length && common < there.length && here[common] === there[common]) common += 1;
      const [from, to] = [here[common], there[common]];
      if (from === undefined || to === undefined || from === "." || to === ".") continue;
      const parent = here.slice(0, common).join("/");
      const edges = parents.get(parent) ?? parents.set(parent, new Map()).get(parent);
      const row = edges.get(from) ?? edges.set(from, new Map()).get(from);
      (row.get(to) ?? row.set(to, []).get(to)).push(`${file} → ${target}`);
    }
  }
  return parents;
}

/** The folders that can be reached from one. */
function reachable(edges, from) {
  const seen = new Set();
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const to of edges.get(next)?.keys() ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      waiting.push(to);
    }
  }
  return seen;
}

/**
 * The circles below a folder, each as text: which folders, and the imports between them.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function folderCircles(root) {
  const found = [];
  for (const [parent, edges] of edgesOf(root)) {
    const reach = new Map([...edges.keys()].map((name) => [name, reachable(edges, name)]));
    const done = new Set();
    for (const [name, others] of reach) {
      if (!others.has(name) || done.has(name)) continue;
      const circle = [name, ...[...others].filter((other) => other !== name && reach.get(other)?.has(name))].toSorted();
      for (const member of circle) done.add(member);
      const lines = circle.flatMap((from) =>
        circle.flatMap((to) => {
          const imports = edges.get(from)?.get(to) ?? [];
          return imports.length === 0
            ? []
            : [`  ${from} → ${to} (${imports.length}): ${imports.slice(0, 2).join(", ")}`];
        }),
      );
      found.push(`${join(root, parent)}: folders import each other: ${circle.join(", ")}\n${lines.join("\n")}`);
    }
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packages = fileURLToPath(new URL("../../packages/", import.meta.url));
  const given = process.argv.slice(2);
  const roots =
    given.length > 0 ? given : readdirSync(packages).map((name) => relative(".", join(packages, name, "src")));
  const circles = roots.flatMap(folderCircles);
  for (const circle of circles) console.error(circle);
  process.exitCode = circles.length === 0 ? 0 : 1;
}
