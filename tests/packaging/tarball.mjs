/** What a packed package must hold, and must not. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const UNWANTED = [
  /\.test(-d)?\./,
  /\/conformance\//,
  /\/fixtures\//,
  // The sandbox's `testing` entry point is for its users' tests.
  /^(src|dist)\/.+\/testing\//,
  /tsbuildinfo$/,
  /\.tgz$/,
  /(^|\/)\.[^/]+$/,
];
const WANTED = ["package.json", "README.md", "LICENSE", "dist/index.js", "dist/index.d.ts"];

/** Lists the files of a tarball, without the folder `package/`. */
export function filesOf(tarball) {
  const { stdout, status } = spawnSync("tar", ["-tzf", tarball], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${tarball} cannot be read`);
  return stdout
    .trim()
    .split("\n")
    .map((path) => path.replace(/^package\//, ""));
}

const IMPORTED = /\b(?:from|import)\s*\(?\s*["']((?:@[\w-]+\/)?[a-z][\w.-]*)(?:\/[^"']*)?["']/g;

/** Packages that the JavaScript of `dist` imports and the manifest does not name: here they are installed, elsewhere they would be missing. */
function undeclared(files, folder, manifest) {
  const named = new Set([
    manifest.name,
    ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies }),
  ]);
  const found = new Set();
  for (const path of files.filter((name) => /^dist\/.*\.js$/.test(name))) {
    const code = readFileSync(`${folder}/${path}`, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
    for (const [, name] of code.matchAll(IMPORTED)) {
      if (name !== "node" && !named.has(name)) found.add(`${path} imports ${name}, which is no dependency`);
    }
  }
  return [...found];
}

/** Modules of `dist` that `require()` cannot load. */
function awaiting(files, folder) {
  return files
    .filter(
      (path) =>
        /^dist\/.*\.js$/.test(path) &&
        /^\s*await\s/m.test(readFileSync(`${folder}/${path}`, "utf8").replaceAll(/^\s+.*$/gm, "")),
    )
    .map((path) => `${path} has a top-level await, so require() cannot load it`);
}

/** What is wrong with the packed files. */
export function tarballProblems(files, folder) {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  return [
    ...files.filter((path) => UNWANTED.some((pattern) => pattern.test(path))).map((path) => `it holds ${path}`),
    ...WANTED.filter((path) => !files.includes(path)).map((path) => `it lacks ${path}`),
    ...["description", "keywords", "license", "engines", "publishConfig"]
      .filter((member) => manifest[member] === undefined)
      .map((member) => `its package.json has no ${member}`),
    ...undeclared(files, folder, manifest),
    ...awaiting(files, folder),
  ];
}

/** What the manifest of a packed package makes its users install. */
export function dependenciesOf(folder) {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  return Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  });
}
