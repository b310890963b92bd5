/** Tarballs of packages, as npm makes them: one run of npm for all, since most of a run is its start. */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Packs folders, each with a package.json, and runs none of their scripts.
 *
 * @param folders absolute paths
 * @param into where the tarballs go; left out, nothing is written
 * @returns what npm says of each, in the same order: `files`, `size`, and `tarball`, its path
 * @throws Error with npm's words
 */
export function packAll(folders, into) {
  const where = into === undefined ? ["--dry-run"] : ["--pack-destination", into];
  if (into !== undefined) mkdirSync(into, { recursive: true });
  const args = ["pack", "--json", "--ignore-scripts", "--loglevel=error", ...where, ...folders];
  const { status, stdout, stderr, error } = spawnSync("npm", args, {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(error?.message ?? stderr.trim());
  const parsed = JSON.parse(stdout);
  const packed = Array.isArray(parsed) ? parsed : Object.values(parsed);
  if (packed.length !== folders.length) throw new Error(`npm packed ${packed.length} of ${folders.length} packages`);
  return packed.map((one) => ({
    ...one,
    tarball: into === undefined ? undefined : join(into, one.filename.replace("@", "").replace("/", "-")),
  }));
}
