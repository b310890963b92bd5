/**
 * `npm run check`: what tells soon whether a change holds: types, lint, format, and the tests that import what was touched.
 *
 *     npm run check                     against main (what is not committed included)
 *     npm run check -- --since HEAD~3   against another commit
 *
 * `npm test` remains what decides; tests that start the built command are not found by what they import.
 */
import { spawnSync } from "node:child_process";
import { installWhatIsMissing, node, root } from "./toolbox.mjs";

const given = process.argv.slice(2);
if (given.length > 0 && (given[0] !== "--since" || given.length !== 2)) {
  process.stderr.write("usage: npm run check [-- --since COMMIT]\n");
  process.exit(2);
}
const git = (...args) => spawnSync("git", args, { cwd: root, encoding: "utf8" });

/** The commit from which this work departed. */
function departure() {
  for (const name of ["origin/main", "main"]) {
    const { status, stdout } = git("merge-base", name, "HEAD");
    if (status === 0) return stdout.trim();
  }
  return "HEAD";
}

const since = given[1] ?? departure();
if (git("rev-parse", "--verify", "--quiet", `${since}^{commit}`).status !== 0) {
  process.stderr.write(`--since: there is no commit ${since}\n`);
  process.exit(2);
}
const started = performance.now();
const step = (name) => console.log(`== ${name} (${Math.round((performance.now() - started) / 1000)} s)`);

await installWhatIsMissing();
step("types");
node([`${root}scripts/typecheck.mjs`]);
step("lint");
node([`${root}node_modules/oxlint/bin/oxlint`, "--deny-warnings"]);
node([`${root}tools/lint/circles.mjs`]);
step("format");
node([`${root}node_modules/oxfmt/bin/oxfmt`, "--check"]);
step(`tests of what was touched since ${since.slice(0, 12)}`);
node([`${root}node_modules/vitest/vitest.mjs`, "run", "--changed", since, "--passWithNoTests"]);
step("done");
