import { createPrivateKey } from "node:crypto";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { accountSettings, reconcile } from "@amazon-pay-kit/ledger";
import { KitError } from "@amazon-pay-kit/money";
import type { FirstRun, FirstSync, NewAccount } from "@amazon-pay-kit/dashboard";
import { mergeAccounts } from "../accounts/known-accounts.ts";
import type { OpenBooks } from "../books/open.ts";
import { reconcileSettings } from "../books/settings.ts";
import { environmentOfKey } from "@amazon-pay-kit/sdk/operations";
import { CONFIG_NAME } from "../config/config.ts";
import { CliError } from "../errors.ts";
import type { Context } from "../program/context.ts";
import { syncAccount } from "../service/sources.ts";
import { syncText } from "../service/sync-progress.ts";
import { writeAccount } from "../service/write-account.ts";

const NAME = /^[A-Za-z0-9][\w.-]{0,59}$/;
const REGIONS: readonly string[] = ["na", "eu", "jp"];

function wrong(message: string, remedy: string): CliError {
  return new CliError("init.incomplete", message, { remedy });
}

/** Looks through an account before anything is written. @throws CliError `init.incomplete`, `init.not-a-key` */
function checkAccount({ name, region, publicKeyId, environment, privateKey }: NewAccount): void {
  if (!NAME.test(name))
    throw wrong(
      `${JSON.stringify(name.slice(0, 60))} is no name of an account`,
      "use letters, digits, dots and dashes",
    );
  if (!REGIONS.includes(region))
    throw wrong(`there is no region ${JSON.stringify(region.slice(0, 20))}`, "use na, eu or jp");
  if (!/^[\w-]{8,100}$/.test(publicKeyId))
    throw wrong("this is no public key id", "copy it from Seller Central > Integration Central: SANDBOX-… or LIVE-…");
  const prefix = environmentOfKey(publicKeyId);
  if (prefix === undefined && environment !== "live" && environment !== "sandbox")
    throw wrong(
      "the key id does not say whether it is for the live environment or the sandbox",
      "choose the environment beside it",
    );
  if (prefix !== undefined && environment !== "" && environment !== prefix)
    throw wrong(`the key id is for ${prefix}, and ${environment} was chosen`, "leave the choice to the key id");
  try {
    createPrivateKey(privateKey);
  } catch {
    // The key itself is in no message: it may be a whole one with a typing error.
    throw new CliError("init.not-a-key", "this is no private key in PEM form", {
      remedy: privateKey.includes("PUBLIC KEY")
        ? "this is the public half: choose the private one"
        : "choose the file that begins with -----BEGIN PRIVATE KEY-----, as Seller Central gave it",
    });
  }
}

/** What the dashboard does for empty books: the account, and the first sync, as `apay init`, `sync` and `reconcile` do them. */
export function firstRun(context: Context, open: OpenBooks): FirstRun {
  let state: FirstSync = { running: false, done: null, failed: null };
  const configPath = (): string =>
    context.readConfig().path ?? resolve(context.terminal.cwd, context.globals.config ?? CONFIG_NAME);
  const work = async (): Promise<string> => {
    const config = context.readConfig();
    const known = mergeAccounts(config, await accountSettings({ store: open.store }), context);
    if (known.length === 0) throw wrong("there is no account to fetch reports for", "add the account first");
    const accounts = known.filter((one) => !one.paused).map((one) => syncAccount(one.account(), context));
    const summary = await open.ledger.sync({ accounts, signal: context.signal });
    await reconcile(open.books, { ...reconcileSettings(config), signal: context.signal });
    return syncText(summary);
  };
  return {
    hasAccount() {
      try {
        return context.readConfig().accounts.size > 0;
      } catch (error) {
        // A file with a mistake in it is no missing account: the sync says what is wrong with it, and the page stays.
        if (error instanceof KitError) return true;
        throw error;
      }
    },
    async addAccount(account) {
      if (this.hasAccount()) throw wrong("there is an account already", "add others with: apay accounts add");
      checkAccount(account);
      const path = configPath();
      const { name, region, publicKeyId, environment, privateKey } = account;
      const keyFile = `${name}-private.pem`;
      const keyPath = join(dirname(path), keyFile);
      if (existsSync(keyPath))
        throw new CliError("init.exists", `${keyPath} is there already`, { remedy: "choose another name" });
      // Only its owner may read it, from the first byte on.
      await writeFile(keyPath, privateKey, { mode: 0o600, flag: "wx" });
      try {
        const chosen = environmentOfKey(publicKeyId) === undefined ? { environment } : {};
        await writeAccount(path, name, { region, publicKeyId, privateKeyFile: keyFile, ...chosen } as never, false);
      } catch (error) {
        await rm(keyPath, { force: true });
        throw error;
      }
    },
    startSync() {
      if (state.running) return;
      state = { running: true, done: null, failed: null };
      void work().then(
        (done) => {
          state = { running: false, done, failed: null };
        },
        (error: unknown) => {
          const text =
            error instanceof KitError ? `${error.message}${error.remedy === undefined ? "" : `: ${error.remedy}`}` : "";
          if (!(error instanceof KitError)) context.info(`the first sync failed: ${String(error)}`);
          state = { running: false, done: null, failed: text };
        },
      );
    },
    syncState: () => state,
  };
}
