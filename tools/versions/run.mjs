/**
 * Notes of what changed, and the versions that follow from them (changesets, installed on first use).
 *
 *     npm run change                 asks what changed and how far it reaches, and writes a note into .changeset/
 *     npm run versions               takes the notes into CHANGELOG.md, and gives all packages the next version
 *     npm run versions -- --status   what the notes would make of the version; status 1 when a package changed without a note
 *
 * All packages share one version, so the farthest-reaching note decides. A note of a breaking change says what to do.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = join(here, "node_modules");
const root = fileURLToPath(new URL("../../", import.meta.url));

function fail(message) {
  process.stderr.write(`refused: ${message}\n`);
  process.exit(2);
}

/** Runs a program; ends with its status when it fails. */
function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(modules, "@changesets/cli"))) {
  process.stderr.write("Installing changesets (first run only) …\n");
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: here,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
}
const cli = JSON.parse(readFileSync(join(modules, "@changesets/cli/package.json"), "utf8"));
const changeset = (...args) =>
  run(process.execPath, [join(modules, "@changesets/cli", Object.values(cli.bin)[0]), ...args]);

/** What each kind of note is called in the changelog, the farthest-reaching first. */
const HEADINGS = [
  ["major", "Breaking: what to do"],
  ["minor", "New"],
  ["patch", "Mended"],
];

/** Notes that wait, each with its farthest-reaching kind. */
async function notes() {
  const { default: read } = createRequire(join(modules, "of-changesets.js"))("@changesets/read");
  return (await read(root)).map(({ summary, releases }) => ({
    summary: summary.trim(),
    kind: HEADINGS.map(([kind]) => kind).find((kind) => releases.some(({ type }) => type === kind)),
  }));
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const packages = () =>
  readdirSync(join(root, "packages"))
    .map((name) => join(root, "packages", name))
    .filter((folder) => existsSync(join(folder, "package.json")));

/** The one version of all packages. */
function version() {
  const versions = new Set(packages().map((folder) => manifestOf(folder).version));
  if (versions.size !== 1) fail(`packages have several versions: ${[...versions].join(", ")}`);
  return [...versions][0];
}

/** The notes as a section of the changelog, below what stood under "Unreleased". */
function intoChangelog(waiting, next) {
  const file = join(root, "CHANGELOG.md");
  const text = readFileSync(file, "utf8");
  const [, before, unreleased, after] =
    /^([\s\S]*?## Unreleased\n)([\s\S]*?)(?=\n## |$(?![\s\S]))([\s\S]*)$/.exec(text) ??
    fail("CHANGELOG.md has no section Unreleased");
  const sections = HEADINGS.flatMap(([kind, heading]) => {
    const lines = waiting
      .filter((note) => note.kind === kind)
      .map(({ summary }) => `- ${summary.replaceAll("\n", "\n  ")}`);
    return lines.length === 0 ? [] : [`### ${heading}\n\n${lines.join("\n")}`];
  });
  const body = [unreleased.trim(), ...sections].filter((part) => part !== "").join("\n\n");
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(file, `${before}\n## ${next}, ${today}\n\n${body}\n${after}`);
}

/** Files beside the packages that name the version. */
function elsewhere(last, next) {
  const manifests = [
    join(root, "package.json"),
    ...readdirSync(join(root, "examples")).map((name) => join(root, "examples", name, "package.json")),
  ];
  for (const file of manifests.filter((path) => existsSync(path))) {
    const text = readFileSync(file, "utf8");
    const own = text.replaceAll(
      new RegExp(`("(?:version|@amazon-pay-kit/[\\w-]+)": ")${last.replaceAll(".", "\\.")}"`, "g"),
      `$1${next}"`,
    );
    if (own !== text) writeFileSync(file, own);
  }
}

async function versions() {
  const waiting = await notes();
  if (waiting.length === 0) fail("there is no note of a change: npm run change writes one");
  const last = version();
  changeset("version");
  const next = version();
  if (next === last) fail("the notes change no version");
  elsewhere(last, next);
  intoChangelog(waiting, next);
  run("npm", ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"], {
    shell: process.platform === "win32",
  });
  process.stdout.write(
    `${last} -> ${next}: ${waiting.length} notes are in CHANGELOG.md. Look through it, commit, and tag v${next}.\n`,
  );
}

const [command, ...rest] = process.argv.slice(2);
if (command === "change" && rest.length === 0) changeset("add");
else if (command === "versions" && rest.length === 0) await versions();
else if (command === "versions" && rest.length === 1 && rest[0] === "--status") changeset("status");
else fail("usage: npm run change, npm run versions, npm run versions -- --status");
