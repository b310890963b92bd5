import { statSync } from "node:fs";
import type { AccountSetting, Logger, ReportSource, SyncAccount } from "@amazon-pay-kit/ledger";
import { mergeAccounts } from "../accounts/known-accounts.ts";
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
  const files = [account.privateKeyFile, account.authTokenFile, account.caFile, account.mws?.secretKeyFile];
  return JSON.stringify([account, ...files.map(stampOf)]);
}

/** An account with invalid settings: it fails alone, with its reason, and the other accounts continue. */
function unusable(accountId: string, error: unknown, known: Account | undefined): SyncAccount {
  const refuse = (): never => {
    throw error;
  };
  const source: ReportSource = {
    name: known?.sources?.[0] ?? "v2",
    list: () => ({ [Symbol.asyncIterator]: () => ({ next: async () => refuse() }) }),
    fetch: async () => refuse(),
  };
  return {
    accountId,
    region: known === undefined ? "unknown" : (REGION_OF[known.region] ?? known.region),
    environment: known === undefined ? "unknown" : environmentOf(known),
    sources: [source],
  };
}

/** The settings of an account that cannot be used as they are, as far as the ledger tells them. */
function regionOf(setting: AccountSetting | undefined, name: string): Account | undefined {
  const region = setting?.settings?.["region"];
  return typeof region === "string" ? ({ ...setting?.settings, name, region } as unknown as Account) : undefined;
}

/**
 * The accounts of the configuration and of the ledger, read anew whenever they are asked for, so that merchants come and go and
 * keys are changed while workers run. An account of which nothing has changed is given as the same object.
 *
 * One whose key cannot be read fails by itself, with its own alert, and does not keep the others from being served. One that
 * both have is worked for with the file's settings, and the log says so.
 *
 * @param readSettings what the ledger has
 * @throws CliError for a configuration that cannot be read; what the first account lacks, when none is of any use
 */
export function accountsAtWork(
  context: Context,
  log: Logger,
  readSettings: () => Promise<readonly AccountSetting[]>,
): () => Promise<readonly SyncAccount[]> {
  const known = new Map<string, { readonly print: string; readonly account: SyncAccount }>();
  const hidden = new Set<string>();
  return async () => {
    const settings = await readSettings();
    const accounts = mergeAccounts(context.readConfig(), settings, context);
    const troubles: unknown[] = [];
    const given = accounts.map((one) => {
      const { accountId, paused, revision } = one;
      if (one.hidden && !hidden.has(accountId))
        log.warn?.("an account is in the configuration file and in the ledger: the file is used", {
          account: accountId,
        });
      if (one.hidden) hidden.add(accountId);
      else hidden.delete(accountId);
      let account: Account | undefined;
      let made: SyncAccount | undefined;
      let print = "";
      try {
        account = one.account();
        print = `${revision} ${paused} ${printOf(account)}`;
        const before = known.get(accountId);
        if (before?.print === print) return before.account;
        made = syncAccount(account, context);
      } catch (error) {
        troubles.push(error);
        print ||= `${revision} ${paused} ${String(error)}`;
        const before = known.get(accountId);
        if (before?.print === print) return before.account;
        log.error?.("an account cannot be worked for", { account: accountId, error: String(error) });
        const own = settings.find((setting) => setting.accountId === accountId);
        made = unusable(accountId, error, account ?? regionOf(own, accountId));
      }
      if (paused) made = { ...made, paused: true };
      known.set(accountId, { print, account: made });
      return made;
    });
    const names = new Set(accounts.map(({ accountId }) => accountId));
    for (const name of known.keys()) if (!names.has(name)) known.delete(name);
    if (troubles.length > 0 && troubles.length === accounts.length) throw troubles[0];
    return given;
  };
}
