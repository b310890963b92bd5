import { JOB_SCHEMA } from "@amazon-pay-kit/ledger/store";
import { DEAD_LETTERS, type JobQueue } from "./queue.ts";

/**
 * Forgets dead jobs that need nobody any more: those of which the same was done later, since what is due is tried again as
 * long as it is due, and all but the last of those that died again and again. So a merchant whose key does not work is one
 * dead job and not one more every hour, and none as soon as the key works.
 */
export async function forgetHealed(query: JobQueue["query"]): Promise<number> {
  const rows = await query<{ id: string }>(
    `delete from ${JOB_SCHEMA}.job as letter
     where letter.name = $1 and letter.state = 'created' and (
       exists (select from ${JOB_SCHEMA}.job as done where done.name = letter.output->>'kind' and done.state = 'completed'
         and done.data = letter.data and done.completed_on > letter.created_on)
       or exists (select from ${JOB_SCHEMA}.job as later where later.name = $1 and later.state = 'created'
         and later.data = letter.data and later.output->>'kind' = letter.output->>'kind'
         and (later.created_on, later.id) > (letter.created_on, letter.id)))
     returning id`,
    [DEAD_LETTERS],
  );
  return rows.length;
}

/** Takes the jobs out of the queue that wait for accounts which are kept no longer. What runs may end. */
export async function forgetAccounts(query: JobQueue["query"], accountIds: readonly string[]): Promise<number> {
  const rows = await query<{ id: string }>(
    `delete from ${JOB_SCHEMA}.job where data->>'accountId' = any ($1) and state in ('created', 'retry') returning id`,
    [accountIds],
  );
  return rows.length;
}
