import { inject } from "vitest";

/**
 * The address of an empty database on this test run's PostgreSQL. A server that cannot be started fails the test with
 * its reason; it is never a silent skip.
 *
 * @example
 * const store = await openPostgresStore(await freshDatabase());
 */
export async function freshDatabase(): Promise<string> {
  const answer = await fetch(inject("postgresServer"), { method: "POST" });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
