import { MINUTE } from "@amazon-pay-kit/money";
import type { LedgerContext } from "@amazon-pay-kit/ledger";
import type { SyncAccount } from "@amazon-pay-kit/ledger/ingest";
import type { WorkerOptions } from "./options.ts";

/** How often the accounts are asked for anew. */
const CHECK_EVERY = MINUTE;

/** What a new look at the accounts has brought. */
export interface AccountChanges {
  readonly added: readonly string[];
  /** Those whose key, sources or settings are others now. */
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

interface Kept {
  readonly given: SyncAccount;
  readonly rated: SyncAccount;
}

/** Some names for a log line, which is no place for a thousand. */
function named(accountIds: readonly string[]): string {
  const shown = accountIds.slice(0, 5).join(", ");
  return accountIds.length > 5 ? `${shown} and ${accountIds.length - 5} more` : shown || "none";
}

/**
 * The accounts that a worker works for, their calls rated. They may change while it works: one that is given as the same
 * object again keeps its sources, with whatever they have in hand.
 */
export class WorkerAccounts {
  readonly #context: Pick<LedgerContext, "clock" | "logger">;
  readonly #wanted: WorkerOptions["accounts"];
  readonly #rate: (account: SyncAccount) => SyncAccount;
  #kept: ReadonlyMap<string, Kept> = new Map();
  #lookedAt = 0;

  constructor(
    context: Pick<LedgerContext, "clock" | "logger">,
    wanted: WorkerOptions["accounts"],
    rate: (account: SyncAccount) => SyncAccount,
  ) {
    this.#context = context;
    this.#wanted = wanted;
    this.#rate = rate;
  }

  get size(): number {
    return this.#kept.size;
  }

  get(accountId: string): SyncAccount | undefined {
    return this.#kept.get(accountId)?.rated;
  }

  all(): readonly SyncAccount[] {
    return [...this.#kept.values()].map(({ rated }) => rated);
  }

  /** Takes over the accounts as they are now. @throws what the one who gives them throws */
  async check(): Promise<AccountChanges> {
    this.#lookedAt = this.#context.clock.now();
    return this.#take(typeof this.#wanted === "function" ? await this.#wanted() : this.#wanted);
  }

  /** Looks again when it is time. Accounts that cannot be had stay as they were. */
  async checkAgain(): Promise<AccountChanges> {
    const { clock, logger } = this.#context;
    const none: AccountChanges = { added: [], changed: [], removed: [] };
    if (typeof this.#wanted !== "function" || Math.abs(clock.now() - this.#lookedAt) < CHECK_EVERY) return none;
    try {
      const changes = await this.check();
      const { added, changed, removed } = changes;
      if (added.length + changed.length + removed.length > 0)
        logger.info?.("the accounts have changed", {
          added: named(added),
          changed: named(changed),
          removed: named(removed),
          accounts: this.size,
        });
      return changes;
    } catch (error) {
      logger.error?.("the accounts cannot be read: they stay as they were", { error: String(error) });
      return none;
    }
  }

  #take(accounts: readonly SyncAccount[]): AccountChanges {
    const before = this.#kept;
    const added: string[] = [];
    const changed: string[] = [];
    const after = new Map<string, Kept>();
    for (const given of accounts) {
      const { accountId } = given;
      const known = before.get(accountId);
      if (known?.given === given) after.set(accountId, known);
      else {
        (known === undefined ? added : changed).push(accountId);
        after.set(accountId, { given, rated: this.#rate(given) });
      }
    }
    this.#kept = after;
    return { added, changed, removed: [...before.keys()].filter((accountId) => !after.has(accountId)) };
  }
}
