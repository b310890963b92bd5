/**
 * Publishes the packages, in the order in which they need each other.
 *
 *     node scripts/release.mjs                      what would be published, with every check; nothing leaves this machine
 *     node scripts/release.mjs --out release        … and the tarballs, each with its bill of materials (CycloneDX), in a folder
 *     node scripts/release.mjs --publish --repository https://github.com/OWNER/NAME
 *                                                   publishes, with provenance
 *
 * `--repository`, or `RELEASE_REPOSITORY`, is where this source lies: npm takes a provenance only where the package names the
 * repository that has signed it, so it goes into every package.json of the release, with the package's folder. What is
 * packed is packed twice, and must come out as the same bytes.
 *
 * Publishing works in a CI job only that may ask for an identity token (`id-token: write`): npm then signs, by that identity,
 * which commit and which job a package came from, and no npm token has to be kept anywhere. Status 2 when a check refuses.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { packAll } from "./pack.mjs";
import { root } from "./toolbox.mjs";

const SCOPE = "@amazon-pay-kit/";
const { values: options } = read();
const publish = options.publish === true;
const repository = options.repository ?? process.env.RELEASE_REPOSITORY;

function read() {
  try {
    return parseArgs({
      options: { publish: { type: "boolean" }, repository: { type: "string" }, out: { type: "string" } },
    });
  } catch (error) {
    const given = /'(--[^']*)'/.exec(error.message)?.[1] ?? error.message;
    process.stderr.write(`refused: there is no option ${given}; there are --publish, --repository and --out\n`);
    process.exit(2);
  }
}

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

/** The manifest as it is published: it says where its source lies. */
function publishedManifest({ manifest, folder }) {
  if (repository === undefined) return manifest;
  const url = repository.replace(/\/$/, "").replace(/\.git$/, "");
  return {
    ...manifest,
    homepage: `${url}#readme`,
    bugs: { url: `${url}/issues` },
    repository: { type: "git", url: `git+${url}.git`, directory: relative(root, folder) },
  };
}

/** Packs the files of each package, with its manifest as it is published, and gives the tarballs. */
function pack(ones, files, into) {
  const copies = mkdtempSync(join(tmpdir(), "apay-release-"));
  try {
    const folders = ones.map((one, index) => {
      const copy = join(copies, String(index));
      for (const { path } of files[index]) {
        mkdirSync(dirname(join(copy, path)), { recursive: true });
        cpSync(join(one.folder, path), join(copy, path));
      }
      writeFileSync(join(copy, "package.json"), `${JSON.stringify(publishedManifest(one), null, 2)}\n`);
      return copy;
    });
    return packed(folders, into).map(({ tarball }) => tarball);
  } finally {
    rmSync(copies, { recursive: true, force: true });
  }
}

function packed(folders, into) {
  try {
    return packAll(folders, into);
  } catch (error) {
    return fail([`the packages cannot be packed: ${error.message}`]);
  }
}

const sha512 = (path) => createHash("sha512").update(readFileSync(path)).digest("base64");

/** Packs twice: what anybody makes of this commit must be what was published. */
function packReproducibly(ones, files, into) {
  const again = mkdtempSync(join(tmpdir(), "apay-again-"));
  try {
    const tarballs = pack(ones, files, into);
    const seconds = pack(ones, files, again);
    const differ = tarballs.flatMap((tarball, index) =>
      sha512(seconds[index]) === sha512(tarball) ? [] : [ones[index].manifest.name],
    );
    if (differ.length > 0)
      fail(differ.map((name) => `${name} packs to other bytes each time: nobody could check what was published`));
    return tarballs;
  } finally {
    rmSync(again, { recursive: true, force: true });
  }
}

