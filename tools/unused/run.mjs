/** `npm run unused`: files and dependencies that nothing uses (knip, installed on first use). Exceptions: `knip.jsonc`. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));

if (!existsSync(`${here}node_modules/knip`)) {
  process.stderr.write("Installing knip (first run only) …\n");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: here,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}
const { status, error } = spawnSync(
  process.execPath,
  [`${here}node_modules/knip/bin/knip.js`, "--config", "knip.jsonc", "--no-config-hints"],
  { cwd: root, stdio: "inherit" },
);
if (error) throw error;
if (status === 0) console.log("nothing is unused");
process.exit(status ?? 1);
