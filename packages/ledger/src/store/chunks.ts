/** Values that go into one `in (…)`: few enough for every database's limit on parameters. */
export const CHUNK = 500;

/**
 * A list in pieces of at most this many.
 *
 * @example [...chunks([1, 2, 3], 2)] // [[1, 2], [3]]
 */
export function* chunks<T>(values: readonly T[], size: number = CHUNK): Generator<readonly T[]> {
  for (let start = 0; start < values.length; start += size) yield values.slice(start, start + size);
}

/** Every row of a query that is asked piece by piece. */
export async function inChunks<T, Row>(
  values: Iterable<T>,
  ask: (some: readonly T[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const some of chunks([...values])) for (const row of await ask(some)) rows.push(row);
  return rows;
}
