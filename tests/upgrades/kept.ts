/**
 * Books that released versions left behind: a folder each, with what that version said of them. Made once, at the release:
 *
 *     node --import tsx --conditions=@amazon-pay-kit/source tests/upgrades/keep.ts 0.1.0
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Answers, makeBooks, readBooks } from "./books.ts";

/** Where the books of released versions lie. */
export const KEPT = fileURLToPath(new URL("kept/", import.meta.url));

const ANSWERS = "answers.json";

/** Makes books with the present code, and keeps them with what it says of them. @throws Error when there are some already */
export async function keep(place: string): Promise<void> {
  if (existsSync(place)) throw new Error(`${place} is there already: books of a released version are never made anew`);
  const folder = mkdtempSync(join(tmpdir(), "apay-kept-"));
  await makeBooks(folder);
  writeFileSync(join(folder, ANSWERS), `${JSON.stringify(await readBooks(folder), null, 2)}\n`);
  cpSync(folder, place, { recursive: true });
}

/** What the version that made them said, and what the present code says of a copy of them. */
export async function compared(place: string): Promise<{ readonly before: Answers; readonly now: Answers }> {
  const folder = mkdtempSync(join(tmpdir(), "apay-upgrade-"));
  cpSync(place, folder, { recursive: true });
  const before = JSON.parse(readFileSync(join(folder, ANSWERS), "utf8")) as Answers;
  return { before, now: await readBooks(folder) };
}

/** Versions of which books are kept. */
export const keptVersions = (): string[] => (existsSync(KEPT) ? readdirSync(KEPT).toSorted() : []);

/** Versions that the changelog has as released: `## 0.1.0, 2026-12-01`. */
export function releasedVersions(changelog: string): string[] {
  return [...changelog.matchAll(/^## \[?(\d+\.\d+\.\d+)(?=[\],\s]|$)/gm)].map(([, version = ""]) => version).toSorted();
}
