import { MINUTE } from "@amazon-pay-kit/money";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { LedgerContext } from "../context.ts";

/** Differences up to this are a machine's clock that is not quite right: the books go by the machine then. */
const TOLERATED = 10 * MINUTE;

/** The time as an account's service has it: what is due, late or too old is judged by it, in whichever clock it lives. */
export interface ServiceClock {
  now(): number;
  /** Takes over the service's word for what time it is now. @returns whether the clock was put forward or back by it */
  set(told: number): Promise<boolean>;
}

/**
 * The clock of an account's service: the machine's, put forward or back by what the service last said.
 *
 * The live service and the machine agree. A sandbox whose clock was moved does not: its reports are of another month, and by
 * the machine's clock they would never be asked for, nor would a missing one ever be late. What the service says is kept with
 * the account, so that verdicts are the same when the service is not there.
 */
export async function serviceClock(
  { store, clock }: Pick<LedgerContext, "store"> & { readonly clock: Pick<Clock, "now"> },
  accountId: string,
): Promise<ServiceClock> {
  const row = await store.db
    .selectFrom("account")
    .select("clock_ahead_millis")
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  let ahead = row?.clock_ahead_millis ?? 0;
  return {
    now: () => clock.now() + ahead,
    async set(told) {
      const off = told - clock.now();
      const wanted = Math.abs(off) <= TOLERATED ? 0 : off;
      if (Math.abs(wanted - ahead) <= TOLERATED) return false;
      ahead = wanted;
      await store.db
        .updateTable("account")
        .set({ clock_ahead_millis: ahead })
        .where("account_id", "=", accountId)
        .execute();
      return true;
    },
  };
}
