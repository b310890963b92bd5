import { DAY } from "@amazon-pay-kit/money";
import { type RawBuilder, type SqlBool, sql } from "kysely";

/** Nothing is left alone for longer than this by intent. */
const LONGEST_WAIT = 2 * DAY;

/**
 * Whether what has failed may be tried again now. A time that lies further ahead than anything is ever put off was written by
 * a host whose clock was wrong, and does not count: a report would be left alone until the service has deleted it.
 *
 * @param column `next_attempt_at`, of whichever table; empty means that nothing has failed
 */
export function mayBeTried(column: string, now: number): RawBuilder<SqlBool> {
  const at = sql.ref(column);
  return sql<SqlBool>`(${at} <= ${now} or ${at} > ${now + LONGEST_WAIT})`;
}
