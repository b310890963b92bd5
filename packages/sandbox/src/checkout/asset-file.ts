import { readFileSync } from "node:fs";

/**
 * Reads a file that the package ships beside its TypeScript source: scripts and style sheets of the pages.
 *
 * `src/a/b.ts` and `dist/a/b.js` lie equally deep, so the same relative way leads to `src` from both.
 *
 * @param path below `src`
 */
export function readAsset(path: string): string {
  return readFileSync(new URL(`../../src/${path}`, import.meta.url), "utf8");
}
