import type { Store } from "@amazon-pay-kit/ledger/store";

/** How far a hook has been told of the events of one account. */
export interface HookState {
  readonly name: string;
  readonly accountId: string;
  readonly state: "told" | "waiting" | "failing" | "disabled";
  /** Number of the last event that was delivered; null before the first. */
  readonly delivered: number | null;
  /** Events behind the last one that was delivered or passed over, those included that it does not want. */
  readonly waiting: number;
  /** Milliseconds since the epoch. */
  readonly deliveredAt: number | null;
  readonly failingSince: number | null;
  readonly nextAttemptAt: number | null;
  readonly attempts: number;
  readonly lastError: string | null;
}

/** Which hooks. */
export interface HookStateFilter {
  readonly names?: readonly string[] | undefined;
  readonly accountId?: string | undefined;
  /** Only those that fail or are disabled. Default `false`. */
  readonly inTrouble?: boolean;
  readonly limit: number;
}

/** The state of hooks, account by account. Events that were written a moment ago have no number yet and are not counted. */
export async function hookStates({ db }: Store, filter: HookStateFilter): Promise<readonly HookState[]> {
  const { names, accountId, inTrouble = false, limit } = filter;
  if (names?.length === 0) return [];
  const rows = await db
    .selectFrom("hook")
    .leftJoin("outbox_sequence as numbers", "numbers.account_id", "hook.account_id")
    .selectAll("hook")
    .select("numbers.last")
    .$if(names !== undefined, (query) => query.where("hook.name", "in", [...(names ?? [])]))
    .$if(accountId !== undefined, (query) => query.where("hook.account_id", "=", accountId ?? ""))
    .$if(inTrouble, (query) =>
      query.where(({ eb, or }) => or([eb("failing_since_at", "is not", null), eb("disabled_at", "is not", null)])),
    )
    .orderBy("hook.account_id")
    .orderBy("hook.name")
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const waiting = Math.max(0, Number(row.last ?? 0) - Number(row.sequence));
    const failing = row.failing_since_at === null ? waiting > 0 && "waiting" : "failing";
    return {
      name: row.name,
      accountId: row.account_id,
      state: row.disabled_at !== null ? "disabled" : failing === false ? "told" : failing,
      delivered: row.previous,
      waiting,
      deliveredAt: row.delivered_at,
      failingSince: row.failing_since_at,
      nextAttemptAt: row.next_attempt_at,
      attempts: row.attempts,
      lastError: row.last_error,
    };
  });
}
