import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { calendarOf, MoneyError, parseAmount } from "@amazon-pay-kit/money";
import { CliError } from "../errors.ts";
import { lineOf, readConfigFile } from "./read-file.ts";
import type { ReconcileConfig } from "./fees-schema.ts";
import type { AccountConfig, HookConfig, ArchiveConfig, ConfigFile, ExportConfig } from "./schema.ts";

/** Name of the configuration file, looked for in the working directory. */
export const CONFIG_NAME = "apay.config.json";

/** Settings that a flag may override. */
export interface ConfigFlags {
  readonly config?: string | undefined;
  readonly account?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly databaseUrl?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly region?: string | undefined;
  readonly publicKeyId?: string | undefined;
  readonly privateKeyFile?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly caFile?: string | undefined;
}

/** An account with its name and paths made absolute. */
export interface Account extends AccountConfig {
  readonly name: string;
  /** PEM text given by the environment instead of a file. */
  readonly privateKeyText?: string;
  /** The merchant's token as it was opened, where the ledger keeps it encrypted. */
  readonly authTokenText?: string;
  /** Values of the environment variables that the settings name. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** The settings in force: file, then environment, then flags; later wins. */
export interface Config {
  /** File that was read; null when there was none. */
  readonly path: string | null;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly defaultAccount: string | null;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  /** IANA name of the time zone that days and months are of; `UTC` when none is set. */
  readonly timeZone: string;
  /** Bucket for the bytes of reports; null for the folder `archive` in `dataDir`. */
  readonly archive: ArchiveConfig | null;
  readonly hooks: readonly HookConfig[];
  readonly reconcile: ReconcileConfig;
  /** Amounts in minor units, by currency, above which a write-off takes two people. */
  readonly writeOffLimits: Readonly<Record<string, bigint>>;
  readonly export: NonNullable<ConfigFile["export"]>;
  /** Exports of the workers, by name; folders are absolute. */
  readonly exports: Readonly<Record<string, ExportConfig>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const ACCOUNT_VARIABLES = [
  "AMAZON_PAY_REGION",
  "AMAZON_PAY_PUBLIC_KEY_ID",
  "AMAZON_PAY_PRIVATE_KEY",
  "AMAZON_PAY_PRIVATE_KEY_FILE",
  "AMAZON_PAY_ENDPOINT",
];

/**
 * Reads the settings in force.
 *
 * Environment: `AMAZON_PAY_REGION`, `AMAZON_PAY_PUBLIC_KEY_ID`, `AMAZON_PAY_PRIVATE_KEY` or `AMAZON_PAY_PRIVATE_KEY_FILE`,
 * `AMAZON_PAY_ENDPOINT`, `AMAZON_PAY_CA_FILE`, `APAY_DATA_DIR`, `DATABASE_URL`, `APAY_TIME_ZONE`; they and the flags change the chosen account, or make one
 * called `default` when the file has none.
 */
export function loadConfig(flags: ConfigFlags, env: Environment, cwd: string): Config {
  const wanted = flags.config ?? env["APAY_CONFIG"];
  const path = wanted === undefined ? join(cwd, CONFIG_NAME) : resolve(cwd, wanted);
  const present = wanted !== undefined || existsSync(path);
  const file: ConfigFile = present ? readConfigFile(path) : {};
  const base = present ? dirname(path) : cwd;
  const accounts = new Map(
    Object.entries(file.accounts ?? {}).map(([name, account]) => [name, withPlaces({ ...account, name }, base, env)]),
  );
  const chosen = flags.account ?? file.defaultAccount ?? (accounts.size === 1 ? [...accounts.keys()][0] : undefined);
  applyOverrides(accounts, chosen, flags, env, cwd);
  if (file.defaultAccount !== undefined && !accounts.has(file.defaultAccount)) {
    throw new CliError(
      "config.unknown-account",
      `${path}:${lineOf(path, ["defaultAccount"])}: defaultAccount "${file.defaultAccount}" is not one of the accounts (${list(accounts)})`,
      { remedy: "name one of them, or remove the line" },
    );
  }
  const dataDir = flags.dataDir ?? env["APAY_DATA_DIR"];
  const databaseUrl = [
    [flags.databaseUrl, "--database-url"],
    [env["DATABASE_URL"], "DATABASE_URL"],
    [file.databaseUrl, `${path}: databaseUrl`],
  ].find(([url]) => url !== undefined);
  if (databaseUrl !== undefined) refuseOtherDatabase(databaseUrl[0] ?? "", databaseUrl[1] ?? "");
  return {
    path: present ? path : null,
    accounts,
    defaultAccount: chosen ?? (accounts.has("default") ? "default" : null),
    dataDir: dataDir === undefined ? resolve(base, file.dataDir ?? ".apay") : resolve(cwd, dataDir),
    databaseUrl: databaseUrl?.[0] ?? null,
    timeZone: timeZoneOf(flags.timeZone, env["APAY_TIME_ZONE"], file.timeZone, path),
    archive: file.archive ?? null,
    hooks: (file.hooks ?? []).map((hook) =>
      hook.secretFile === undefined ? hook : { ...hook, secretFile: resolve(base, hook.secretFile) },
    ),
    reconcile: file.reconcile ?? {},
    writeOffLimits: writeOffLimits(file.fourEyes?.writeOffAbove ?? {}, path),
    export: file.export ?? {},
    exports: Object.fromEntries(
      Object.entries(file.exports ?? {}).map(([name, one]) => [
        name,
        one.folder === undefined ? one : { ...one, folder: resolve(base, one.folder) },
      ]),
    ),
  };
}

/** Amounts above which a write-off takes two people, in minor units. @throws CliError `config.four-eyes` */
function writeOffLimits(given: Readonly<Record<string, string>>, path: string): Readonly<Record<string, bigint>> {
  return Object.fromEntries(
    Object.entries(given).map(([currency, amount]) => {
      try {
        return [currency, parseAmount(amount, currency)];
      } catch (error) {
        if (!(error instanceof MoneyError)) throw error;
        throw new CliError("config.four-eyes", `${path}: fourEyes.writeOffAbove.${currency}: ${error.message}`, {
          remedy: 'write a currency and an amount in it, such as { "EUR": "500.00" }',
          cause: error,
        });
      }
    }),
  );
}

function timeZoneOf(flag: string | undefined, variable: string | undefined, set: string | undefined, path: string) {
  const [zone, where] = [
    [flag, "--time-zone"],
    [variable === "" ? undefined : variable, "APAY_TIME_ZONE"],
    [set, `${path}: timeZone`],
  ].find(([name]) => name !== undefined) ?? ["UTC", ""];
  try {
    return calendarOf(zone ?? "UTC").timeZone;
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new CliError("config.time-zone", `${where}: unknown time zone ${JSON.stringify(zone)}`, {
      remedy: "use an IANA name such as Asia/Tokyo, Europe/Berlin or America/Los_Angeles",
    });
  }
}

/** The text itself may hold a password, so only its beginning is named. */
function refuseOtherDatabase(url: string, where: string): void {
  if (/^postgres(ql)?:\/\//.test(url)) return;
  const kind = /^[a-z][\w+.-]*:/i.exec(url)?.[0];
  throw new CliError(
    "config.database-url",
    `${where} must begin with postgres://${kind === undefined ? "" : `; this begins with ${kind}`}`,
    { remedy: "leave it out to keep the ledger in one SQLite file" },
  );
}

/** Names in a message, which is no place for thousands of them. */
const NAMED = 20;

function list(accounts: ReadonlyMap<string, Account>): string {
  if (accounts.size === 0) return "there are none";
  const named = [...accounts.keys()].slice(0, NAMED).join(", ");
  return accounts.size > NAMED ? `${named} and ${accounts.size - NAMED} more` : named;
}

/** An account with absolute paths, and the environment variables that it names. */
export function withPlaces(account: Account, base: string, env: Environment): Account {
  const file = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(base, path));
  const copy: Record<string, unknown> = { ...account };
  for (const key of ["privateKeyFile", "authTokenFile", "caFile", "inbox"] as const) {
    const path = file(account[key]);
    if (path !== undefined) copy[key] = path;
  }
  if (account.mws?.secretKeyFile !== undefined)
    copy["mws"] = { ...account.mws, secretKeyFile: resolve(base, account.mws.secretKeyFile) };
  const named = [account.privateKeyEnv, account.authTokenEnv].filter((name) => name !== undefined);
  if (named.length > 0) copy["variables"] = Object.fromEntries(named.map((name) => [name, env[name]]));
  return copy as unknown as Account;
}

function applyOverrides(
  accounts: Map<string, Account>,
  chosen: string | undefined,
  flags: ConfigFlags,
  env: Environment,
  cwd: string,
): void {
  const override: Record<string, string> = {};
  const set = (key: string, ...values: (string | undefined)[]): void => {
    const value = values.find((candidate) => candidate !== undefined && candidate !== "");
    if (value !== undefined) override[key] = value;
  };
  // As the client reads them: files of variables keep the quotation marks where Docker reads them, and lose them where a shell does.
  const variable = (name: string): string | undefined =>
    env[name]
      ?.trim()
      .replace(/^(["'])(.*)\1$/s, "$2")
      .trim();
  set("region", flags.region, variable("AMAZON_PAY_REGION"));
  set("publicKeyId", flags.publicKeyId, variable("AMAZON_PAY_PUBLIC_KEY_ID"));
  set("endpoint", flags.endpoint, variable("AMAZON_PAY_ENDPOINT"));
  set("privateKeyFile", flags.privateKeyFile, variable("AMAZON_PAY_PRIVATE_KEY_FILE"));
  set("caFile", flags.caFile, variable("AMAZON_PAY_CA_FILE"));
  if (flags.privateKeyFile === undefined) set("privateKeyText", env["AMAZON_PAY_PRIVATE_KEY"]);
  if (Object.keys(override).length === 0) return;
  for (const key of ["privateKeyFile", "caFile"])
    if (override[key] !== undefined) override[key] = resolve(cwd, override[key]);
  const name = chosen ?? (accounts.size === 0 ? "default" : undefined);
  if (name === undefined) {
    const named = ACCOUNT_VARIABLES.find((candidate) => env[candidate] !== undefined);
    throw new CliError(
      "config.which-account",
      `${named ?? "the flags"} cannot be applied: there are several accounts (${list(accounts)})`,
      {
        remedy: "name one with --account NAME, or set defaultAccount in the configuration",
      },
    );
  }
  const known = accounts.get(name);
  const region = override["region"] ?? known?.region;
  if (region === undefined) {
    throw new CliError("config.no-region", "no region is set", {
      remedy: 'set AMAZON_PAY_REGION or --region to "na", "eu" or "jp"',
    });
  }
  if (!["na", "eu", "jp", "us", "de", "uk"].includes(region.toLowerCase())) {
    throw new CliError("config.region", `unknown region ${JSON.stringify(region)}`, {
      remedy: 'use "na", "eu" or "jp" (or "us", "de", "uk")',
    });
  }
  accounts.set(name, { ...known, ...override, name, region: region.toLowerCase() } as Account);
}

/**
 * The account that a command is about.
 *
 * @throws CliError when none is set, the name is unknown, or there are several and none was named
 */
export function chooseAccount(config: Config, name?: string): Account {
  const wanted = name ?? config.defaultAccount;
  if (wanted === null) {
    if (config.accounts.size === 0) {
      throw new CliError("config.no-account", "no account is set", {
        remedy: "run apay init, or set AMAZON_PAY_REGION, AMAZON_PAY_PUBLIC_KEY_ID and AMAZON_PAY_PRIVATE_KEY_FILE",
      });
    }
    throw new CliError("config.which-account", `there are several accounts: ${list(config.accounts)}`, {
      remedy: "name one with --account NAME",
    });
  }
  const account = config.accounts.get(wanted);
  if (account === undefined) {
    throw new CliError("config.unknown-account", `there is no account "${wanted}": ${list(config.accounts)}`, {
      remedy: "name one with --account NAME",
    });
  }
  return account;
}

/** The text of a file that holds a secret. */
function secretFile(account: Account, what: string, path: string, setting: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new CliError(
      setting === "privateKeyFile" ? "config.private-key" : "config.auth-token",
      `cannot read the ${what} of account "${account.name}": ${(error as Error).message}`,
      { remedy: `check ${setting} and the file's permissions`, cause: error },
    );
  }
}

/** The text of an environment variable that holds a secret. */
function secretVariable(account: Account, what: string, name: string): string {
  const value = account.variables?.[name];
  if (value !== undefined && value !== "") return value;
  throw new CliError(
    "config.no-variable",
    `the ${what} of account "${account.name}" should be in ${name}, which is not set`,
    {
      remedy: `set ${name} for this process, or name a file instead`,
    },
  );
}

/** The private key of an account as PEM text. @throws CliError when it is missing or cannot be read */
export function privateKeyOf(account: Account): string {
  if (account.privateKeyText !== undefined) return account.privateKeyText;
  if (account.privateKeyFile !== undefined)
    return secretFile(account, "private key", account.privateKeyFile, "privateKeyFile");
  if (account.privateKeyEnv !== undefined) return secretVariable(account, "private key", account.privateKeyEnv);
  throw new CliError("config.no-private-key", `account "${account.name}" has no private key`, {
    remedy: `set privateKeyFile of the account, or AMAZON_PAY_PRIVATE_KEY_FILE`,
  });
}

/**
 * The token of the merchant that an account's key acts for; undefined where the key is the merchant's own.
 *
 * @throws CliError when it is named and cannot be read
 */
export function authTokenOf(account: Account): string | undefined {
  if (account.authTokenText !== undefined) return account.authTokenText;
  if (account.authTokenFile !== undefined)
    return secretFile(account, "token", account.authTokenFile, "authTokenFile").trim();
  return account.authTokenEnv === undefined ? undefined : secretVariable(account, "token", account.authTokenEnv).trim();
}
