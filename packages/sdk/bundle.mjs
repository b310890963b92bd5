/**
 * Writes the package's JavaScript: `core.js` with the client and all that other entry points share with it, one file for each of
 * the larger other entry points, and a line of re-exports for the rest.
 *
 * A program pays for every file at every start: as a hundred and fifty small ones the client takes five times as long to load.
 * What is shared stands in one file only, because classes must be the same ones everywhere: an error that `mws` throws has to be
 * an instance of the class that the client exports. The types stay as the compiler writes them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = resolve(here, process.argv[2] ?? "dist");
const manifest = JSON.parse(readFileSync(`${here}package.json`, "utf8"));
const entries = Object.values(manifest.exports).map((conditions) =>
  resolve(here, conditions["@amazon-pay-kit/source"]),
);
/** Entry points with much of their own, which the client does not need. */
const apart = entries.filter((entry) => /\/(notifications|mws|compat)\//.test(entry));
const close = entries.filter((entry) => !apart.includes(entry));
const common = {
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  absWorkingDir: here,
  logLevel: "warning",
  metafile: true,
};

const slug = (file) => relative(`${here}src`, file).replace(/\.ts$/, "").replaceAll(/\W/g, "_");
const outputOf = (entry) => resolve(out, relative(`${here}src`, entry).replace(/\.ts$/, ".js"));
const outline = (entryPoints, more = {}) => build({ ...common, entryPoints, write: false, outdir: out, ...more });

/** Names that a module exports at run time. */
async function namesOf(file) {
  const { metafile } = await outline([file]);
  return Object.values(metafile.outputs)[0].exports;
}

const inside = new Set(
  Object.keys((await outline(close, { entryNames: "[dir]/[name]" })).metafile.inputs).map((file) =>
    resolve(here, file),
  ),
);
/** Modules of the core that the entry points apart from it import. */
const borrowed = new Set();

/** Reads a module of the core out of the file that holds it. */
const fromCore = {
  name: "from-core",
  setup(step) {
    step.onResolve({ filter: /^\./, namespace: "file" }, ({ path, importer, kind }) => {
      const file = resolve(dirname(importer), path);
      if (kind === "entry-point" || !inside.has(file)) return undefined;
      borrowed.add(file);
      return { path: file, namespace: "core", sideEffects: false };
    });
    step.onResolve({ filter: /^core$/, namespace: "core" }, () => ({ path: "../core.js", external: true }));
    step.onLoad({ filter: /.*/, namespace: "core" }, async ({ path }) => ({
      contents: `export { ${(await namesOf(path)).map((name) => `${slug(path)}$${name} as ${name}`).join(", ")} } from "core";`,
    }));
  },
};

await Promise.all(
  apart.map((entry) =>
    build({ ...common, entryPoints: [entry], outfile: outputOf(entry), sourcemap: true, plugins: [fromCore] }),
  ),
);

const exported = [...new Set([...close, ...borrowed])];
const names = new Map(await Promise.all(exported.map(async (file) => [file, await namesOf(file)])));
const contents = exported
  .flatMap((file) =>
    names.get(file).map((name) => `export { ${name} as ${slug(file)}$${name} } from ${JSON.stringify(file)};`),
  )
  .join("\n");
await build({
  ...common,
  stdin: { contents, resolveDir: here, sourcefile: "core.ts", loader: "ts" },
  outfile: resolve(out, "core.js"),
  sourcemap: true,
});
for (const entry of close) {
  const list = names.get(entry).map((name) => `${slug(entry)}$${name} as ${name}`);
  const output = outputOf(entry);
  const path = relative(dirname(output), resolve(out, "core.js"));
  writeFileSync(output, `export { ${list.join(", ")} } from "${path.startsWith(".") ? path : `./${path}`}";\n`);
}
