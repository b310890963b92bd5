/**
 * `npm run bench`: installs the contenders, builds the kit, runs every comparison in one process tree, prints the table, and
 * writes bench/results.json and the table of the README.
 *
 * `npm run bench -- sign read` runs the comparisons whose name has one of the words; they take the place of theirs in the results.
 * `--quick` does a tenth of the work and keeps nothing (with `--keep` it does, and says in the table that it is a tenth), `--smoke` only proves that everything still runs; `--rounds N` sets how
 * often; `--built` leaves out the build; `--table` writes the table of the README anew and measures nothing.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installWhatIsMissing, node, root } from "../scripts/toolbox.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const args = process.argv.slice(2);

/** Installs the contenders when they are missing, or others than the lock file names. */
function installContenders() {
  const stamp = `${here}node_modules/.apay-install`;
  const wanted = createHash("sha256")
    .update(readFileSync(`${here}package-lock.json`))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const installed = spawnSync("npm", ["ci", "--ignore-scripts", "--loglevel=error"], {
    cwd: here,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (installed.status !== 0) process.exit(installed.status ?? 1);
  writeFileSync(stamp, wanted);
}

await installWhatIsMissing();
if (!args.includes("--built")) node([`${root}scripts/build.mjs`]);
installContenders();
node(["--expose-gc", `${here}src/main.mjs`, ...args.filter((arg) => arg !== "--built")]);
