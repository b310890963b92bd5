// Made by tools/generate/run.mjs from packages/sdk/src/operations/fields/suggestion.ts; change that.
/** Finds what was probably meant; undefined where nothing is near. */
export type Suggest = (wrong: string, values: readonly string[]) => string | undefined;

/**
 * The listed value that a wrong one was probably meant to be; undefined where none is near. Case, blanks, dashes and underscores do
 * not count, then up to two letters may differ.
 */
export function nearest(wrong: string, values: readonly string[]): string | undefined {
  if (wrong.length > 80) return undefined;
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]/g, "");
  const sought = plain(wrong);
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(sought.length / 2));
  for (const value of values) {
    const candidate = plain(value);
    const distance =
      candidate === sought
        ? 0
        : sought.length > 3 && candidate.startsWith(sought)
          ? 1
          : editDistance(sought, candidate);
    if (distance < least) [best, least] = [value, distance];
  }
  return best;
}

/** How many letters must be put in, taken out or changed to get from one text to the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
