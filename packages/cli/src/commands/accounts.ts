import {
  accountSettings,
  forgetAccount,
  formatInstant,
  saveAccountSetting,
  type AccountSetting,
} from "@amazon-pay-kit/ledger";
import { givenAccount, SECRET_OPTIONS } from "../accounts/given-account.ts";
import { mergeAccounts, type KnownAccount } from "../accounts/known-accounts.ts";
import { localUser, withBooks, type OpenBooks } from "../books/open.ts";
import { loadConfig, type Account } from "../config/config.ts";
import { CliError, EXIT } from "../errors.ts";
import { argument, flag, text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import type { Column } from "../terminal/table.ts";

/** The settings without what is typed for the account that is added or changed, which is no override of another one. */
function forAccounts(context: Context, input: Input): Context {
  const { env, cwd } = context.terminal;
  const flags = {
    config: text(input, "config"),
    dataDir: text(input, "dataDir"),
    databaseUrl: text(input, "databaseUrl"),
    timeZone: text(input, "timeZone"),
  };
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("AMAZON_PAY_")));
  const read = () => loadConfig(flags, own, cwd);
  return { ...context, config: read, readConfig: read, accountName: undefined };
}

interface Found {
  readonly context: Context;
  readonly open: OpenBooks;
  readonly accountId: string;
  readonly inFile: boolean;
  readonly setting: AccountSetting | undefined;
}

async function withAccount<T>(given: Context, input: Input, work: (found: Found) => Promise<T>): Promise<T> {
  const context = forAccounts(given, input);
  const accountId = argument(input, 0);
  if (!/^[\w.-]+$/.test(accountId))
    throw new CliError("accounts.name", `${JSON.stringify(accountId)} is no name of an account`, {
      remedy: "use letters, digits, '.', '_' and '-'",
    });
  const inFile = context.config().accounts.has(accountId);
  return withBooks(context, async (open) => {
    const setting = (await accountSettings(open)).find((one) => one.accountId === accountId);
    return work({ context, open, accountId, inFile, setting });
  });
}

function refuseFile({ context, accountId, inFile }: Found, advice: string): void {
  if (!inFile) return;
  throw new CliError(
    "accounts.in-file",
    `account "${accountId}" is in ${context.config().path ?? "the configuration"}`,
    {
      remedy: advice,
    },
  );
}

function unknown({ accountId }: Found): CliError {
  return new CliError("account.unknown", `there is no account "${accountId}"`, { remedy: "see apay accounts list" });
}

/** An account in a list: never a secret, and where it is. */
interface Shown {
  readonly accountId: string;
  readonly from: string;
  readonly state: string;
  readonly region: string | null;
  readonly environment: string | null;
  readonly publicKeyId: string | null;
  readonly key: string | null;
  readonly onBehalf: boolean;
  readonly problem: string | null;
}

function keyOf(account: Account): string | null {
  if (account.privateKeyFile !== undefined) return account.privateKeyFile;
  if (account.privateKeyEnv !== undefined) return `$${account.privateKeyEnv}`;
  return account.privateKeyText === undefined ? null : "encrypted";
}

function shown(one: KnownAccount): Shown {
  const { accountId, from, paused } = one;
  const state = paused ? "paused" : "active";
  try {
    const account = one.account();
    const { region, environment = null, publicKeyId = null, authTokenText, authTokenFile, authTokenEnv } = account;
    const onBehalf = (authTokenText ?? authTokenFile ?? authTokenEnv) !== undefined;
    const problem = one.hidden ? "also in the ledger: the file's settings are used" : null;
    return { accountId, from, state, region, environment, publicKeyId, key: keyOf(account), onBehalf, problem };
  } catch (error) {
    const problem = error instanceof CliError ? `${error.code}: ${error.message}` : String(error);
    const none = { region: null, environment: null, publicKeyId: null, key: null, onBehalf: false };
    return { accountId, from, state, ...none, problem };
  }
}

