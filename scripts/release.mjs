/**
 * Publishes the packages, in the order in which they need each other.
 *
 *     node scripts/release.mjs              what would be published, with every check; nothing leaves this machine
 *     node scripts/release.mjs --publish    publishes, with provenance
 *
 * Publishing works in a CI job only that may ask for an identity token (`id-token: write`): npm then signs, by that identity,
 * which commit and which job a package came from, and no npm token has to be kept anywhere. Status 2 when a check refuses.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { root } from "./toolbox.mjs";

const SCOPE = "@amazon-pay-kit/";
const publish = process.argv.includes("--publish");
const unknown = process.argv.slice(2).filter((argument) => argument !== "--publish");

const capture = (command, args, cwd = root) =>
  spawnSync(command, args, { cwd, encoding: "utf8", shell: process.platform === "win32" && command === "npm" });
const git = (...args) => capture("git", args).stdout.trim();

function fail(problems) {
  for (const problem of problems) process.stderr.write(`refused: ${problem}\n`);
  process.exit(2);
}

/** Packages of the workspace; each after those that it depends on. */
function inOrder() {
  const all = new Map(
    readdirSync(`${root}packages`)
      .filter((name) => existsSync(`${root}packages/${name}/package.json`))
      .map((name) => {
        const manifest = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8"));
        return [manifest.name, { folder: `${root}packages/${name}`, manifest }];
      }),
  );
  const done = [];
  const visit = (name) => {
    const one = all.get(name);
    if (one === undefined || done.includes(one)) return;
    for (const needed of Object.keys(one.manifest.dependencies ?? {})) visit(needed);
    done.push(one);
  };
  for (const name of [...all.keys()].sort()) visit(name);
  return done.filter(({ manifest }) => manifest.private !== true);
}

/** What keeps a package from being published. */
function problemsOf({ manifest, folder }, version) {
  const problems = [];
  const error = (what) => problems.push(`${manifest.name}: ${what}`);
  if (manifest.version !== version)
    error(`is ${manifest.version}, the workspace ${version}: all packages have one version`);
  if (manifest.license !== "Apache-2.0") error("has no licence Apache-2.0");
  if (!Array.isArray(manifest.files)) error("has no list `files`: everything in its folder would be published");
  if (!existsSync(`${folder}/dist`)) error("is not built: node scripts/build.mjs");
  const needed = Object.entries(manifest.dependencies ?? {});
  for (const [name, range] of needed) {
    if (name.startsWith(SCOPE) && range !== version) error(`needs ${name} ${range}, which is not ${version}`);
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range)) error(`needs ${name} as ${range}: versions are exact`);
  }
  if (["sdk", "money"].some((name) => manifest.name === SCOPE + name) && needed.length > 0)
    error("must not depend on anything");
  for (const script of ["preinstall", "install", "postinstall", "prepare"])
    if (manifest.scripts?.[script] !== undefined) error(`runs ${script} on its users' machines`);
  return problems;
}

if (unknown.length > 0) fail([`there is no option ${unknown.join(", ")}; the only one is --publish`]);
const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const packages = inOrder();
const problems = packages.flatMap((one) => problemsOf(one, version));
if (publish) {
  if (git("status", "--porcelain") !== "") problems.push("the work tree has changes that are not committed");
  if (!git("tag", "--points-at", "HEAD").split("\n").includes(`v${version}`))
    problems.push(`this commit has no tag v${version}`);
  if (process.env.ACTIONS_ID_TOKEN_REQUEST_URL === undefined && process.env.SIGSTORE_ID_TOKEN === undefined)
    problems.push("there is no identity to sign with: publish from a CI job that has `id-token: write`");
}
if (problems.length > 0) fail(problems);

for (const { manifest, folder } of packages) {
  const packed = capture("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], folder);
  if (packed.status !== 0) fail([`${manifest.name} cannot be packed: ${packed.stderr.trim()}`]);
  const parsed = JSON.parse(packed.stdout);
  const [{ files, size }] = Array.isArray(parsed) ? parsed : Object.values(parsed);
  const odd = files
    .map(({ path }) => path)
    .filter((path) => /(^|\/)(\.env|.*\.pem|.*\.key|.*\.tgz|node_modules)(\/|$)/.test(path));
  if (odd.length > 0) fail([`${manifest.name} would publish ${odd.join(", ")}`]);
  console.log(
    `${manifest.name.padEnd(28)} ${version}  ${String(files.length).padStart(4)} files  ${(size / 1024).toFixed(0).padStart(5)} KB`,
  );
  if (!publish) continue;
  const done = spawnSync("npm", ["publish", "--provenance", "--access", "public", "--ignore-scripts"], {
    cwd: folder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (done.status !== 0) fail([`${manifest.name} was not published; those above were. Mend it and run this again`]);
}
console.log(
  publish ? "Published." : "\nNothing was published. With --publish these go out, in this order, with provenance.",
);
