import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const FIXTURES = new URL("fixtures/", import.meta.url);
const CORPUS = new URL("corpus/", import.meta.url);

/** Bytes that once were trouble, or are hard; the end of a name says what must become of them. */
export function savedOf(target: string): { readonly name: string; readonly bytes: Buffer }[] {
  const folder = new URL(`${target}/`, FIXTURES);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(new URL(name, folder)) }));
}

/** Saves bytes on which a reader fell over. @returns the path from the root */
export function saveFinding(target: string, bytes: Uint8Array): string {
  const name = `found-${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}`;
  mkdirSync(new URL(`${target}/`, FIXTURES), { recursive: true });
  writeFileSync(new URL(`${target}/${name}`, FIXTURES), bytes);
  return `tests/security/fuzz/fixtures/${target}/${name}`;
}

/** Bytes that lead a reader to all places which hunts have reached: base64, a line each. */
export function corpusOf(target: string): Uint8Array[] {
  const file = new URL(`${target}.txt`, CORPUS);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => Uint8Array.from(Buffer.from(line, "base64")));
}

/** Keeps them for the next hunt, shortest first. */
export function saveCorpus(target: string, entries: readonly Uint8Array[]): void {
  mkdirSync(CORPUS, { recursive: true });
  const lines = entries.map((bytes) => `${Buffer.from(bytes).toString("base64")}\n`);
  lines.sort((left, right) => left.length - right.length || (left < right ? -1 : 1));
  writeFileSync(new URL(`${target}.txt`, CORPUS), lines.join(""));
}