const columns: readonly Column<Shown>[] = [
  { title: "account", value: (one) => one.accountId },
  { title: "from", value: (one) => one.from },
  {
    title: "state",
    value: (one) => one.state,
    paint: (one, cell, paint) => (one.state === "paused" ? paint("yellow", cell) : cell),
  },
  { title: "region", value: (one) => one.region ?? "", spare: 2 },
  { title: "key id", value: (one) => one.publicKeyId ?? "", wraps: true, spare: 1 },
  { title: "key", value: (one) => one.key ?? "", wraps: true, spare: 3 },
  {
    title: "problem",
    value: (one) => one.problem ?? "",
    wraps: true,
    paint: (_one, cell, paint) => paint("red", cell),
  },
];

export const accountsList: CommandRow = {
  name: "accounts list",
  summary: "list the accounts of the configuration file and of the ledger",
  examples: [["apay accounts list --json", "as JSON; no secret is in it"]],
  run: (given, input) => {
    const context = forAccounts(given, input);
    return withBooks(context, async (open) => {
      const accounts = mergeAccounts(context.config(), await accountSettings(open), context).map(shown);
      if (context.json) context.document({ accounts });
      else if (accounts.length === 0) context.line("No accounts yet: run apay init, or apay accounts add.");
      else context.table(accounts, columns);
      return EXIT.done;
    });
  },
};

export const accountsAdd: CommandRow = {
  name: "accounts add",
  summary: "add a merchant while workers run",
  description:
    "Keeps an account in the ledger, beside those of apay.config.json. Workers take it over within a minute. The private key stays in its file, which every worker must have at that path, or in an environment variable of the workers; with --store-key it is kept in the ledger, encrypted with the key in APAY_SECRET_KEY or APAY_SECRET_KEY_FILE. A solution provider that acts for its merchants gives its own key and each merchant's token.",
  arguments: [{ name: "<name>", help: "your name for the account" }],
  options: [
    ...SECRET_OPTIONS,
    { flags: "--environment <which>", help: "where the key id does not say it", choices: ["live", "sandbox"] },
    { flags: "--merchant-id <id>", help: "merchant (seller) id (default: learnt from the first settlement)" },
    {
      flags: "--source <source>",
      help: "where its reports are (default: v2)",
      choices: ["v2", "folder"],
      repeat: true,
    },
    { flags: "--inbox <folder>", help: "folder with files downloaded by hand" },
    { flags: "--personal-data <what>", help: "buyer data in the ledger", choices: ["keep", "mask", "drop"] },
    { flags: "--settings <file>", help: "JSON file with further settings, as in apay.config.json" },
    { flags: "--note <text>", help: "kept with the change" },
  ],
  examples: [
    [
      "apay accounts add shop7 --region eu --public-key-id LIVE-… --private-key-file shop7.pem --store-key",
      "the key is encrypted with APAY_SECRET_KEY",
    ],
    [
      "apay accounts add shop8 --region eu --public-key-id LIVE-… --private-key-env PLATFORM_KEY --auth-token-file shop8.token",
      "on behalf of a merchant",
    ],
  ],
  run: (given, input) =>
    withAccount(given, input, async (found) => {
      const { context, open, accountId, setting } = found;
      refuseFile(found, "change it there, or take it out first: the file stands before the ledger");
      if (setting?.settings !== undefined && setting.settings !== null)
        throw new CliError("accounts.exists", `there is an account "${accountId}" already`, {
          remedy: `change its key with: apay accounts rotate ${accountId} …`,
        });
      const made = givenAccount(context, input, accountId, { settings: {}, sealed: {} });
      await saveAccountSetting(
        { store: open.store, clock: context.clock },
        { accountId, ...made, state: setting?.state ?? "active" },
        setting?.revision ?? null,
        { what: "added", who: localUser(), note: text(input, "note") },
      );
      if (context.json) context.document({ accountId, added: true });
      else context.line(`account ${accountId} is added; workers take it over within a minute`);
      return EXIT.done;
    }),
};

