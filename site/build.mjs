/**
 * Builds the documentation site: the pages below `docs/`, the notes below `decisions/`, a page an operation and a schema of
 * `packages/sdk/openapi.json`, and a form that signs a request in the browser.
 *
 *     node site/build.mjs                                   builds into site/dist/VERSION; status 1 for a link that leads nowhere
 *     node site/build.mjs --out DIR                         … into DIR/VERSION; versions built earlier stay beside it
 *     node site/build.mjs --repository https://host/o/n     links to files that are no pages lead there
 *
 * All addresses in the result are relative: the folder works from any place of any web server, and can be read from a disk.
 * VitePress is installed into `site/` at first use; the build itself needs no network.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { stagePages } from "./pages.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("..", import.meta.url));

/** `--help`-free on purpose: three options, and what is wrong with one is said. */
function options() {
  try {
    return parseArgs({ options: { out: { type: "string" }, repository: { type: "string" } } }).values;
  } catch (error) {
    process.stderr.write(`refused: ${error.message} There are --out and --repository.\n`);
    process.exit(2);
  }
}

function install() {
  if (existsSync(`${here}node_modules/vitepress`)) return;
  process.stderr.write("Installing VitePress (first run only) …\n");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: here,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Newest first; a pre-release comes after its release. */
const byVersion = (left, right) => right.localeCompare(left, "en", { numeric: true });

/** The versions that lie in the folder: for the menu of every one of them, and for the folder's own first page. */
function writeVersions(out) {
  const versions = readdirSync(out, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(out, entry.name, "index.html")))
    .map(({ name }) => name)
    .sort(byVersion);
  writeFileSync(join(out, "versions.json"), `${JSON.stringify(versions)}\n`);
  const [newest] = versions;
  writeFileSync(
    join(out, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>Amazon Pay Kit</title>` +
      `<meta http-equiv="refresh" content="0; url=${newest}/index.html"><a href="${newest}/index.html">Amazon Pay Kit ${newest}</a>\n`,
  );
}

const { out: folder = join(here, "dist"), repository } = options();
const out = resolve(folder);
const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
install();
const pages = stagePages({ root, pages: join(here, ".pages"), repository });
const target = join(out, version);
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const { status, error } = spawnSync(
  process.execPath,
  [join(here, "node_modules/vitepress/bin/vitepress.js"), "build", here, "--outDir", target],
  { cwd: here, stdio: "inherit", env: { ...process.env, SITE_VERSION: version, SITE_REPOSITORY: repository ?? "" } },
);
if (error) throw error;
if (status !== 0) process.exit(status ?? 1);
writeVersions(out);
console.log(`${pages} pages: ${join(target, "index.html")}`);
