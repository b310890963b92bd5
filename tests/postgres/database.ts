import { expect, inject, onTestFinished } from "vitest";
import { ON_CITUS } from "../citus/databases.ts";

/**
 * Drops a database of Citus when the test that asked for it has ended: each has processes of its own on every node, of which a server
 * has few. One that is asked for outside of a test is there for the whole file.
 */
function dropWhenTestEnds(url: string): void {
  try {
    onTestFinished(async () => {
      await fetch(inject("postgresServer"), {
        method: "DELETE",
        headers: { "x-database": new URL(url).pathname.slice(1) },
      });
    });
  } catch {
    // Not within a test.
  }
}

/**
 * The address of an empty database on this test run's PostgreSQL. A server that cannot be started fails the test with
 * its reason; it is never a silent skip. In a run of `npm run citus` it has the ledger's tables, empty and distributed.
 *
 * @example
 * const store = await openPostgresStore(await freshDatabase());
 */
export async function freshDatabase(): Promise<string> {
  const answer = await fetch(inject("postgresServer"), {
    method: "POST",
    headers: { "x-test-file": encodeURIComponent(expect.getState().testPath ?? "") },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  if (process.env[ON_CITUS] !== undefined) dropWhenTestEnds(text);
  return text;
}
