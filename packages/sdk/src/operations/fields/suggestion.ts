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

/** What to say about a value that is not in its list: the list, and what was probably meant. */
export function mustBeOneOf(wrong: string, values: readonly string[]): string {
  if (values.length === 1) return `must be ${values[0]}`;
  const meant = nearest(wrong, values);
  const list = `must be one of ${values.join(", ")}`;
  return meant === undefined ? list : `${list}; did you mean ${meant}?`;
}