export const accountsRotate: CommandRow = {
  name: "accounts rotate",
  summary: "give an account another key or token while workers run",
  description:
    "Replaces the key id, the private key or the token of an account that was added with apay accounts add. Keys of accounts in apay.config.json are changed there: workers reread the file and its keys every minute.",
  arguments: [{ name: "<name>", help: "the account" }],
  options: [...SECRET_OPTIONS, { flags: "--note <text>", help: "kept with the change" }],
  examples: [
    ["apay accounts rotate shop7 --public-key-id LIVE-… --private-key-file new.pem --store-key", "a new key pair"],
  ],
  run: (given, input) =>
    withAccount(given, input, async (found) => {
      const { context, open, accountId, setting } = found;
      refuseFile(found, "replace its key there: workers reread the file every minute");
      if (setting?.settings === undefined || setting.settings === null) throw unknown(found);
      const before = { settings: setting.settings, sealed: setting.sealed };
      const made = givenAccount(context, input, accountId, before);
      if (JSON.stringify(made) === JSON.stringify(before))
        throw new CliError("usage.rotate", "nothing was given to change", {
          remedy: "add --public-key-id, --private-key-file or --auth-token-file",
        });
      await saveAccountSetting(
        { store: open.store, clock: context.clock },
        { accountId, ...made, state: setting.state },
        setting.revision,
        { what: "rotated", who: localUser(), note: text(input, "note") },
      );
      if (context.json) context.document({ accountId, rotated: true });
      else context.line(`account ${accountId} has its new key; workers take it over within a minute`);
      return EXIT.done;
    }),
};

export const accountsPause: CommandRow = {
  name: "accounts pause",
  summary: "look for and download nothing of an account for a while",
  description:
    "Stops looks and downloads of an account of the file or of the ledger within a minute. What is archived is loaded and reconciled. Amazon keeps reports for 90 days: after a longer pause those before are gone.",
  arguments: [{ name: "<name>", help: "the account" }],
  options: [
    { flags: "--resume", help: "end the pause" },
    { flags: "--note <text>", help: "kept with the change" },
  ],
  examples: [
    ['apay accounts pause shop7 --note "key is being replaced"', "until --resume"],
    ["apay accounts pause shop7 --resume", "go on"],
  ],
  run: (given, input) =>
    withAccount(given, input, async (found) => {
      const { context, open, accountId, setting, inFile } = found;
      if (!inFile && (setting?.settings ?? null) === null) throw unknown(found);
      const state = flag(input, "resume") ? "active" : "paused";
      if ((setting?.state ?? "active") !== state)
        await saveAccountSetting(
          { store: open.store, clock: context.clock },
          { accountId, settings: setting?.settings ?? null, sealed: setting?.sealed ?? {}, state },
          setting?.revision ?? null,
          { what: state === "paused" ? "paused" : "resumed", who: localUser(), note: text(input, "note") },
        );
      if (context.json) context.document({ accountId, state });
      else context.line(`account ${accountId} is ${state}; workers take that over within a minute`);
      return EXIT.done;
    }),
};

export const accountsForget: CommandRow = {
  name: "accounts forget",
  summary: "remove an account from work, with --erase its rows too",
  description:
    "Removes an account that was added with apay accounts add: workers drop it and its jobs within a minute, its books stay. With --erase all its rows are deleted, verdicts and closed months among them; the archived files stay, and so does the record of who did it. An account of apay.config.json is taken out of the file first.",
  arguments: [{ name: "<name>", help: "the account" }],
  options: [
    { flags: "--erase", help: "delete its rows; needs --note" },
    { flags: "--note <text>", help: "why; kept with the change" },
  ],
  examples: [
    ["apay accounts forget shop7", "its books stay"],
    ['apay accounts forget shop7 --erase --note "contract ended, retention is over"', "its rows go"],
  ],
  run: (given, input) =>
    withAccount(given, input, async (found) => {
      const { context, open, accountId, setting } = found;
      refuseFile(found, "take it out of the file first");
      const erase = flag(input, "erase");
      const note = text(input, "note")?.trim() ?? "";
      if (erase && note === "")
        throw new CliError("usage.note", "a note is needed", { remedy: 'add --note "why its rows are deleted"' });
      if (!erase && setting === undefined) throw unknown(found);
      const request = { erase, who: localUser(), ...(note === "" ? {} : { note }) };
      const done = await forgetAccount({ store: open.store, clock: context.clock }, accountId, request);
      const count = Object.values(done.rows).reduce((sum, rows) => sum + rows, 0);
      if (context.json) context.document({ accountId, forgotten: done.settings, erased: done.rows });
      else {
        context.line(
          `account ${accountId} is forgotten${erase ? `, and ${count} rows are deleted` : "; its books stay"}`,
        );
        if (erase) context.info(`its files stay in the archive; ${formatInstant(context.clock.now())} is on record`);
      }
      return EXIT.done;
    }),
};
