import { readFileSync } from "node:fs";
import {
  apiV2Source,
  clientAttempts,
  folderSource,
  mwsSource,
  type ReportSource,
  type SyncAccount,
} from "@amazon-pay-kit/ledger";
import { nodeTransport, type Transport } from "@amazon-pay-kit/sdk";
import { MwsReports } from "@amazon-pay-kit/sdk/mws";
import type { Account } from "../config/config.ts";
import { CliError } from "../errors.ts";
import type { Context } from "../program/context.ts";
import { authorityOf, clientFor } from "./client.ts";

const ways = new Map<string | undefined, Transport>();

/**
 * The way out for all accounts that trust the same authority, for as long as the process lives.
 *
 * Thousands of accounts call the same few hosts: with a way out each they would hold the machine's certificates in memory
 * thousands of times (0.7 MB an account), and shake hands anew for each of them.
 */
function connectionsFor(authority: string | undefined): Transport {
  const known = ways.get(authority);
  if (known !== undefined) return known;
  const made = nodeTransport({ ca: authority });
  ways.set(authority, made);
  return made;
}

/** Where reports come from. */
export type SourceKind = "v2" | "mws" | "folder";

/** Regions and their aliases. */
export const REGION_OF: Readonly<Record<string, "na" | "eu" | "jp">> = {
  __proto__: null as never,
  us: "na",
  na: "na",
  de: "eu",
  uk: "eu",
  eu: "eu",
  jp: "jp",
};

/** Environment that the key id or the settings say. */
export function environmentOf(account: Account): "live" | "sandbox" {
  const prefix = /^(live|sandbox)/i.exec(account.publicKeyId ?? "")?.[1]?.toLowerCase();
  return prefix === "sandbox" ? "sandbox" : prefix === "live" ? "live" : (account.environment ?? "live");
}

function mws(account: Account, context: Context): ReportSource {
  const settings = account.mws;
  if (settings === undefined) {
    throw new CliError("config.no-mws", `account "${account.name}" has no MWS credentials`, {
      remedy: "set mws of the account: sellerId, accessKeyId, secretKeyFile",
    });
  }
  const secretKey =
    settings.secretKey ??
    (settings.secretKeyFile === undefined ? undefined : readFileSync(settings.secretKeyFile, "utf8").trim());
  if (secretKey === undefined)
    throw new CliError("config.no-mws-secret", `account "${account.name}" has no MWS secret key`, {
      remedy: "set mws.secretKeyFile of the account",
    });
  return mwsSource(
    new MwsReports({
      region: REGION_OF[account.region] ?? "na",
      sellerId: settings.sellerId,
      accessKeyId: settings.accessKeyId,
      secretKey,
      authToken: settings.authToken,
      baseUrl: settings.endpoint,
      transport: connectionsFor(authorityOf(account)),
      clock: context.clock,
      random: context.random,
    }),
  );
}

function folder(account: Account): ReportSource {
  if (account.inbox === undefined) {
    throw new CliError("config.no-inbox", `account "${account.name}" has no inbox`, {
      remedy: "set inbox of the account to the folder with the downloaded files",
    });
  }
  return folderSource({ folder: account.inbox });
}

const MAKERS: Readonly<Record<SourceKind, (account: Account, context: Context) => ReportSource>> = {
  v2: (account, context) => {
    const attempts = clientAttempts();
    const transport = connectionsFor(authorityOf(account));
    return apiV2Source(clientFor(account, context, { hooks: attempts.hooks, transport }), { attempts });
  },
  mws,
  folder,
};

/** An account with its sources: those of the configuration, or the one that was asked for. */
export function syncAccount(account: Account, context: Context, only?: SourceKind): SyncAccount {
  const kinds = only === undefined ? (account.sources ?? ["v2"]) : [only];
  return {
    accountId: account.name,
    region: REGION_OF[account.region] ?? account.region,
    environment: environmentOf(account),
    ...(account.personalData === undefined ? {} : { personalData: account.personalData }),
    ...(account.encoding === undefined ? {} : { encoding: account.encoding }),
    ...(account.merchantId === undefined ? {} : { sellerId: account.merchantId }),
    sources: kinds.map((kind) => MAKERS[kind](account, context)),
  };
}
