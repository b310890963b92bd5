import { openJobQueue, type JobQueue } from "@amazon-pay-kit/worker";
import { CliError } from "../errors.ts";
import type { Context } from "../program/context.ts";

/** Address of the database that workers share. @throws CliError when the ledger is in SQLite */
export function jobDatabase(context: Context): string {
  const url = context.config().databaseUrl;
  if (url !== null) return url;
  throw new CliError("jobs.needs-postgres", "workers share their work in PostgreSQL, and no database is set", {
    remedy: "set DATABASE_URL=postgres://…, or use apay sync --watch on this machine alone",
  });
}

/** Opens the queue of jobs, does the work, and lets go of it whatever happens. */
export async function withQueue<T>(context: Context, work: (queue: JobQueue) => Promise<T>): Promise<T> {
  const queue = await openJobQueue({ databaseUrl: jobDatabase(context) });
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}
