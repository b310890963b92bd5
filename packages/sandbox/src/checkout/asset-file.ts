import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The package finds itself by its name: from its source, compiled, and where the command line has it in its bundle. */
const PACKAGE = dirname(createRequire(import.meta.url).resolve("@amazon-pay-kit/sandbox/package.json"));

/**
 * Reads a file that the package ships beside its TypeScript source: scripts and style sheets of the pages.
 *
 * @param path below `src`
 */
export function readAsset(path: string): string {
  return readFileSync(join(PACKAGE, "src", path), "utf8");
}
