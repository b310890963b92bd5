/**
 * `npm run bench`: installs the contenders, builds the kit, runs every comparison in one process tree, prints the table and writes
 * bench/results.json. `npm run bench -- sign read` runs the rows whose name has one of the words; they replace their rows of the results.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installWhatIsMissing, node, root } from "../scripts/toolbox.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
installWhatIsMissing();
node([`${root}scripts/build.mjs`]);
if (!existsSync(`${here}node_modules`)) {
  const installed = spawnSync("npm", ["ci", "--ignore-scripts", "--loglevel=error"], {
    cwd: here,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (installed.status !== 0) process.exit(installed.status ?? 1);
}
node(["--expose-gc", `${here}src/main.mjs`, ...process.argv.slice(2)]);
