/**
 * Writes the package's JavaScript: one file for each entry point. `index.js` holds the client; every other file holds what its entry
 * point has of its own, and takes from `index.js` what it shares with the client.
 *
 * A program pays for every file at every start: as a hundred and fifty small files the client takes five times as long to load, as two
 * files a tenth longer. What is shared stands in one file only, because classes must be the same ones everywhere: an error that `mws`
 * throws has to be an instance of the class that the client exports. The types stay as the compiler writes them; they do not have the
 * names that start with `$`, by which the other files take what is shared: short ones, since a bundle of the whole client has them all.
 *
 * White space stays: without it a start is 2 percent faster, but the marks by which a bundler leaves out what a program does not use
 * would go with it.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, transform } from "esbuild";
import { asArrows } from "./arrows.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = resolve(here, process.argv[2] ?? "dist");
const manifest = JSON.parse(readFileSync(`${here}package.json`, "utf8"));
const [client, ...others] = Object.values(manifest.exports)
  .map((conditions) => conditions["@amazon-pay-kit/source"])
  .filter((source) => source !== undefined)
  .map((source) => resolve(here, source));
/** Files as they are bundled, by path: each is read for several outputs. */
const prepared = new Map();
/**
 * Leaves the documentation out of what runs: it is in the types, and a fifth of the characters to read at a start. Writes short functions
 * as arrows: every program that bundles the client would have to carry the words `function` and `return` hundreds of times. Lines stay
 * as they are, for the source maps.
 */
const shorter = {
  name: "shorter",
  setup(step) {
    step.onLoad({ filter: /\.ts$/, namespace: "file" }, ({ path }) => {
      if (!prepared.has(path)) {
        const plain = readFileSync(path, "utf8").replaceAll(/^[ \t]*\/\*\*[\s\S]*?\*\//gm, (text) =>
          text.replaceAll(/[^\n]/g, ""),
        );
        prepared.set(path, asArrows(path, plain));
      }
      return { loader: "ts", contents: prepared.get(path) };
    });
  },
};

const common = {
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  absWorkingDir: here,
  logLevel: "warning",
  metafile: true,
  plugins: [shorter],
};

const outputOf = (entry) => resolve(out, relative(`${here}src`, entry).replace(/\.ts$/, ".js"));
const outline = async (entry) => {
  const { metafile } = await build({ ...common, entryPoints: [entry], write: false });
  return Object.values(metafile.outputs)[0];
};

/** A file with a single character beyond ASCII is kept, and read, as two bytes for each of its characters: a twentieth of the start. */
function ascii(file) {
  const text = readFileSync(file, "utf8");
  const line = text.split("\n").find((each) => /[^\0-\x7F]/.test(each));
  if (line !== undefined) throw new Error(`${file}: write this line in ASCII, comments too: ${line.trim()}`);
  return text;
}

/** Modules whose code the client's file has. */
const inside = new Set(
  Object.entries((await outline(client)).inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => resolve(here, file)),
);
// One shared name instead of one for every operation.
inside.add(resolve(here, "src/operations/table.ts"));
/** What other entry points may take out of the client's file: the name they take it by, and where it comes from. */
const shared = new Map();
function share(file, name, as = `shared$${name}`) {
  const before = shared.get(as);
  if (before !== undefined && before.file !== file) return share(file, name, `${as}_`);
  shared.set(as, { file, name });
  return `${as} as ${name}`;
}

/** Reads a module of the client out of the file that holds it. */
const fromClient = (entry) => ({
  name: "from-client",
  setup(step) {
    step.onResolve({ filter: /^\./, namespace: "file" }, ({ path, importer, kind }) => {
      const file = resolve(dirname(importer), path);
      if (kind === "entry-point" || !inside.has(file)) return undefined;
      return { path: file, namespace: "client", sideEffects: false };
    });
    step.onResolve({ filter: /^client$/, namespace: "client" }, () => ({
      path: relative(dirname(outputOf(entry)), outputOf(client)),
      external: true,
    }));
    step.onLoad({ filter: /.*/, namespace: "client" }, async ({ path: file }) => {
      const { exports: names } = await outline(file);
      return { contents: `export { ${names.map((name) => share(file, name)).join(", ")} } from "client";` };
    });
  },
});

