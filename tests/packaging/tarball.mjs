/** What the packed sdk must hold, and must not. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const UNWANTED = [/\.test(-d)?\./, /\/conformance\//, /\/fixtures\//, /tsbuildinfo$/, /\.tgz$/, /(^|\/)\.[^/]+$/];
const WANTED = ["package.json", "dist/index.js", "dist/index.d.ts"];

/** Lists the files of a tarball, without the folder `package/`. */
export function filesOf(tarball) {
  const { stdout, status } = spawnSync("tar", ["-tzf", tarball], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${tarball} cannot be read`);
  return stdout
    .trim()
    .split("\n")
    .map((path) => path.replace(/^package\//, ""));
}

/** What is wrong with the packed files. */
export function tarballProblems(files, folder) {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const dependencies = Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  });
  return [
    ...dependencies.map((name) => `it depends on ${name}`),
    ...files.filter((path) => UNWANTED.some((pattern) => pattern.test(path))).map((path) => `it holds ${path}`),
    ...WANTED.filter((path) => !files.includes(path)).map((path) => `it lacks ${path}`),
    ...files
      .filter(
        (path) =>
          /^dist\/.*\.js$/.test(path) &&
          /^\s*await\s/m.test(readFileSync(`${folder}/${path}`, "utf8").replaceAll(/^\s+.*$/gm, "")),
      )
      .map((path) => `${path} has a top-level await, so require() cannot load it`),
  ];
}
