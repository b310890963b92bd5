/**
 * Installs an example from a clone, with the packages of the kit as they are there: what `npm install` does once they are on npm.
 *
 *     node examples/install.mjs express
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const SCOPE = "@amazon-pay-kit/";
const [name = ""] = process.argv.slice(2);
const place = join(root, "examples", name);
if (!/^[a-z-]+$/.test(name) || !existsSync(join(place, "package.json"))) {
  console.error("name an example that has a package.json: node examples/install.mjs express");
  process.exit(2);
}

function must(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  console.error(`${command} ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  process.exit(1);
}

/** Packages of the kit that these need, with what those need in turn. */
function needed(manifest, found = new Set()) {
  for (const each of Object.keys(manifest.dependencies ?? {})) {
    const own = each.startsWith(SCOPE) ? each.slice(SCOPE.length) : undefined;
    if (own === undefined || found.has(own)) continue;
    found.add(own);
    needed(JSON.parse(readFileSync(join(root, "packages", own, "package.json"), "utf8")), found);
  }
  return found;
}

if (!existsSync(join(root, "node_modules"))) must("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], root);
must(process.execPath, [join(root, "scripts/build.mjs")], root);
const packed = mkdtempSync(join(tmpdir(), "apk-example-"));
const tarballs = [...needed(JSON.parse(readFileSync(join(place, "package.json"), "utf8")))].map((own) => {
  const folder = join(root, "packages", own);
  must("npm", ["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", packed], folder);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(packed, `amazon-pay-kit-${own}-${version}.tgz`);
});
// --no-save: the example's package.json stays as it is published.
const quiet = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
must("npm", ["install", ...quiet, ...tarballs], place);
rmSync(packed, { recursive: true, force: true });
console.log(`${name} is installed: cd ${join("examples", name)}`);
