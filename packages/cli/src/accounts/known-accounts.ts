import { accountSettings, type AccountSetting, type Store } from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { type Account, type Config, withPlaces } from "../config/config.ts";
import { accountSchema } from "../config/schema.ts";
import { CliError } from "../errors.ts";
import type { Context } from "../program/context.ts";
import { readSecretKey, unseal } from "./sealed.ts";

/** An account of the configuration file or of the ledger. */
export interface KnownAccount {
  readonly accountId: string;
  /** Where its settings are. */
  readonly from: "file" | "ledger";
  readonly paused: boolean;
  /** The ledger has settings of the same name, which the file's stand before. */
  readonly hidden: boolean;
  /** Changes with every change of what the ledger has of it. */
  readonly revision: number;
  /** @throws CliError for settings that are invalid, or a secret that cannot be opened */
  account(): Account;
}

type Place = Pick<Context, "terminal">;

/** The account that the ledger's settings describe, its secrets opened. */
function accountFrom(setting: AccountSetting, { terminal }: Place): Account {
  const { accountId, settings, sealed } = setting;
  const checked = accountSchema([settings]).safeParse(settings);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new CliError(
      "accounts.invalid",
      `the ledger's settings of account "${accountId}" cannot be used: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
      { remedy: `set them anew: apay accounts forget ${accountId}, then apay accounts add ${accountId} …` },
    );
  }
  const account: Record<string, unknown> = { ...withPlaces({ ...checked.data, name: accountId }, "/", terminal.env) };
  for (const [name, text] of [
    ["privateKey", "privateKeyText"],
    ["authToken", "authTokenText"],
  ] as const) {
    const secret = sealed[name];
    if (secret !== undefined)
      account[text] = unseal(readSecretKey(terminal.env, terminal.cwd), { accountId, name, sealed: secret });
  }
  return account as unknown as Account;
}

/** All accounts: those of the file, then those that only the ledger has. Where both have one, the file's settings are used. */
export function mergeAccounts(config: Config, settings: readonly AccountSetting[], place: Place): KnownAccount[] {
  const kept = new Map(settings.map((one) => [one.accountId, one]));
  const known: KnownAccount[] = [...config.accounts.values()].map((account) => {
    const own = kept.get(account.name);
    return {
      accountId: account.name,
      from: "file",
      paused: own?.state === "paused",
      hidden: own !== undefined && own.settings !== null,
      revision: own?.revision ?? 0,
      account: () => account,
    };
  });
  for (const setting of settings) {
    if (config.accounts.has(setting.accountId) || setting.settings === null) continue;
    known.push({
      accountId: setting.accountId,
      from: "ledger",
      paused: setting.state === "paused",
      hidden: false,
      revision: setting.revision,
      account: () => accountFrom(setting, place),
    });
  }
  return known;
}

/** The accounts as they are now. */
export async function knownAccounts(context: Context, store: Store): Promise<KnownAccount[]> {
  return mergeAccounts(context.readConfig(), await accountSettings({ store }), context);
}

/**
 * The account that a command is about: of the file, or one that only the ledger has.
 *
 * @throws CliError as {@link Context.account} does when neither has it
 */
export async function accountOf(context: Context): Promise<Account> {
  const wanted = context.accountName;
  if (wanted === undefined || context.config().accounts.has(wanted)) return context.account();
  const found = await withBooks(
    context,
    async ({ store }) =>
      (await accountSettings({ store })).find(({ accountId, settings }) => accountId === wanted && settings !== null),
    { anyAccount: true },
  );
  return found === undefined ? context.account() : accountFrom(found, context);
}
