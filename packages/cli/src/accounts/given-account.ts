import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { withPlaces, authTokenOf, privateKeyOf, type Account } from "../config/config.ts";
import { accountSchema, type AccountConfig } from "../config/schema.ts";
import { CliError } from "../errors.ts";
import { flag, text, texts, type Input, type OptionRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { readSecretKey, seal } from "./sealed.ts";

/** Options that say where an account's secrets are. */
export const SECRET_OPTIONS: readonly OptionRow[] = [
  { flags: "--private-key-env <name>", help: "environment variable of the workers that holds the private key" },
  {
    flags: "--store-key",
    help: "keep the private key in the ledger, encrypted with APAY_SECRET_KEY, instead of the file's path",
  },
  { flags: "--auth-token-file <file>", help: "file with the merchant's token, where the key is a solution provider's" },
  { flags: "--auth-token-env <name>", help: "environment variable of the workers that holds that token" },
  { flags: "--store-token", help: "keep the token in the ledger, encrypted with APAY_SECRET_KEY" },
];

/** Settings of an account, and its secrets encrypted: as the ledger keeps them. */
export interface GivenAccount {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly sealed: Readonly<Record<string, string>>;
}

/** What options were typed, by the name of their setting. */
function typed(input: Input): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const name of [
    "region",
    "publicKeyId",
    "privateKeyFile",
    "privateKeyEnv",
    "authTokenFile",
    "authTokenEnv",
    "environment",
    "merchantId",
    "endpoint",
    "caFile",
    "inbox",
    "personalData",
  ]) {
    const value = text(input, name);
    if (value !== undefined) given[name] = name === "region" ? value.toLowerCase() : value;
  }
  const sources = texts(input, "source");
  if (sources.length > 0) given["sources"] = sources;
  return given;
}

function settingsFile(input: Input, cwd: string): unknown {
  const path = text(input, "settings");
  if (path === undefined) return {};
  try {
    return JSON.parse(readFileSync(resolve(cwd, path), "utf8")) as unknown;
  } catch (error) {
    throw new CliError("accounts.settings", `--settings ${path}: ${(error as Error).message}`, {
      remedy: "name a JSON file with settings as an account of apay.config.json has them (docs/configuration.md)",
      cause: error,
    });
  }
}

function checked(settings: object): AccountConfig {
  const result = accountSchema([settings]).safeParse(settings);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CliError(
    "accounts.invalid",
    `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not valid"}`.replace(/^: /, ""),
    {
      remedy: "see docs/configuration.md for the settings of an account",
    },
  );
}

/** @throws CliError for a text that is no RSA key of 2048 bits or more; the text itself is never in the message */
function checkKey(pem: string): void {
  const remedy = "make a key pair with: apay keys generate";
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return;
  } catch {
    throw new CliError("accounts.key", "the private key is no private key in PEM form", { remedy });
  }
  throw new CliError("accounts.key", "the private key is no RSA key of 2048 bits or more", { remedy });
}

/**
 * What was given for an account on the command line, put onto what is known of it, with every secret read once: one that workers
 * could not use is refused here.
 *
 * A secret is kept as a path or the name of an environment variable, or encrypted: in the clear it is in no place of the ledger.
 */
export function givenAccount(context: Context, input: Input, accountId: string, before: GivenAccount): GivenAccount {
  const { env, cwd } = context.terminal;
  const fresh = typed(input);
  const settings: Record<string, unknown> = { ...before.settings, ...(settingsFile(input, cwd) as object), ...fresh };
  const sealed: Record<string, string> = { ...before.sealed };
  // Another place of the same secret takes the place of the one before.
  const replaced = [
    ["privateKeyFile", "privateKeyEnv", "privateKey"],
    ["authTokenFile", "authTokenEnv", "authToken"],
  ] as const;
  for (const [file, variable, secret] of replaced) {
    if (fresh[file] === undefined && fresh[variable] === undefined) continue;
    if (fresh[file] !== undefined && fresh[variable] !== undefined)
      throw new CliError("usage.secret", `${file} and ${variable} were both given: which of them?`, {
        remedy: "leave one out",
      });
    delete settings[fresh[file] === undefined ? file : variable];
    delete sealed[secret];
  }
  const given = withPlaces({ ...checked(settings), name: accountId } as Account, cwd, env);
  const plain: Record<string, unknown> = { ...given };
  delete plain["name"];
  delete plain["variables"];
  if (given.mws?.secretKey !== undefined)
    throw new CliError("accounts.clear-secret", "mws.secretKey would stand in the ledger in the clear", {
      remedy: "write it to a file of its own and name that as mws.secretKeyFile",
    });
  const needsKey = (given.sources ?? ["v2"]).includes("v2");
  if (needsKey && given.publicKeyId === undefined)
    throw new CliError("config.no-public-key-id", `account "${accountId}" has no public key id`, {
      remedy: "add --public-key-id with the id that Seller Central shows",
    });
  const store = (name: "privateKey" | "authToken", secret: string): void => {
    sealed[name] = seal(readSecretKey(env, cwd), context.random, { accountId, name, secret });
    delete plain[`${name}File`];
    delete plain[`${name}Env`];
  };
  if (needsKey && (sealed["privateKey"] === undefined || flag(input, "storeKey"))) {
    // A variable may be set for the workers alone; a file is looked at now.
    const readable = given.privateKeyEnv === undefined || given.variables?.[given.privateKeyEnv] !== undefined;
    if (readable || flag(input, "storeKey")) {
      const pem = privateKeyOf(given);
      checkKey(pem);
      if (flag(input, "storeKey")) store("privateKey", pem);
    }
  }
  if (flag(input, "storeToken")) {
    const token = authTokenOf(given);
    if (token === undefined)
      throw new CliError("usage.secret", "--store-token: no token is named", {
        remedy: "add --auth-token-file or --auth-token-env",
      });
    store("authToken", token);
  } else if (given.authTokenFile !== undefined) authTokenOf(given);
  return { settings: plain, sealed };
}
