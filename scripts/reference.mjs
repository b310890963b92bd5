/**
 * Writes `docs/reference/`: what the packages export, with what their docstrings say, and the codes of their errors. The
 * examples of the docstrings are compiled; status 1 when one does not.
 *
 *     node scripts/reference.mjs           writes the pages
 *     node scripts/reference.mjs --check   status 1 when a page is not what the sources say
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { problemsOf } from "./reference-examples.mjs";
import { pagesOf } from "./reference-pages.mjs";
import { kindOf, resolved, tagsOf } from "./reference-sections.mjs";
import { root } from "./toolbox.mjs";

/** Packages in the order in which a reader meets them; others follow by name. The command line has a page of its own. */
const FIRST = ["sdk", "sandbox", "ledger"];
const packagesByName = readdirSync(`${root}packages`)
  .filter((name) => name !== "cli" && existsSync(`${root}packages/${name}/package.json`))
  .sort();
const PACKAGES = [...FIRST, ...packagesByName.filter((name) => !FIRST.includes(name))];
const SOURCE = "@amazon-pay-kit/source";

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
      const symbol = resolved(one, checker);
      if (seen.has(symbol)) continue;
      seen.add(symbol);
      const kind = kindOf(symbol);
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
const pages = pagesOf(
  PACKAGES.map((name) => ({ name, entries: entriesOf(name) })),
  program,
);
const check = process.argv.includes("--check");
const stale = [];
for (const [path, text] of pages) {
  const file = join(folder, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  stale.push(path);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
for (const entry of existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : []) {
  const path = join(entry.parentPath, entry.name)
    .slice(folder.length + 1)
    .replaceAll("\\", "/");
  if (!entry.isFile() || pages.has(path)) continue;
  stale.push(path);
  if (!check) rmSync(join(folder, path));
}
if (check && stale.length > 0) {
  process.stderr.write(`not what the docstrings say, below docs/reference: ${stale.join(", ")}. Run: npm run docs\n`);
  process.exit(1);
}
