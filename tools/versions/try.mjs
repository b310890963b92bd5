/**
 * Makes a release's versions in a copy of the repository, and looks at what came out.
 *
 *     node tools/versions/try.mjs      status 1 when a package, an example or the changelog was left behind
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "versions-"));
const run = (...args) => spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
const json = (path) => JSON.parse(readFileSync(join(copy, path), "utf8"));

try {
  spawnSync("git", ["clone", "--quiet", root, copy]);
  // It installs what it needs; the copy then uses the same.
  spawnSync(process.execPath, [join(here, "run.mjs")], { stdio: ["ignore", 2, "ignore"] });
  symlinkSync(join(here, "node_modules"), join(copy, "tools/versions/node_modules"), "junction");
  const { version } = json("package.json");
  const [major, minor] = version.split(".").map(Number);
  const next = `${major}.${minor + 1}.0`;

  const nothing = run("tools/versions/run.mjs", "versions");
  assert.equal(nothing.status, 2);
  assert.match(nothing.stderr, /no note of a change/);

  const note = (name, kind, of, text) =>
    writeFileSync(join(copy, ".changeset", `${name}.md`), `---\n"@amazon-pay-kit/${of}": ${kind}\n---\n\n${text}\n`);
  note("one", "minor", "sdk", "Something is new.");
  note("two", "patch", "ledger", "Something works.");
  const made = run("tools/versions/run.mjs", "versions");
  assert.equal(made.status, 0, made.stdout + made.stderr);

  for (const folder of readdirSync(join(copy, "packages"))) {
    const manifest = json(`packages/${folder}/package.json`);
    assert.equal(manifest.version, next, folder);
    for (const [name, range] of Object.entries(manifest.dependencies ?? {}))
      if (name.startsWith("@amazon-pay-kit/")) assert.equal(range, next, `${folder}: ${name}`);
  }
  assert.equal(json("package.json").version, next);
  assert.equal(json("package-lock.json").packages["packages/sdk"].version, next);
  const left = spawnSync(
    "git",
    ["grep", "-lE", `"(version|@amazon-pay-kit/[a-z-]+)": "${version.replaceAll(".", "\\.")}"`, "--", "*package.json"],
    { cwd: copy, encoding: "utf8" },
  );
  assert.equal(left.stdout, "", "these still name the version before");
  const changelog = readFileSync(join(copy, "CHANGELOG.md"), "utf8");
  const section = changelog.slice(changelog.indexOf(`## ${next},`));
  assert.match(section, /### New\n\n- Something is new\.\n\n### Mended\n\n- Something works\./);
  assert.deepEqual(readdirSync(join(copy, ".changeset")).sort(), ["README.md", "config.json"]);
  process.stdout.write(`${version} -> ${next}: every package, the lock file and the changelog\n`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
