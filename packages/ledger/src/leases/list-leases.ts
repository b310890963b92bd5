import { hasEnded, holderWords, readHolder } from "./holder.ts";
import type { LeaseContext } from "./with-lease.ts";

/** A right that somebody holds. */
export interface LeaseView {
  readonly accountId: string;
  /** Name of the work: `sync`, `reconcile`. */
  readonly name: string;
  /** `process 4711 on this machine`, or the runner's id where it is another one. */
  readonly holder: string;
  readonly expiresAt: number;
  /**
   * `held`; `ended`: the holder's process is gone, and the next run takes over at once; `expired`: as free as no lease;
   * `too-far`: it reaches further than its holder's heartbeat, since a clock was wrong, and the next run cuts it.
   */
  readonly state: "held" | "ended" | "expired" | "too-far";
}

/** Differences between clocks that mean nothing. */
const TOLERATED_MILLIS = 5000;

/** All leases of the books, by account and name. They are looked at, not changed. */
export async function listLeases({ store, clock }: Pick<LeaseContext, "store" | "clock">): Promise<LeaseView[]> {
  const rows = await store.db
    .selectFrom("lease")
    .select(["account_id", "name", "holder", "expires_at"])
    .orderBy("account_id")
    .orderBy("name")
    .execute();
  const now = clock.now();
  return rows.map((row) => {
    const holder = readHolder(row.holder);
    const state =
      row.expires_at <= now
        ? "expired"
        : hasEnded(holder)
          ? "ended"
          : row.expires_at > now + holder.millis + TOLERATED_MILLIS
            ? "too-far"
            : "held";
    return { accountId: row.account_id, name: row.name, holder: holderWords(holder), expiresAt: row.expires_at, state };
  });
}
