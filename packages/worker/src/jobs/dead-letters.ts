import { JOB_SCHEMA } from "@amazon-pay-kit/ledger/store";
import { DEAD_LETTERS, type JobQueue } from "./queue.ts";

/** Dead jobs that one look forgets of each sort; the next one goes on. */
const MOST_AT_ONCE = 5000;

/**
 * Forgets dead jobs that need nobody any more: those of which the same was done later, since what is due is tried again as
 * long as it is due, and all but the last of those that died again and again. So a merchant whose key does not work is one
 * dead job and not one more every hour, and none as soon as the key works.
 */
export async function forgetHealed(query: JobQueue["query"], most = MOST_AT_ONCE): Promise<number> {
  // By windows and not by joins: these are sorted once whatever the planner expects of the tables, while ten thousand dead jobs
  // compared pair by pair take minutes.
  const healed = await query<{ id: string }>(
    `delete from ${JOB_SCHEMA}.job where name = $1 and id = any (array(
       select id from (
         select id, name, created_on, max(completed_on) over (partition by kind, data) as done_at from (
           select id, name, created_on, data::text as data,
             case when name = $1 then output->>'kind' else name end as kind,
             case when state = 'completed' then completed_on end as completed_on
           from ${JOB_SCHEMA}.job where (name = $1 and state = 'created') or (name <> $1 and state = 'completed')
         ) as relevant
       ) as dated where name = $1 and done_at > created_on limit $2)) returning id`,
    [DEAD_LETTERS, most],
  );
  const repeated = await query<{ id: string }>(
    `delete from ${JOB_SCHEMA}.job where name = $1 and id = any (array(
       select id from (
         select id, row_number() over (
           partition by output->>'kind', data::text order by created_on desc, id desc) as place
         from ${JOB_SCHEMA}.job where name = $1 and state = 'created'
       ) as ranked where place > 1 limit $2)) returning id`,
    [DEAD_LETTERS, most],
  );
  return healed.length + repeated.length;
}

/** Takes the jobs out of the queue that wait for accounts which are kept no longer. What runs may end. */
export async function forgetAccounts(query: JobQueue["query"], accountIds: readonly string[]): Promise<number> {
  const rows = await query<{ id: string }>(
    `delete from ${JOB_SCHEMA}.job where data->>'accountId' = any ($1) and state in ('created', 'retry') returning id`,
    [accountIds],
  );
  return rows.length;
}
