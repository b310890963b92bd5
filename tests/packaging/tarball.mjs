/** What a packed package must hold, and must not. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { build } from "esbuild";

const UNWANTED = [
  // The shop that `create` writes has tests of its own.
  /^(?!template\/).*\.test(-d)?\./,
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

/** Packages that the JavaScript of `dist` imports and the manifest does not name: here they are installed, elsewhere they would be missing. */
async function undeclared(files, folder, manifest) {
  const named = new Set([
    manifest.name,
    ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies }),
  ]);
  const { metafile } = await build({
    entryPoints: files.filter((name) => /^dist\/.*\.js$/.test(name)).map((name) => `${folder}/${name}`),
    absWorkingDir: folder,
    outdir: `${folder}/unused`,
    bundle: true,
    write: false,
    metafile: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "silent",
    loader: { ".css": "text" },
  });
  const found = new Set();
  for (const [path, { imports }] of Object.entries(metafile.inputs))
    for (const { path: imported, external } of imports) {
      const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(imported) ?? [""];
      if (external && !isBuiltin(imported) && !named.has(name))
        found.add(`${path} imports ${name}, which is no dependency`);
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
export async function tarballProblems(files, folder) {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  return [
    ...files.filter((path) => UNWANTED.some((pattern) => pattern.test(path))).map((path) => `it holds ${path}`),
    ...WANTED.filter((path) => !files.includes(path)).map((path) => `it lacks ${path}`),
    ...["description", "keywords", "license", "engines", "publishConfig"]
      .filter((member) => manifest[member] === undefined)
      .map((member) => `its package.json has no ${member}`),
    ...(await undeclared(files, folder, manifest)),
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