const taken = new Set();
/** Files with classes of their own, by the output that has them. */
const homes = new Map();
for (const entry of others) {
  const outfile = outputOf(entry);
  const options = {
    ...common,
    entryPoints: [entry],
    outfile,
    sourcemap: true,
    plugins: [fromClient(entry), shorter],
  };
  const { metafile } = await build(options);
  const text = ascii(outfile);
  for (const [name] of text.matchAll(/shared\$\w+/g)) taken.add(name);
  for (const file of Object.keys(metafile.inputs)) {
    if (file.startsWith("client:") || !/^(export )?(abstract )?class /m.test(readFileSync(`${here}${file}`, "utf8")))
      continue;
    const before = homes.get(file);
    if (before !== undefined) throw new Error(`${file}: its classes would be two, in ${before} and in ${outfile}`);
    homes.set(file, outfile);
  }
}

const short = new Map([...taken].sort().map((as, index) => [as, `$${index.toString(36)}`]));
for (const entry of others) {
  const outfile = outputOf(entry);
  const text = readFileSync(outfile, "utf8").replaceAll(/shared\$\w+/g, (as) => short.get(as));
  write(outfile, text.replaceAll(`// client:${here}`, "// client:"));
}
const contents = [...short]
  .map(([as, name]) => {
    const from = shared.get(as);
    return `export { ${from.name} as ${name} } from ${JSON.stringify(from.file)};`;
  })
  .join("\n");
await build({
  ...common,
  stdin: {
    contents: `export * from ${JSON.stringify(client)};\n${contents}`,
    resolveDir: here,
    sourcefile: "index.ts",
    loader: "ts",
  },
  outfile: outputOf(client),
  sourcemap: true,
});
ascii(outputOf(client));

/**
 * CommonJS, for programs that cannot `require` ES modules: Jest, AWS Lambda's runtimes, Node with --no-experimental-require-module.
 * It is made out of the files above, one for one. Where Node itself takes `module-sync`, `import` and `require` both get the ES
 * modules; elsewhere on Node `import` gets `node/`, which hands on what `cjs/` has: each class exists once, however it is loaded.
 */
const cjs = `${out}/cjs`;
const wrappers = `${out}/node`;
for (const folder of [cjs, wrappers]) rmSync(folder, { recursive: true, force: true });
for (const entry of [client, ...others]) {
  const esm = outputOf(entry);
  const name = relative(out, esm);
  const { code } = await transform(readFileSync(esm, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, ""), {
    format: "cjs",
    platform: "node",
    target: "node20",
    sourcefile: name,
  });
  write(`${cjs}/${name}`, code);
  const exported = (await outline(entry)).exports.toSorted().join(", ");
  const back = "../".repeat(name.split("/").length);
  write(`${wrappers}/${name}`, `export { ${exported} } from "${back}cjs/${name}";\n`);
}
// Each output loads: functions that became constants stand above their use.
for (const entry of [client, ...others]) await import(pathToFileURL(outputOf(entry)).href);
write(`${cjs}/package.json`, `${JSON.stringify({ type: "commonjs" })}\n`);
// TypeScript takes a declaration's module system from the package.json nearest to it, so the types stand there once more.
for (const entry of readdirSync(out, { withFileTypes: true, recursive: true })) {
  const path = relative(out, `${entry.parentPath}/${entry.name}`);
  if (entry.isFile() && path.endsWith(".d.ts") && !/^(cjs|node)\//.test(path))
    cpSync(`${out}/${path}`, `${cjs}/${path}`);
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
