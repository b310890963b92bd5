import { statSync } from "node:fs";
import type { Logger, ReportSource, SyncAccount } from "@amazon-pay-kit/ledger";
import type { Account } from "../config/config.ts";
import type { Context } from "../program/context.ts";
import { environmentOf, REGION_OF, syncAccount } from "../service/sources.ts";

/** What tells whether a file is still the one that was read. */
function stampOf(path: string | undefined): string {
  if (path === undefined) return "";
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? "missing" : `${found.ino} ${found.size} ${found.mtimeMs}`;
}

/** Changes when the settings of an account do, or one of the files that they name. */
function printOf(account: Account): string {
  const files = [account.privateKeyFile, account.caFile, account.mws?.secretKeyFile];
  return JSON.stringify([account, ...files.map(stampOf)]);
}

/** An account with invalid settings: it fails alone, with its reason, and the other accounts continue. */
function unusable(account: Account, error: unknown): SyncAccount {
  const refuse = (): never => {
    throw error;
  };
  const source: ReportSource = {
    name: account.sources?.[0] ?? "v2",
    list: () => ({ [Symbol.asyncIterator]: () => ({ next: async () => refuse() }) }),
    fetch: async () => refuse(),
  };
  return {
    accountId: account.name,
    region: REGION_OF[account.region] ?? account.region,
    environment: environmentOf(account),
    sources: [source],
  };
}

/**
 * The accounts of the configuration, read anew whenever they are asked for, so that merchants come and go and keys are
 * changed while workers run. An account of which nothing has changed is given as the same object.
 *
 * One whose key cannot be read fails by itself, with its own alert, and does not keep the others from being served.
 *
 * @throws CliError for a configuration that cannot be read; what the first account lacks, when none is of any use
 */
export function accountsAtWork(context: Context, log: Logger): () => readonly SyncAccount[] {
  const known = new Map<string, { readonly print: string; readonly account: SyncAccount }>();
  return () => {
    const accounts = [...context.readConfig().accounts.values()];
    const troubles: unknown[] = [];
    const given = accounts.map((account) => {
      const print = printOf(account);
      const before = known.get(account.name);
      if (before?.print === print) return before.account;
      let made: SyncAccount;
      try {
        made = syncAccount(account, context);
      } catch (error) {
        troubles.push(error);
        log.error?.("an account cannot be worked for", { account: account.name, error: String(error) });
        made = unusable(account, error);
      }
      known.set(account.name, { print, account: made });
      return made;
    });
    const names = new Set(accounts.map(({ name }) => name));
    for (const name of known.keys()) if (!names.has(name)) known.delete(name);
    if (troubles.length > 0 && troubles.length === accounts.length) throw troubles[0];
    return given;
  };
}
