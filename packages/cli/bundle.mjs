/**
 * Writes what `bin/apay.js` runs: `dist/bundle/`, in which a command is read when it is called and not before.
 *
 * As separate modules the commands and all packages below them are 1,700 files, which every start would open. Here the table of
 * commands keeps what help, completion and the pages need (names, options, examples), as data taken from the compiled table itself,
 * and the work of each command is behind an `import()`; what commands share is split into chunks. Packages with native
 * parts, or that are loaded only on demand already, stay outside.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "rolldown";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "dist/bundle");
const TABLE = join(here, "src/commands/index.ts");
const OUTSIDE = [/^(pg|pg-boss|pg-copy-streams|pg-cursor|@photostructure\/sqlite)$/, /^@aws-sdk\//];

/** Where each command comes from: the file under `commands/` and the name it is exported by. */
async function homes() {
  const found = new Map();
  for (const file of readdirSync(join(here, "dist/commands")).filter((name) => name.endsWith(".js"))) {
    if (file === "index.js") continue;
    const exported = await import(pathToFileURL(join(here, "dist/commands", file)).href);
    for (const [name, row] of Object.entries(exported)) found.set(row, { file: file.replace(/\.js$/, ".ts"), name });
  }
  return found;
}

/** The table with `run` of each row behind an import; everything else of a row must be plain data. */
async function lazyTable() {
  const { COMMANDS, GROUPS } = await import(pathToFileURL(join(here, "dist/commands/index.js")).href);
  const places = await homes();
  const rows = [];
  const runs = COMMANDS.map(({ run, ...row }) => {
    const home = places.get(COMMANDS.find((each) => each.run === run));
    if (home === undefined) throw new Error(`the command ${row.name} is exported by no file under commands/`);
    rows.push(row);
    const load = `import(${JSON.stringify(`./${home.file}`)})`;
    return `async (context, input) => (await ${load}).${home.name}.run(context, input)`;
  });
  const data = JSON.stringify({ GROUPS, rows }, function (key, value) {
    if (typeof value === "function") throw new Error(`${this.name ?? key}: ${key} is code; only run may be`);
    return value;
  });
  // As text: an object that is written out and made once takes the engine four times as long as JSON.
  return `const table = JSON.parse(${JSON.stringify(data)});
const runs = [\n${runs.join(",\n")}\n];
export const GROUPS = table.GROUPS;
export const COMMANDS = table.rows.map((row, index) => Object.assign(row, { run: runs[index] }));
`;
}

const table = await lazyTable();
const lazyCommands = {
  name: "lazy-commands",
  load: (id) => (id === TABLE ? { code: table, moduleType: "js" } : null),
};

/**
 * Commander asks for these when it is loaded, for commands that are programs of their own. Here there are none, and for its sake Node
 * would load streams, promises and child processes, which takes longer than commander itself. They come when they are called.
 */
const LATE = { "node:child_process": ["spawn"], "node:fs": ["existsSync", "realpathSync"] };
const lateModules = {
  name: "late-modules",
  resolveId: (id, importer) => (id in LATE && importer?.includes("commander") ? `\0late:${id}` : null),
  load(id) {
    const name = /^\0late:(.*)$/.exec(id)?.[1];
    if (name === undefined) return null;
    const member = (one) => `export const ${one} = (...given) => process.getBuiltinModule("${name}").${one}(...given);`;
    return LATE[name].map(member).join("\n");
  },
};

/**
 * What is loaded together is one file: to find, read and link one costs a start half a millisecond, and by shared use alone the way
 * to a list of settlements goes over sixty.
 */
const GROUPS = [
  // Not main.ts itself, which waits for the program, as that would wait for it.
  { name: "start", tags: ["$initial"], test: /(?<![\\/]main\.ts)$/, priority: 5 },
  { name: "program", test: /[\\/]cli[\\/]src[\\/]program\.ts$/, priority: 4 },
  // Small, and used nearly everywhere.
  {
    name: "common",
    test: /[\\/](money|backports)[\\/]src[\\/]|[\\/]sdk[\\/]src[\\/](clock|random)[\\/]|[\\/]src[\\/](\w+[\\/])*errors\.ts$/,
    priority: 3,
  },
  { name: "config", test: /[\\/]cli[\\/]src[\\/](program[\\/]context|config[\\/]config)\.ts$/, priority: 2 },
  { name: "books", test: /[\\/]ledger[\\/]src[\\/]ledger\.ts$/, priority: 1 },
];

rmSync(out, { recursive: true, force: true });
const { output } = await build({
  cwd: here,
  input: join(here, "src/main.ts"),
  platform: "node",
  external: OUTSIDE,
  resolve: { conditionNames: ["@amazon-pay-kit/source", "import", "node", "default"], mainFields: ["module", "main"] },
  tsconfig: join(root, "tsconfig.base.json"),
  plugins: [lazyCommands, lateModules],
  // Merged, what SQLite and PostgreSQL share would be in the chunk of one of them, and every start would load the driver of it.
  experimental: { chunkOptimization: { mergeCommonChunks: false } },
  output: {
    dir: out,
    format: "esm",
    minify: { compress: true, mangle: false, codegen: true },
    comments: false,
    chunkFileNames: "chunks/[name]-[hash].js",
    codeSplitting: { groups: GROUPS },
  },
});

/** What a start reads before it knows which command is meant: nothing that only some commands need. */
const LIGHT =
  /[\\/](packages[\\/]cli|packages[\\/]sdk[\\/]src[\\/](clock|random)|node_modules[\\/]commander)[\\/]|money[\\/]src[\\/](printable|kit-error)\.ts|rolldown[\\/]runtime|^\0late:/;
const chunks = new Map(output.filter(({ type }) => type === "chunk").map((chunk) => [chunk.fileName, chunk]));
const atStart = new Set(["main.js", ...[...chunks.keys()].filter((name) => name.startsWith("chunks/program-"))]);
for (const name of atStart) {
  for (const each of chunks.get(name)?.imports ?? []) atStart.add(each);
  const heavy = chunks.get(name)?.moduleIds.find((file) => !LIGHT.test(file));
  if (heavy !== undefined)
    throw new Error(`every start of apay would load ${heavy}: import it where a command needs it`);
}

/** The licences of what is inside ask to travel with it. */
const inside = new Map();
for (const file of output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []))) {
  const [, folder, name] = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file.replaceAll("\\", "/")) ?? [];
  if (name !== undefined) inside.set(name, folder);
}
const notices = [...inside].sort().map(([name, folder]) => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const licence = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = licence === undefined ? "" : `\n\n${readFileSync(join(folder, licence), "utf8").trim()}`;
  return `${name} ${manifest.version} (${manifest.license})${text}`;
});
// What `apay mcp` searches: made by scripts/llms.mjs.
execFileSync(process.execPath, [join(root, "scripts/llms.mjs"), "--with-reference", join(here, "dist/pages.txt")]);
writeFileSync(join(out, "THIRD-PARTY-NOTICES.txt"), `${notices.join("\n\n-----\n\n")}\n`);