/** What a package brings along, as CycloneDX, from the lock file alone. */
function billOfMaterials({ manifest }) {
  const args = [
    "sbom",
    "--sbom-format",
    "cyclonedx",
    "--omit",
    "dev",
    "--package-lock-only",
    "--workspace",
    manifest.name,
  ];
  const made = capture("npm", args);
  if (made.status !== 0) fail([`${manifest.name}: no bill of materials: ${made.stderr.trim()}`]);
  const bill = JSON.parse(made.stdout);
  // A number by chance and the moment would make other bytes of it each time.
  delete bill.serialNumber;
  delete bill.metadata?.timestamp;
  // npm describes the whole workspace, by the name of the folder that it lies in; what is published is one package of it.
  const own = bill.components.find((component) => component["bom-ref"] === `${manifest.name}@${manifest.version}`);
  if (own === undefined) fail([`${manifest.name} is not in its own bill of materials`]);
  const whole = bill.metadata.component["bom-ref"];
  bill.metadata.component = { ...own, name: manifest.name };
  bill.components = bill.components.filter((component) => component !== own);
  bill.dependencies = bill.dependencies.filter(({ ref }) => ref !== whole);
  return `${JSON.stringify(bill, null, 2)}\n`;
}

const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const packages = inOrder();
const problems = packages.flatMap((one) => problemsOf(one, version));
if (repository !== undefined && !/^https:\/\/[^/]+\/[^/]+\/[^/]+$/.test(repository))
  problems.push(`--repository: ${repository} is not of the form https://HOST/OWNER/NAME`);
if (publish) {
  if (repository === undefined)
    problems.push("npm takes no provenance of a package that names no repository: say which with --repository");
  if (git("status", "--porcelain") !== "") problems.push("the work tree has changes that are not committed");
  if (!git("tag", "--points-at", "HEAD").split("\n").includes(`v${version}`))
    problems.push(`this commit has no tag v${version}`);
  if (process.env.ACTIONS_ID_TOKEN_REQUEST_URL === undefined && process.env.SIGSTORE_ID_TOKEN === undefined)
    problems.push("there is no identity to sign with: publish from a CI job that has `id-token: write`");
}
if (problems.length > 0) fail(problems);

const out = options.out === undefined ? mkdtempSync(join(tmpdir(), "apay-release-")) : resolve(options.out);
if (options.out === undefined) process.once("exit", () => rmSync(out, { recursive: true, force: true }));

const looks = packed(packages.map(({ folder }) => folder));
for (const [index, { manifest }] of packages.entries()) {
  const { files, size } = looks[index];
  const odd = files
    .map(({ path }) => path)
    .filter((path) => /(^|\/)(\.env|.*\.pem|.*\.key|.*\.tgz|node_modules)(\/|$)/.test(path));
  if (odd.length > 0) fail([`${manifest.name} would publish ${odd.join(", ")}`]);
  console.log(
    `${manifest.name.padEnd(28)} ${version}  ${String(files.length).padStart(4)} files  ${(size / 1024).toFixed(0).padStart(5)} KB`,
  );
}
const files = looks.map((look) => look.files);
const tarballs = publish || options.out !== undefined ? packReproducibly(packages, files, out) : [];
if (options.out !== undefined) {
  for (const [index, one] of packages.entries()) {
    const tarball = tarballs[index];
    writeFileSync(tarball.replace(/\.tgz$/, ".cdx.json"), billOfMaterials(one));
    console.log(`${one.manifest.name.padEnd(28)} sha512-${sha512(tarball)}`);
  }
}
if (publish) {
  for (const [index, { manifest }] of packages.entries()) {
    const done = spawnSync(
      "npm",
      ["publish", tarballs[index], "--provenance", "--access", "public", "--ignore-scripts"],
      { stdio: "inherit", shell: process.platform === "win32" },
    );
    if (done.status !== 0) fail([`${manifest.name} was not published; those above were. Mend it and run this again`]);
  }
}
console.log(
  publish ? "Published." : "\nNothing was published. With --publish these go out, in this order, with provenance.",
);
